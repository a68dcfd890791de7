import Database from 'better-sqlite3';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataFileRefusedError, refusingBadFile } from './dataFileErrors.ts';
import { lacksPages } from './filePages.ts';
import { readKeysFile } from './keysFile.ts';

const EVENTS_FILE = 'events.db';

/** "PFev", in the header of the file: says that it is ours. */
const APPLICATION_ID = 0x50466576;
/** Raised when the tables change; a newer file is refused. */
const FORMAT = 1;

/**
 * The log is written in global order and has no other index, so that a commit touches few pages. `stream_index` finds
 * the events of a stream up to position `through`; later ones are found by reading the end of the log (streamIndex.ts).
 */
const TABLES = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE TABLE stream_index (
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE stream_index_progress (through INTEGER NOT NULL) STRICT;
  INSERT INTO stream_index_progress VALUES (0);
`;

export const eventsFileOf = (directory: string): string => join(directory, EVENTS_FILE);

/** Makes the data directory, readable by its owner alone, unless it is there. */
export function makeDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new DataFileRefusedError(directory, 'unreadable', { cause });
  }
}

/**
 * Makes an empty events file unless there is one; a crash on the way leaves none. Needs the directory's lock. Throws
 * DataFileRefusedError also where there was one: its WAL or the keys to it are still there.
 */
export function makeEventsFile(directory: string): void {
  const file = eventsFileOf(directory);
  if (sizeOf(file) !== undefined) return;
  // Its WAL without it: the file was lost, not never made.
  if (sizeOf(`${file}-wal`)) throw new DataFileRefusedError(file, 'missing');
  if (readKeysFile(directory)?.holdsData) throw new DataFileRefusedError(file, 'lost');
  const draft = `${file}.new`;
  for (const leftover of [draft, `${draft}-journal`, `${draft}-wal`, `${draft}-shm`])
    rmSync(leftover, { force: true });
  refusingBadFile(file, () => {
    const database = new Database(draft);
    try {
      chmodSync(draft, 0o600);
      database.pragma('synchronous = FULL');
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${FORMAT}`);
      database.exec(TABLES);
      database.pragma('journal_mode = WAL');
    } finally {
      database.close();
    }
  });
  renameSync(draft, file);
  const folder = openSync(directory, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * Opens the events file once it is known to be ours and whole. It is checked through a read-only connection, which
 * changes nothing; a WAL left by a crash is read, not refused. Throws DataFileRefusedError.
 */
export function openEventsFile(directory: string, mode: 'read' | 'write'): Database.Database {
  const file = eventsFileOf(directory);
  const size = sizeOf(file);
  if (size === undefined) throw new DataFileRefusedError(file, 'missing');
  if (size === 0) throw new DataFileRefusedError(file, 'damaged');
  return refusingBadFile(file, () => {
    const reader = new Database(file, { readonly: true, fileMustExist: true });
    try {
      reader.transaction(() => checkFile(reader, file))();
    } catch (error) {
      reader.close();
      throw error;
    }
    if (mode === 'read') return tuned(reader);
    const writer = new Database(file, { fileMustExist: true });
    reader.close();
    // A backup made by VACUUM INTO comes back in another mode.
    writer.pragma('journal_mode = WAL');
    return tuned(writer);
  });
}

/** Position of the last event; 0 when there is none. Throws DataFileRefusedError. */
export const lastPositionIn = (directory: string): bigint =>
  using(openEventsFile(directory, 'read'), (database) => {
    const last = database.prepare<[], bigint | null>('SELECT max(position) FROM events');
    return last.pluck().safeIntegers().get() ?? 0n;
  });

/** The id that the files of a data directory share; undefined until `nameDirectory`. Throws DataFileRefusedError. */
export const directoryNamedIn = (directory: string): string | undefined =>
  using(openEventsFile(directory, 'read'), (database) =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'directory'").get() === undefined
      ? undefined
      : database.prepare<[], string>('SELECT id FROM directory').pluck().get(),
  );

/** Writes that id, beside the one writer of the file. Needs the directory's lock. */
export const nameDirectory = (directory: string, id: string): void =>
  using(openEventsFile(directory, 'write'), (database) =>
    database
      .transaction(() => {
        database.exec('CREATE TABLE directory (id TEXT NOT NULL) STRICT');
        database.prepare('INSERT INTO directory VALUES (?)').run(id);
      })
      .immediate(),
  );

function using<T>(database: Database.Database, work: (database: Database.Database) => T): T {
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Refuses a file of another program, of a newer version of this one, or cut short. Runs in one snapshot. */
function checkFile(database: Database.Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new DataFileRefusedError(file, 'foreign');
  const format = Number(database.pragma('user_version', { simple: true }));
  if (format > FORMAT) throw new DataFileRefusedError(file, 'newer');
  if (format < FORMAT || lacksPages(database, file))
    throw new DataFileRefusedError(file, 'damaged');
  const sample = database.prepare<[], { readonly through: unknown }>(
    `SELECT (SELECT through FROM stream_index_progress) AS through,
            (SELECT data FROM events ORDER BY position DESC LIMIT 1),
            (SELECT position FROM stream_index ORDER BY stream DESC LIMIT 1)`,
  );
  // Damage may leave no such row, or make of the number what the table never takes.
  if (!Number.isInteger(sample.get()?.through)) throw new DataFileRefusedError(file, 'damaged');
}

function tuned(database: Database.Database): Database.Database {
  database.pragma('synchronous = FULL');
  // macOS answers a plain fsync before the disk has the bytes.
  database.pragma('fullfsync = ON');
  database.pragma('cache_size = -32768');
  // A WAL of 4 MB, written over and over: commits that make a longer one grow are slower (measured).
  database.pragma('wal_autocheckpoint = 1000');
  database.pragma('journal_size_limit = 16777216');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  return database;
}

const sizeOf = (file: string): number | undefined =>
  statSync(file, { throwIfNoEntry: false })?.size;
