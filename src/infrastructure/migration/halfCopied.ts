import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { MongoConnection } from '../mongodb/mongoConnection.ts';
import { keysFileOf } from '../sqlite/keysFile.ts';
import { MigrationError } from './migrationError.ts';

/**
 * What tells that a store holds the beginning of a copy, and perhaps no more: it stands in the target from before the
 * first key until both sides were found equal. No portal starts on it.
 */
export interface CopyMark {
  isSet(): Promise<boolean>;
  set(): Promise<void>;
  clear(): Promise<void>;
}

const TABLE = 'half_copied';

/** In `keys.db`, as a table that is there or not. Whoever asks holds the lock of the directory. */
export function fileCopyMark(directory: string): CopyMark {
  const file = keysFileOf(directory);
  const run = (sql: string): void => {
    const database = new Database(file, { fileMustExist: true });
    try {
      database.pragma('synchronous = FULL');
      database.exec(sql);
    } finally {
      database.close();
    }
  };
  return {
    async isSet() {
      if (!existsSync(file)) return false;
      const database = new Database(file, { readonly: true });
      try {
        const found = database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(TABLE);
        return found !== undefined;
      } finally {
        database.close();
      }
    },
    set: async () => run(`CREATE TABLE IF NOT EXISTS ${TABLE} (one)`),
    clear: async () => run(`DROP TABLE IF EXISTS ${TABLE}`),
  };
}

/** In MongoDB, beside the keys: the only document of a collection of its own. */
export function serverCopyMark({ db, ask }: MongoConnection): CopyMark {
  const marks = db.collection<{ _id: string }>('half-copied', {
    readConcern: { level: 'majority' },
  });
  const _id = 'target';
  return {
    isSet: async () => ask(async () => (await marks.findOne({ _id })) !== null),
    async set() {
      await ask(async () => marks.replaceOne({ _id }, {}, { upsert: true }));
    },
    async clear() {
      await ask(async () => marks.drop());
    },
  };
}

/** Throws MigrationError where a copy has not come to its end. */
export async function refuseHalfCopied(mark: CopyMark): Promise<void> {
  if (await mark.isSet()) throw new MigrationError('MIGRATION.UNFINISHED');
}
