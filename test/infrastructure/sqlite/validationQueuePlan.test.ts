import Database from 'better-sqlite3';
import { expect } from 'chai';
import { validationQueue } from '../../../src/application/projections/validationQueue.ts';
import { checkQuery } from '../../../src/infrastructure/readModels/checkedQuery.ts';
import {
  countWhere,
  createIndexes,
  createTable,
  selectWhere,
  tableOf,
  upsert,
  type Query,
} from '../../../src/infrastructure/sqlite/readModelTable.ts';

const build = { generation: 1, model: validationQueue.name, version: 1, fields: '[]' };

describe('the queue of validations in SQLite', () => {
  const table = tableOf(build);
  const awaiting = { status: 'awaitingValidation' };
  let database: Database.Database;
  beforeEach(() => {
    database = new Database(':memory:');
    database.exec(createTable(table, validationQueue));
    for (const sql of createIndexes(table, validationQueue)) database.exec(sql);
    const put = database.prepare(upsert(table, validationQueue));
    const none = validationQueue.indexes.map(() => null);
    for (let n = 0; n < 500; n += 1) put.run(`decided-${n}`, n, ...none, null);
    const fields = validationQueue.indexes.map((field) =>
      field === 'status' ? awaiting.status : 'x',
    );
    put.run('waits', 500, ...fields, '{}');
  });
  afterEach(() => database.close());

  const planOf = ({ sql, parameters }: Query): string =>
    database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
      .join('; ');

  for (const where of [
    awaiting,
    { ...awaiting, activityId: 'x' },
    { ...awaiting, date: { before: '2026-12-01' } },
    { ...awaiting, activityId: 'x', date: { before: 'y' } },
    { familyId: 'x' },
  ])
    it(`passes over what was decided by an index: ${Object.keys(where).join(', ')}`, () => {
      const query = checkQuery(validationQueue, { where, sortBy: 'date', limit: 200 });
      const list = selectWhere(table, query);
      const count = countWhere(table, query.conditions);
      for (const one of [list, count])
        expect(planOf(one)).to.match(
          /^SEARCH \S+ USING (COVERING )?INDEX \S+_(status|activityId|familyId) /,
        );
      const expected = 'date' in where && where.date.before < 'x' ? 0 : 1;
      expect(database.prepare(list.sql).all(...list.parameters)).to.have.length(expected);
      expect(database.prepare(count.sql).get(...count.parameters)).to.deep.equal({
        count: expected,
      });
    });
});
