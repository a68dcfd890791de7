import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PROBE } from '../crypto/masterKey.ts';
import { DataFileRefusedError, refusingBadFile } from './dataFileErrors.ts';
import { lacksPages } from './filePages.ts';

export const keysFileOf = (directory: string): string => join(directory, 'keys.db');

/** One row per person; then what the vault remembers of the log, in one row at most. */
export const KEYS_TABLE =
  'CREATE TABLE IF NOT EXISTS keys (subject TEXT PRIMARY KEY, wrapped BLOB)';
export const ANCHOR_TABLE = `
  CREATE TABLE IF NOT EXISTS log_anchor (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    directory TEXT NOT NULL,
    position INTEGER NOT NULL,
    digest TEXT NOT NULL,
    mac BLOB NOT NULL
  ) STRICT`;

/** The row of `log_anchor`. */
export interface AnchorRow {
  /** Id of the data directory, in events.db too. */
  readonly directory: string;
  /** Position of the last event noted; 0 when there was none. */
  readonly position: number;
  readonly digest: string;
  readonly mac: Buffer;
}

/** What `keys.db` holds. */
export interface KeysFile {
  /** Keys of people, or the trace of a log. */
  readonly holdsData: boolean;
  /** Rows: one per person, also once forgotten, and the probe. */
  readonly count: number;
  readonly anchor: AnchorRow | undefined;
}

/**
 * Looks into `keys.db` without its master key, and changes nothing; also while a portal writes it. Undefined when there
 * is none, or one that nothing was ever written in. Throws DataFileRefusedError.
 */
export function readKeysFile(directory: string): KeysFile | undefined {
  const file = keysFileOf(directory);
  const size = sizeOf(file);
  if (size === undefined && sizeOf(`${file}-wal`)) throw new DataFileRefusedError(file, 'lost');
  if (!size) return undefined;
  return refusingBadFile(file, () => {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return database.transaction(() => contentOf(database, file))();
    } finally {
      database.close();
    }
  });
}

function contentOf(database: Database.Database, file: string): KeysFile | undefined {
  // Its index too: a key that is not found there would be made anew.
  const isWhole = (): boolean => database.pragma('integrity_check(1)', { simple: true }) === 'ok';
  if (lacksPages(database, file) || !isWhole()) throw new DataFileRefusedError(file, 'damaged');
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  if (tables.length === 0) return undefined;
  if (!tables.includes('keys')) throw new DataFileRefusedError(file, 'foreign');
  const keys = database
    .prepare<[string]>('SELECT wrapped FROM keys WHERE subject <> ? LIMIT 1')
    .get(PROBE);
  const anchor = tables.includes('log_anchor')
    ? database
        .prepare<[], AnchorRow>('SELECT directory, position, digest, mac FROM log_anchor')
        .get()
    : undefined;
  if (anchor && !Number.isInteger(anchor.position)) throw new DataFileRefusedError(file, 'damaged');
  const count = database.prepare<[], number>('SELECT count(*) FROM keys').pluck().get() ?? 0;
  return { count, holdsData: keys !== undefined || (anchor?.position ?? 0) > 0, anchor };
}

const sizeOf = (file: string): number | undefined =>
  statSync(file, { throwIfNoEntry: false })?.size;
