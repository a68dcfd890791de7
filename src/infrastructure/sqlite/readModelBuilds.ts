import type Database from 'better-sqlite3';
import type { Position } from '../../application/ports/eventStore.ts';
import type { ReadModelSpec } from '../../application/ports/readModelStore.ts';

/** One build of a read model: a table of documents, and how far it has consumed the log. */
export interface Build {
  /** Never given twice in one file. */
  readonly generation: number;
  readonly model: string;
  readonly version: number;
  /** JSON array of the indexed fields, sorted: other fields ask for another build. */
  readonly fields: string;
}

/** The tables beside the documents: which builds there are, and what each projection is doing. */
export function createBuilds(db: Database.Database): void {
  db.exec(`
    CREATE TABLE builds (
      generation INTEGER PRIMARY KEY AUTOINCREMENT,
      model TEXT NOT NULL,
      version INTEGER NOT NULL,
      fields TEXT NOT NULL,
      live INTEGER NOT NULL CHECK (live IN (0, 1)),
      checkpoint INTEGER,
      UNIQUE (model, live)
    ) STRICT;
    CREATE TABLE projections (
      projection TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      since TEXT NOT NULL,
      error TEXT
    ) STRICT, WITHOUT ROWID;
  `);
}

export const fieldsOf = (model: ReadModelSpec): string => JSON.stringify([...model.indexes].sort());

/** True when the build holds documents of this shape. */
export const fits = (build: Build, model: ReadModelSpec): boolean =>
  build.version === model.version && build.fields === fieldsOf(model);

export const buildSql = {
  find: 'SELECT generation, model, version, fields FROM builds WHERE model = ? AND live = ?',
  /** Builds whose table is not there (named as in readModelTable.ts). */
  lost: `SELECT 1 FROM builds WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema
    WHERE type = 'table' AND name = model || '__v' || version || '_g' || generation) LIMIT 1`,
  add: 'INSERT INTO builds (model, version, fields, live) VALUES (?, ?, ?, 0)',
  remove: 'DELETE FROM builds WHERE generation = ?',
  makeLive: 'UPDATE builds SET live = 1 WHERE generation = ?',
  checkpoint: 'SELECT checkpoint FROM builds WHERE generation = ?',
  /** Never backwards: a batch may be written again. */
  advance: `UPDATE builds SET checkpoint = max(coalesce(checkpoint, @to), @to)
    WHERE generation = @generation`,
  setState: `INSERT INTO projections (projection, state, since, error) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, since = excluded.since, error = excluded.error`,
  statuses: `SELECT p.projection, p.state, p.since, p.error, b.checkpoint
    FROM projections p LEFT JOIN builds b ON b.model = p.projection AND b.live = 1
    ORDER BY p.projection`,
} as const;

export interface CheckpointRow {
  readonly checkpoint: Position | null;
}
