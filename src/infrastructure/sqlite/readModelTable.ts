import type { FieldValue, ReadModelSpec } from '../../application/ports/readModelStore.ts';
import type { CheckedQuery, Condition } from '../readModels/checkedQuery.ts';
import type { Build } from './readModelBuilds.ts';

/**
 * The table of one build, `agenda__v1_g3`. A removed document keeps its row and position with a null document, so
 * that a replay doesn't bring it back. Indexed fields stand in columns of their own, null when absent: that costs less
 * at each write than extracting them from the JSON, and the document comes last, so that scans skip its pages.
 * Model and field names were checked to be plain words (checkedQuery.ts): only they are ever put into SQL.
 */
export const tableOf = (build: Build): string =>
  `"${build.model}__v${build.version}_g${build.generation}"`;

const column = (field: string): string => `"f_${field}"`;
const columns = (model: ReadModelSpec): string[] => model.indexes.map(column);

export const createTable = (table: string, model: ReadModelSpec): string =>
  `CREATE TABLE ${table} (${[
    'id TEXT NOT NULL PRIMARY KEY',
    'position INTEGER NOT NULL',
    ...columns(model),
    'document TEXT',
  ].join(', ')})`;

/** Made when the build goes live: filling a table without them is faster, and only live builds are queried. */
export const createIndexes = (table: string, model: ReadModelSpec): string[] =>
  model.indexes.map((field) => {
    const name = `${table.slice(0, -1)}_${field}"`;
    return `CREATE INDEX ${name} ON ${table} (${column(field)}, id)`;
  });

export const dropTable = (table: string): string => `DROP TABLE ${table}`;

/** Takes a JSON array of ids; answers in their order, tombstones included. */
export const selectByIds = (table: string): string =>
  `SELECT t.id, t.position, t.document
   FROM json_each(?) AS asked CROSS JOIN ${table} AS t ON t.id = asked.value ORDER BY asked.key`;

export const selectOne = (table: string): string =>
  `SELECT id, document FROM ${table} WHERE id = ?`;

/** Takes id, position, the indexed fields, the document. A row that has seen this position is left alone. */
export function upsert(table: string, model: ReadModelSpec): string {
  const updated = ['position', ...columns(model), 'document'];
  const all = ['id', ...updated];
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${updated.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE excluded.position > ${table}.position`;
}

export interface Query {
  readonly sql: string;
  readonly parameters: readonly FieldValue[];
}

export function selectWhere(table: string, query: CheckedQuery): Query {
  const { text, parameters } = whereClause(query.conditions);
  const direction = query.descending ? 'DESC' : 'ASC';
  const order = [...(query.sortBy === undefined ? [] : [column(query.sortBy)]), 'id']
    .map((name) => `${name} ${direction}`)
    .join(', ');
  return {
    sql: `SELECT id, document FROM ${table} WHERE ${text} ORDER BY ${order} LIMIT ? OFFSET ?`,
    parameters: [...parameters, query.limit ?? -1, query.skip],
  };
}

export function countWhere(table: string, conditions: readonly Condition[]): Query {
  const { text, parameters } = whereClause(conditions);
  return { sql: `SELECT count(*) AS count FROM ${table} WHERE ${text}`, parameters };
}

function whereClause(conditions: readonly Condition[]) {
  // Tombstones have no fields: a condition on a field leaves them out already.
  if (conditions.length === 0) return { text: 'document IS NOT NULL', parameters: [] };
  const terms: string[] = [];
  const parameters: FieldValue[] = [];
  const add = (field: string, operator: string, value: FieldValue): void => {
    terms.push(`${column(field)} ${operator} ?`);
    parameters.push(value);
  };
  for (const one of conditions) {
    if (one.kind === 'equal') add(one.field, '=', one.value);
    else {
      // SQLite puts all numbers before all text, and '' before any other text: an open end stops there.
      if (one.from !== undefined) add(one.field, '>=', one.from);
      else if (one.type === 'string') add(one.field, '>=', '');
      if (one.before !== undefined) add(one.field, '<', one.before);
      else if (one.type === 'number') add(one.field, '<', '');
    }
  }
  return { text: terms.join(' AND '), parameters };
}
