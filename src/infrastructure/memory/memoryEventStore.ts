import {
  StoreUnavailableError,
  type AppendResult,
  type EventFilter,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../../application/ports/eventStore.ts';
import { Bell } from '../events/bell.ts';
import { followLog } from '../events/followLog.ts';
import { refuseUnstorable } from '../events/storableEvents.ts';

const BATCH = 100;
/** Positions skip numbers, as a real log's do. */
const STEP = 7n;

/** An event store in this process's memory, for tests. */
export class MemoryEventStore implements EventStore {
  private readonly all: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly bell = new Bell();
  private closed = false;

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.refuseWhenClosed();
    refuseUnstorable(events);
    const stored = this.streams.get(stream) ?? [];
    const start = placeOf(stored, events, expected);
    if (start !== stored.length) {
      const twins = start === undefined ? [] : stored.slice(start, start + events.length);
      const last = twins.at(-1);
      const same = last && events.every(({ id }, index) => id === twins[index]?.id);
      if (same) return { kind: 'appended', revision: last.revision, position: last.position };
      return { kind: 'conflict', actual: stored.at(-1)?.revision ?? 'no-stream' };
    }
    let position = this.all.at(-1)?.position ?? 0n;
    for (const { id, type, data, metadata } of events) {
      position += STEP;
      const revision = BigInt(stored.length);
      const event = { stream, revision, position, id, type, data, metadata };
      stored.push(event);
      this.all.push(event);
    }
    this.streams.set(stream, stored);
    this.bell.ring();
    return { kind: 'appended', revision: BigInt(stored.length - 1), position };
  }

  async *readStream(
    stream: string,
    { direction = 'forwards', from, limit }: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    this.refuseWhenClosed();
    const stored = this.streams.get(stream) ?? [];
    const ordered = direction === 'forwards' ? stored : stored.toReversed();
    const wanted = ordered.filter(({ revision }) =>
      direction === 'forwards' ? revision >= (from ?? 0n) : revision <= (from ?? revision),
    );
    yield* inBatches(wanted.slice(0, limit));
  }

  async *readAll({
    direction = 'forwards',
    from,
    limit,
    filter,
  }: ReadAllOptions = {}): AsyncGenerator<readonly RecordedEvent[]> {
    this.refuseWhenClosed();
    const ordered = direction === 'forwards' ? this.all : this.all.toReversed();
    const wanted = ordered.filter(
      (event) =>
        (from === undefined ||
          (direction === 'forwards' ? event.position > from : event.position < from)) &&
        passes(event, filter),
    );
    yield* inBatches(wanted.slice(0, limit));
  }

  subscribe({
    after,
    filter,
    batchSize = BATCH,
    signal,
  }: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    const look = (from = 0n): SubscriptionBatch | undefined => {
      this.refuseWhenClosed();
      const head = this.all.at(-1)?.position ?? 0n;
      if (head <= from) return undefined;
      const start = Number(from / STEP);
      const window = this.all.slice(start, start + batchSize);
      const checkpoint = window.at(-1)?.position ?? from;
      const events = window.filter((event) => passes(event, filter));
      return { events, checkpoint, caughtUp: checkpoint === head };
    };
    return { [Symbol.asyncIterator]: () => followLog({ look, bell: this.bell }, after, signal) };
  }

  async head(): Promise<Position | undefined> {
    this.refuseWhenClosed();
    return this.all.at(-1)?.position;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.bell.ring();
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new StoreUnavailableError('the event store is closed');
  }
}

/** Index where the writer believes that its events go, or went; undefined when the stream can't be as expected. */
function placeOf(
  stored: readonly RecordedEvent[],
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): number | undefined {
  if (expected === 'no-stream') return 0;
  if (typeof expected === 'bigint') return expected < 0n ? undefined : Number(expected) + 1;
  if (expected === 'stream-exists' && stored.length === 0) return undefined;
  const earlier = stored.findIndex(({ id }) => id === events[0]?.id);
  return earlier < 0 ? stored.length : earlier;
}

const passes = (event: RecordedEvent, filter: EventFilter | undefined): boolean => {
  if (!filter) return true;
  return 'eventTypes' in filter
    ? filter.eventTypes.includes(event.type)
    : filter.streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
};

function* inBatches(events: readonly RecordedEvent[]): Generator<readonly RecordedEvent[]> {
  for (let at = 0; at < events.length; at += BATCH) yield events.slice(at, at + BATCH);
}
