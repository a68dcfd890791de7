import Database from 'better-sqlite3';
import { join } from 'node:path';

export interface StoredRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** What the store holds after a position: the bytes that the floor and the peer are given to write. */
export function storedRows(directory: string, after: bigint): StoredRow[] {
  const database = new Database(join(directory, 'events.db'), { readonly: true });
  const rows = database
    .prepare<[bigint], StoredRow>('SELECT * FROM events WHERE position > ? ORDER BY position')
    .all(after);
  database.close();
  return rows;
}

/** The same rows written with better-sqlite3 alone: nothing is loaded, decided, encrypted or chained. */
export class RawFloor {
  private readonly database: Database.Database;
  private readonly row: Database.Statement<StoredRow>;
  private readonly insertAll: (rows: readonly StoredRow[]) => void;

  constructor(file: string) {
    this.database = new Database(file);
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = FULL');
    this.database.exec(`CREATE TABLE events (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
      type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision))`);
    this.row = this.database.prepare(
      'INSERT INTO events VALUES (@position, @stream, @revision, @id, @type, @data, @metadata)',
    );
    this.insertAll = this.database.transaction((rows: readonly StoredRow[]) => {
      for (const row of rows) this.row.run(row);
    });
  }

  insert(rows: readonly StoredRow[], perTransaction: number): void {
    for (let at = 0; at < rows.length; at += perTransaction)
      this.insertAll(rows.slice(at, at + perTransaction));
  }

  close(): void {
    this.database.close();
  }
}
