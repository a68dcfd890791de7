import { join } from 'node:path';
import type {
  Document,
  ProjectionStatus,
  ReadModelSpec,
  ReadModelStore,
  ReadModelWriter,
  Stored,
} from '../../application/ports/readModelStore.ts';
import { checkQuery, checkSpec } from '../readModels/checkedQuery.ts';
import { buildSql, fieldsOf, fits } from './readModelBuilds.ts';
import type { Build } from './readModelBuilds.ts';
import { openReadModelConnection } from './readModelConnection.ts';
import type { Connection, SetAside } from './readModelConnection.ts';
import { parseDocument, READ_MODEL_FILE } from './readModelFile.ts';
import * as table from './readModelTable.ts';
import { createWriter } from './sqliteReadModelWriter.ts';

export interface SqliteReadModelOptions {
  /** The data directory; the file is `read-models.db` in it. */
  readonly directory: string;
  /**
   * `write`: the one thread that runs projections. `read`: any other; it answers nothing until the writer made the
   * file, and refuses to write.
   */
  readonly mode: 'read' | 'write';
  /** Called when a damaged, foreign or newer file was set aside; a process warning unless given. */
  readonly onSetAside?: (event: SetAside) => void;
}

interface DocumentRow {
  readonly id: string;
  readonly document: string | null;
}

/** Read models in one SQLite file: documents and checkpoint of a batch are one transaction. */
export function openSqliteReadModelStore(options: SqliteReadModelOptions): ReadModelStore {
  const connection = openReadModelConnection(join(options.directory, READ_MODEL_FILE), options);

  /** Answers from the live build of this very shape, in one snapshot: a swap can't come in between. */
  const answer = <T>(
    model: ReadModelSpec,
    none: T,
    query: (at: Connection, name: string) => T,
  ): T =>
    connection.read(none, (at) => {
      const build = at.statement<Build>(buildSql.find).get(model.name, 1);
      return build && fits(build, model) ? query(at, table.tableOf(build)) : none;
    });
  const writerOf = (at: Connection, model: ReadModelSpec, build: Build): ReadModelWriter =>
    createWriter(connection, at, model, build);

  return {
    async get<D extends Document>(model: ReadModelSpec, id: string): Promise<D | undefined> {
      checkSpec(model);
      return answer<D | undefined>(model, undefined, (at, name) => {
        const row = at.statement<DocumentRow>(table.selectOne(name)).get(id);
        return row && storedIn<D>([row])[0]?.document;
      });
    },
    async getMany<D extends Document>(model: ReadModelSpec, ids: readonly string[]) {
      checkSpec(model);
      return answer<Stored<D>[]>(model, [], (at, name) =>
        storedIn<D>(at.statement<DocumentRow>(table.selectByIds(name)).all(JSON.stringify(ids))),
      );
    },
    async find<D extends Document>(model: ReadModelSpec, asked: Parameters<typeof checkQuery>[1]) {
      const query = checkQuery(model, asked);
      return answer<Stored<D>[]>(model, [], (at, name) => {
        const { sql, parameters } = table.selectWhere(name, query);
        return storedIn<D>(at.statement<DocumentRow>(sql).all(...parameters));
      });
    },
    async count(model, where) {
      const { conditions } = checkQuery(model, where ? { where } : {});
      return answer(model, 0, (at, name) => {
        const { sql, parameters } = table.countWhere(name, conditions);
        return at.statement<{ readonly count: number }>(sql).get(...parameters)?.count ?? 0;
      });
    },

    async live(model) {
      checkSpec(model);
      return connection.write((at) => {
        const build = at.statement<Build>(buildSql.find).get(model.name, 1);
        return build && fits(build, model) ? writerOf(at, model, build) : undefined;
      });
    },
    async beside(model, { fresh = false } = {}) {
      checkSpec(model);
      return connection.write((at) => {
        const underWay = at.statement<Build>(buildSql.find).get(model.name, 0);
        if (underWay && !fresh && fits(underWay, model)) return writerOf(at, model, underWay);
        if (underWay) discard(at, underWay);
        at.statement(buildSql.add).run(model.name, model.version, fieldsOf(model));
        const build = found(at, model, 0);
        at.db.exec(table.createTable(table.tableOf(build), model));
        return writerOf(at, model, build);
      });
    },
    async swap(model) {
      checkSpec(model);
      connection.write((at) => {
        const next = found(at, model, 0);
        const old = at.statement<Build>(buildSql.find).get(model.name, 1);
        if (old) discard(at, old);
        for (const sql of table.createIndexes(table.tableOf(next), model)) at.db.exec(sql);
        at.statement(buildSql.makeLive).run(next.generation);
      });
    },

    async status() {
      return connection.read([], (at) =>
        at.positions<StatusRow>(buildSql.statuses).all().map(statusOf),
      );
    },
    async setState(projection, state, since, error) {
      connection.write((at) => {
        at.statement(buildSql.setState).run(projection, state, since, error ?? null);
      });
    },
    async close() {
      connection.close();
    },
  };
}

type StatusRow = Omit<ProjectionStatus, 'checkpoint' | 'error'> & {
  readonly checkpoint: bigint | null;
  readonly error: string | null;
};

const statusOf = ({ checkpoint, error, ...row }: StatusRow): ProjectionStatus => ({
  ...row,
  checkpoint: checkpoint ?? undefined,
  ...(error !== null && { error }),
});

function found(at: Connection, model: ReadModelSpec, live: 0 | 1): Build {
  const build = at.statement<Build>(buildSql.find).get(model.name, live);
  if (!build || !fits(build, model))
    throw new Error(`no build of ${model.name} version ${model.version} to swap in`);
  return build;
}

function discard(at: Connection, build: Build): void {
  at.forgetStatements();
  at.db.exec(table.dropTable(table.tableOf(build)));
  at.statement(buildSql.remove).run(build.generation);
}

const storedIn = <D extends Document>(rows: readonly DocumentRow[]): Stored<D>[] =>
  rows.flatMap(({ id, document }) =>
    document === null ? [] : [{ id, document: parseDocument(document) as D }],
  );
