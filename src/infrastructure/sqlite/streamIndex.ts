import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../../application/ports/eventStore.ts';
import { prepareStreamQueries, type StreamHead } from './streamQueries.ts';

/** Events of one stream that the table does not index yet, in order. */
interface Recent {
  first: number;
  positions: number[];
}

/** Streams being moved to the table, in the order of the table: at least their events up to `end`. */
interface Move {
  readonly streams: readonly string[];
  readonly end: number;
  next: number;
}

/** Recent events that start a move. */
const MOVE_AT = 16_384;

/**
 * Finds the events of a stream. One index entry per event would dirty one more page per event, most of the cost of a
 * commit; so recent entries stay in memory and move to the table many at a time, sorted, within the transactions of
 * later commits. A crash loses nothing: opening reads the end of the log again, from `through`.
 */
export class StreamIndex {
  /** Position of the last event known. */
  last = 0;
  private through = 0;
  private valid = false;
  private recent = new Map<string, Recent>();
  private pending = 0;
  private move: Move | undefined;
  private readonly sql: ReturnType<typeof prepareStreamQueries>;

  constructor(database: Database.Database) {
    this.sql = prepareStreamQueries(database);
  }

  /** Events that are not in the table yet. */
  get size(): number {
    return this.pending;
  }

  /** What is in memory may not be what is stored: the next `refresh` reads it again. */
  invalidate(): void {
    this.valid = false;
  }

  /** True when `refresh` would change nothing, provided that this connection alone writes. */
  get isValid(): boolean {
    return this.valid;
  }

  /** Takes in what was stored since, by another connection or before a failure. In a transaction. */
  refresh(): void {
    const { through } = this.sql.progress.get() ?? { through: 0 };
    if (!this.valid || through !== this.through) {
      this.recent = new Map();
      this.pending = 0;
      this.move = undefined;
      this.through = this.last = through;
    }
    for (const row of this.sql.since.all(this.last))
      this.add(row.stream, row.revision, row.position);
    this.valid = true;
  }

  add(stream: string, revision: number, position: number): void {
    const recent = this.recent.get(stream);
    if (recent) recent.positions.push(position);
    else this.recent.set(stream, { first: revision, positions: [position] });
    this.pending += 1;
    this.last = position;
  }

  head(stream: string): StreamHead | undefined {
    const recent = this.recent.get(stream);
    const position = recent?.positions.at(-1);
    if (!recent || position === undefined) return this.sql.head.get(stream);
    return { revision: recent.first + recent.positions.length - 1, position };
  }

  positionAt(stream: string, revision: number): number | undefined {
    const recent = this.recent.get(stream);
    if (recent && revision >= recent.first) return recent.positions[revision - recent.first];
    return this.sql.positionAt.get(stream, revision)?.position;
  }

  /** Revision where an event of this id stands in the stream. Reads the whole stream when there is none. */
  revisionOf(stream: string, id: string): number | undefined {
    const recent = this.recent.get(stream);
    const index = recent?.positions.findIndex((position) => this.idAt(position) === id) ?? -1;
    if (recent && index >= 0) return recent.first + index;
    return this.sql.revisionOf.get(stream, id)?.revision;
  }

  idAt(position: number): string | undefined {
    return this.sql.idAt.get(position)?.id;
  }

  /** At most `count` events of a stream from revision `from` on, upwards or downwards. */
  slice(stream: string, from: number, count: number, backwards: boolean): RecordedEvent[] {
    const recent = this.recent.get(stream);
    const first = recent?.first ?? Number.MAX_SAFE_INTEGER;
    const positions = recent?.positions ?? [];
    if (backwards) {
      const end = Math.max(0, Math.min(positions.length, from - first + 1));
      const events = this.at(positions.slice(Math.max(0, end - count), end).reverse());
      if (events.length === count) return events;
      const below = this.sql.downwards.all(
        stream,
        Math.min(from, first - 1),
        count - events.length,
      );
      return events.concat(below);
    }
    const events = from < first ? this.sql.upwards.all(stream, from, first, count) : [];
    const start = Math.max(0, from - first);
    return events.concat(this.at(positions.slice(start, start + count - events.length)));
  }

  /** Moves about `budget` recent events to the table, once there are many (or any: `now`). In a transaction. */
  moveSome(budget: number, now = false): void {
    if (!this.move) {
      if (this.pending === 0 || (this.pending < MOVE_AT && !now)) return;
      this.move = { streams: [...this.recent.keys()].sort(), end: this.last, next: 0 };
    }
    const { streams, end } = this.move;
    for (let left = budget; ;) {
      if (this.pending === 0) return this.endMove(this.last);
      if (left === 0) return;
      const stream = streams[this.move.next];
      if (stream === undefined) return this.endMove(end);
      left -= this.moveStream(stream, left);
      // All that it had: it came back with fewer than it was allowed.
      if (left > 0) this.move.next += 1;
    }
  }

  private endMove(through: number): void {
    this.sql.setProgress.run(through);
    this.through = through;
    this.move = undefined;
  }

  private moveStream(stream: string, budget: number): number {
    const recent = this.recent.get(stream);
    if (!recent) return 0;
    const { first, positions } = recent;
    const moved = Math.min(budget, positions.length);
    positions
      .slice(0, moved)
      .forEach((position, index) => this.sql.index.run(stream, first + index, position));
    if (moved === positions.length) this.recent.delete(stream);
    else {
      recent.first += moved;
      recent.positions = positions.slice(moved);
    }
    this.pending -= moved;
    return moved;
  }

  private at(positions: readonly number[]): RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (const position of positions) {
      const event = this.sql.eventAt.get(position);
      if (event) events.push(event);
    }
    return events;
  }
}
