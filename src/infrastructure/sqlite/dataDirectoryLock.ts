import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryInUseError, isSqliteError, refusingBadFile } from './dataFileErrors.ts';

const LOCK_FILE = 'lock.db';
/** Milliseconds: two that start at once get in each other's way for an instant. */
const PATIENCE = 250;

/** The right to write in a data directory, held until `release` or the end of the process, however it ends. */
export interface DataDirectoryLock {
  release(): void;
}

/**
 * Takes a data directory for writing. The lock is SQLite's own on an empty database, which the system drops when the
 * process dies: nothing stale is ever left. Nobody may open and close `lock.db` otherwise in this process, since
 * POSIX then drops the lock too. Throws DataDirectoryInUseError, DataFileRefusedError.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const file = join(directory, LOCK_FILE);
  const database = refusingBadFile(file, () => new Database(file, { timeout: PATIENCE }));
  try {
    // By path: opening and closing the file would drop the lock of another instance of this process.
    chmodSync(file, 0o600);
    refusingBadFile(file, () => database.exec('BEGIN EXCLUSIVE'));
  } catch (error) {
    database.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) throw new DataDirectoryInUseError(directory);
    throw error;
  }
  return { release: () => void database.close() };
}
