import Database from 'better-sqlite3';
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Document } from '../../application/ports/readModelStore.ts';
import { isSqliteError } from './dataFileErrors.ts';
import { lacksPages } from './filePages.ts';
import { makeForOwnerAlone } from './ownerFiles.ts';
import { buildSql, createBuilds } from './readModelBuilds.ts';

/**
 * The file of the read models: a cache of the log, which may be thrown away at any time. One that can't be used is
 * set aside and never repaired. WAL with synchronous=NORMAL: a power cut may lose the last commits, each whole.
 */
export const READ_MODEL_FILE = 'read-models.db';

/** "PFrm": says that the file is ours. */
const APPLICATION_ID = 0x5046726d;
/** Raised when the tables of the file (not the documents in them) change: the file is then rebuilt. */
const FORMAT = 1;

/** Why a file can't be used, for the log. */
export class UnusableFileError extends Error {
  override readonly name = 'UnusableFileError';
}

/** A stored document that is no JSON: a byte of the file changed. */
class DamagedDocumentError extends Error {
  override readonly name = 'DamagedDocumentError';
}

/** Opens the file for writing, making it when there is none. Throws UnusableFileError. */
export function openForWriting(path: string): Database.Database {
  if (existsSync(markOf(path))) throw new UnusableFileError('a reader found it damaged');
  makeForOwnerAlone(path);
  const db = new Database(path, { timeout: 5_000 });
  try {
    const isNew = readable(() => db.pragma('schema_version', { simple: true })) === 0;
    if (!isNew) checkFormat(db);
    // Documents of some KB: larger pages than usual spare overflow pages.
    db.pragma('page_size = 8192');
    readable(() => db.pragma('journal_mode = WAL'));
    db.pragma('synchronous = NORMAL');
    db.pragma('wal_autocheckpoint = 4000');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('cache_size = -65536');
    if (isNew) {
      db.transaction(() => {
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${FORMAT}`);
        createBuilds(db);
      }).immediate();
    } else if (readable(() => db.transaction(() => lacksPages(db, path))()))
      throw new UnusableFileError('cut short');
    else if (readable(() => db.prepare(buildSql.lost).get()) !== undefined)
      throw new UnusableFileError('a table is missing');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the file for reading; undefined while there is none that can be read. */
export function openForReading(path: string): Database.Database | undefined {
  if (!existsSync(path)) return undefined;
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
    checkFormat(db);
    return db;
  } catch (error) {
    db?.close();
    // Not made yet, or about to be set aside by the writer.
    if (error instanceof UnusableFileError || isSqliteError(error, 'SQLITE_CANTOPEN'))
      return undefined;
    throw error;
  }
}

/** Moves the file out of the way, as `read-models.db.corrupt-<n>`; answers its new path. */
export function setAside(path: string): string {
  let n = 1;
  while (existsSync(`${path}.corrupt-${n}`)) n += 1;
  const aside = `${path}.corrupt-${n}`;
  // The WAL goes first: left behind, it would be read into the next file.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  if (existsSync(path)) renameSync(path, aside);
  rmSync(markOf(path), { force: true });
  return aside;
}

/** A reader can't set the file aside: it leaves a mark, and the writer does when it next opens the file. */
export const markDamaged = (path: string): void => writeFileSync(markOf(path), '');

/** Which file stands there now: it changes when the writer set one aside and started afresh. */
export const fileIdentity = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.ino;

/** True for what SQLite throws when the content of the file makes no sense. */
export const isDamage = (error: unknown): boolean =>
  error instanceof DamagedDocumentError ||
  isSqliteError(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CONSTRAINT') ||
  isOtherSchema(error);

/** A byte of the schema changed: our tables and columns are not those that the file declares. */
const isOtherSchema = (error: unknown): boolean =>
  isSqliteError(error) &&
  /^no such (column|table: (builds|projections))|has no column|already exists/.test(error.message);

/** Parses a document of the file; never quotes it in an error. */
export function parseDocument(json: string): Document {
  try {
    return JSON.parse(json) as Document;
  } catch {
    throw new DamagedDocumentError('a stored document is not JSON');
  }
}

const markOf = (path: string): string => `${path}.damaged`;

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) throw new UnusableFileError('damaged');
    throw error;
  }
}

function checkFormat(db: Database.Database): void {
  const [owner, format] = readable(() => [
    db.pragma('application_id', { simple: true }),
    db.pragma('user_version', { simple: true }),
  ]);
  if (owner !== APPLICATION_ID) throw new UnusableFileError('not a file of read models');
  if (format !== FORMAT) throw new UnusableFileError(`format ${String(format)}, not ${FORMAT}`);
}
