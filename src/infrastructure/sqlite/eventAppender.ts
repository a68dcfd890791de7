import type Database from 'better-sqlite3';
import type {
  AppendResult,
  EventToAppend,
  ExpectedRevision,
} from '../../application/ports/eventStore.ts';
import type { StreamIndex } from './streamIndex.ts';
import type { StreamHead } from './streamQueries.ts';

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

/** Appends within the transaction that the caller has opened. */
export class EventAppender {
  private readonly insert: Database.Statement<Row>;
  private readonly removeFrom: Database.Statement<[number]>;

  constructor(
    private readonly database: Database.Database,
    private readonly index: StreamIndex,
  ) {
    this.insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.removeFrom = database.prepare('DELETE FROM events WHERE position >= ?');
  }

  /** Appends all the events or none; finds out whether they are there already. */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): AppendResult {
    const head = this.index.head(stream);
    const end = (head?.revision ?? -1) + 1;
    const start = this.startOf(stream, events, expected, head);
    if (start === end) return this.store(stream, events, end);
    const last = start === undefined ? undefined : this.sameEvents(stream, events, start);
    if (last) return appended(last.revision, last.position);
    return { kind: 'conflict', actual: head ? BigInt(head.revision) : 'no-stream' };
  }

  /** Revision where the writer believes that its events go, or went; undefined when the stream can't be as expected. */
  private startOf(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
    head: StreamHead | undefined,
  ): number | undefined {
    if (expected === 'no-stream') return 0;
    if (typeof expected === 'bigint') return expected < 0n ? undefined : Number(expected) + 1;
    if (!head) return expected === 'any' ? 0 : undefined;
    const first = events[0];
    return (first && this.index.revisionOf(stream, first.id)) ?? head.revision + 1;
  }

  /** The last of the events if all of them stand in the stream from `start` on. */
  private sameEvents(
    stream: string,
    events: readonly EventToAppend[],
    start: number,
  ): StreamHead | undefined {
    let last: StreamHead | undefined;
    let revision = start;
    for (const { id } of events) {
      const position = this.index.positionAt(stream, revision);
      if (position === undefined || this.index.idAt(position) !== id) return undefined;
      last = { revision, position };
      revision += 1;
    }
    return last;
  }

  private store(stream: string, events: readonly EventToAppend[], start: number): AppendResult {
    const first = this.index.last + 1;
    let position = first;
    let revision = start;
    try {
      for (const { id, type, data, metadata } of events) {
        this.insert.run(position, stream, revision, id, type, data, metadata);
        position += 1;
        revision += 1;
      }
    } catch (error) {
      // Nothing else was written since `first`: cheaper than a savepoint for every append. A full disk may have
      // rolled back the whole transaction already.
      if (this.database.inTransaction) this.removeFrom.run(first);
      throw error;
    }
    for (let at = 0; at < events.length; at += 1) this.index.add(stream, start + at, first + at);
    return appended(revision - 1, position - 1);
  }
}

const appended = (revision: number, position: number): AppendResult => ({
  kind: 'appended',
  revision: BigInt(revision),
  position: BigInt(position),
});
