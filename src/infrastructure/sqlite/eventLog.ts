import type Database from 'better-sqlite3';
import type {
  EventFilter,
  Position,
  ReadAllOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../../application/ports/eventStore.ts';

/** Columns of an event, in the shape of RecordedEvent once integers are read as bigint. */
export const EVENT_COLUMNS = 'e.stream, e.revision, e.position, e.id, e.type, e.data, e.metadata';

/** Events read at once. */
export const BATCH = 500;
/** Positions looked at in one query, so that a filter that lets nothing pass keeps nobody waiting. */
const WINDOW = 10_000;

/** Events of the positions after `low` up to and with `high`, at most `count`, that pass the query's filter. */
type LogQuery = (low: number, high: number, count: number) => RecordedEvent[];

/** The global order. */
export class EventLog {
  private readonly last: Database.Statement<[], { position: number | null }>;

  constructor(private readonly database: Database.Database) {
    this.last = database.prepare('SELECT max(position) AS position FROM events');
  }

  /** Position of the last event; 0 when there is none. */
  head(): number {
    return this.last.get()?.position ?? 0;
  }

  /** Walks what is stored now, one query at each step; a step may find nothing. */
  *walk({ direction, from, limit = Infinity, filter }: ReadAllOptions): Generator<RecordedEvent[]> {
    const backwards = direction === 'backwards';
    const query = this.query(filter, backwards ? 'DESC' : 'ASC');
    const head = this.head();
    // Events after `low` up to and with `high` remain.
    let low = backwards ? 0 : Number(from ?? 0);
    let high = backwards && from !== undefined ? Math.min(head, Number(from) - 1) : head;
    for (let left = limit; left > 0 && low < high;) {
      const count = Math.min(left, BATCH);
      const [bottom, top] = backwards
        ? [Math.max(low, high - WINDOW), high]
        : [low, Math.min(high, low + WINDOW)];
      const events = query(bottom, top, count);
      const last = events.length === count ? events.at(-1) : undefined;
      if (backwards) high = last ? Number(last.position) - 1 : bottom;
      else low = last ? Number(last.position) : top;
      left -= events.length;
      yield events;
    }
  }

  /** What a subscription does at each step: looks at what comes after a position, if anything does. */
  looker({ filter, batchSize = BATCH }: Pick<SubscribeOptions, 'filter' | 'batchSize'>) {
    const query = this.query(filter, 'ASC');
    return (after: Position = 0n): SubscriptionBatch | undefined => {
      const head = this.head();
      const low = Number(after);
      if (head <= low) return undefined;
      const top = Math.min(head, low + WINDOW);
      const events = query(low, top, batchSize);
      const last = events.length === batchSize ? events.at(-1) : undefined;
      const checkpoint = last?.position ?? BigInt(top);
      return { events, checkpoint, caughtUp: checkpoint === BigInt(head) };
    };
  }

  /** SQLite evaluates the filter, walking the log by position. */
  private query(filter: EventFilter | undefined, order: 'ASC' | 'DESC'): LogQuery {
    const condition = conditionOf(filter);
    const statement = this.database
      .prepare<unknown[], RecordedEvent>(
        `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.position > ? AND e.position <= ?
         ${condition.sql} ORDER BY e.position ${order} LIMIT ?`,
      )
      .safeIntegers();
    return (low, high, count) => statement.all(low, high, ...condition.values, count);
  }
}

function conditionOf(filter: EventFilter | undefined): { sql: string; values: unknown[] } {
  if (!filter) return { sql: '', values: [] };
  if ('eventTypes' in filter)
    return {
      sql: 'AND e.type IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(filter.eventTypes)],
    };
  const prefixes = filter.streamPrefixes;
  return {
    sql: `AND (${prefixes.map(() => 'substr(e.stream, 1, ?) = ?').join(' OR ') || 'FALSE'})`,
    // SQLite counts characters, JavaScript UTF-16 units.
    values: prefixes.flatMap((prefix) => [Array.from(prefix).length, prefix]),
  };
}
