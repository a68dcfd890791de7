import Database from 'better-sqlite3';
import type { RecordedEvent } from '../../application/ports/eventStore.ts';
import { refusingBadFile } from './dataFileErrors.ts';
import { keysFileOf } from './keysFile.ts';

/** The subject of the sealed text of a stored event; a quote within a text is escaped, and can't look like it. */
const SEALED = /"personal":"v1\.([^."]+)\./;

/**
 * The people whose data are sealed in a log. Each has a row in the vault, also once forgotten: one without a row has
 * lost its key, and reads as erased.
 */
export class SealedSubjects {
  private readonly subjects = new Set<string>();

  follow({ data }: Pick<RecordedEvent, 'data'>): void {
    const subject = SEALED.exec(data)?.[1];
    if (subject !== undefined) this.subjects.add(subject);
  }

  /** How many have no row in the `keys.db` of a directory, read after the log: keys are made before events. */
  missingIn(directory: string): number {
    const file = keysFileOf(directory);
    return refusingBadFile(file, () => {
      const database = new Database(file, { readonly: true, fileMustExist: true });
      try {
        const row = database.prepare<[string]>('SELECT 1 FROM keys WHERE subject = ?');
        return [...this.subjects].filter((subject) => row.get(subject) === undefined).length;
      } finally {
        database.close();
      }
    });
  }
}
