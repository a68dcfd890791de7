import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../../application/ports/eventStore.ts';
import { EVENT_COLUMNS } from './eventLog.ts';

/** Last event of a stream. */
export interface StreamHead {
  readonly revision: number;
  readonly position: number;
}

/** The statements of StreamIndex. `index` in a name: on what has moved to the table. */
export const prepareStreamQueries = (database: Database.Database) => ({
  progress: database.prepare<[], { through: number }>('SELECT through FROM stream_index_progress'),
  setProgress: database.prepare<[number]>('UPDATE stream_index_progress SET through = ?'),
  since: database.prepare<[number], { position: number; stream: string; revision: number }>(
    'SELECT position, stream, revision FROM events WHERE position > ? ORDER BY position',
  ),
  head: database.prepare<[string], StreamHead>(
    'SELECT revision, position FROM stream_index WHERE stream = ? ORDER BY revision DESC LIMIT 1',
  ),
  positionAt: database.prepare<[string, number], { position: number }>(
    'SELECT position FROM stream_index WHERE stream = ? AND revision = ?',
  ),
  revisionOf: database.prepare<[string, string], { revision: number }>(
    `SELECT i.revision FROM stream_index i JOIN events e ON e.position = i.position
     WHERE i.stream = ? AND e.id = ? ORDER BY i.revision LIMIT 1`,
  ),
  idAt: database.prepare<[number], { id: string }>('SELECT id FROM events WHERE position = ?'),
  // OR IGNORE: a move that a crash interrupted starts again.
  index: database.prepare<[string, number, number]>(
    'INSERT OR IGNORE INTO stream_index (stream, revision, position) VALUES (?, ?, ?)',
  ),
  eventAt: database
    .prepare<[number], RecordedEvent>(`SELECT ${EVENT_COLUMNS} FROM events e WHERE position = ?`)
    .safeIntegers(),
  upwards: database
    .prepare<[string, number, number, number], RecordedEvent>(
      `SELECT ${EVENT_COLUMNS} FROM stream_index i JOIN events e ON e.position = i.position
       WHERE i.stream = ? AND i.revision >= ? AND i.revision < ? ORDER BY i.revision LIMIT ?`,
    )
    .safeIntegers(),
  downwards: database
    .prepare<[string, number, number], RecordedEvent>(
      `SELECT ${EVENT_COLUMNS} FROM stream_index i JOIN events e ON e.position = i.position
       WHERE i.stream = ? AND i.revision <= ? ORDER BY i.revision DESC LIMIT ?`,
    )
    .safeIntegers(),
});
