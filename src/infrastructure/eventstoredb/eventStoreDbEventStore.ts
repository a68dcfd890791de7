import { setMaxListeners } from 'node:events';
import {
  StoreUnavailableError,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../../application/ports/eventStore.ts';
import { leavable } from '../events/leavable.ts';
import { refuseUnstorable } from '../events/storableEvents.ts';
import { Appender } from './appender.ts';
import { connect, type Connection, type ConnectionOptions } from './connection.ts';
import { LogReader } from './logReader.ts';
import { Pages } from './pages.ts';
import { followServer } from './subscription.ts';

/** Milliseconds. */
const APPEND_DEADLINE = 10_000;
const READ_DEADLINE = 10_000;
const SCAN_DEADLINE = 30_000;
const QUIET = 3_000;

export interface EventStoreDbOptions extends ConnectionOptions {
  /** Milliseconds after which an append fails, its retries included; 10 s by default. */
  readonly appendDeadlineMs?: number;
  /** Milliseconds after which a read of known size fails, its retries included; 10 s by default. */
  readonly readDeadlineMs?: number;
  /** Milliseconds that the server may look for the next event that passes a filter; then we do. 30 s by default. */
  readonly scanDeadlineMs?: number;
  /** Milliseconds without a word after which a subscription asks whether it misses something; 3 s by default. */
  readonly quietMs?: number;
}

/**
 * The event store of an EventStoreDB server or cluster, 22.6 or later: before, an event read from a stream has no
 * position. Connects when it is first used, and again by itself. Needs the right to read $all. Throws Error for a connection string that can't be read.
 */
export const openEventStoreDb = (options: EventStoreDbOptions): EventStoreDbEventStore =>
  new EventStoreDbEventStore(connect(options), options);

/**
 * Positions are the server's commit positions. All calls ask for the leader, so that what was appended is read. With
 * `any` and `stream-exists` the server recognises repeated ids as long as it holds them in memory only; with an exact
 * revision, always.
 */
export class EventStoreDbEventStore implements EventStore {
  private readonly closing = new AbortController();
  private readonly appender: Appender;
  private readonly reader: LogReader;
  private readonly quiet: number;

  /** Use openEventStoreDb. */
  constructor(
    private readonly connection: Connection,
    {
      appendDeadlineMs = APPEND_DEADLINE,
      readDeadlineMs = READ_DEADLINE,
      scanDeadlineMs = SCAN_DEADLINE,
      quietMs = QUIET,
    }: Omit<EventStoreDbOptions, keyof ConnectionOptions>,
  ) {
    const { signal } = this.closing;
    // Whatever is pending listens to it.
    setMaxListeners(0, signal);
    this.quiet = quietMs;
    const deadlines = { read: readDeadlineMs, scan: scanDeadlineMs };
    this.appender = new Appender(connection, appendDeadlineMs, signal);
    this.reader = new LogReader(new Pages(connection, signal), deadlines);
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.refuseWhenClosed();
    refuseUnstorable(events);
    // Revisions are unsigned on the wire: -1 would come to mean something else.
    if (typeof expected === 'bigint' && expected < 0n)
      return { kind: 'conflict', actual: (await this.lastRevision(stream)) ?? 'no-stream' };
    // The server compares the ids that stand in the stream before it calls it a conflict.
    const answer = await this.appender.append(stream, events, expected);
    if (answer.kind === 'conflict') return answer;
    const { kind, revision, position } = answer;
    return { kind, revision, position: position ?? (await this.positionOf(stream, revision)) };
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<readonly RecordedEvent[]> {
    this.refuseWhenClosed();
    yield* this.reader.stream(stream, options);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<readonly RecordedEvent[]> {
    this.refuseWhenClosed();
    yield* this.reader.all(options);
  }

  /**
   * Without gap or double, whatever happens to the connection. A batch is said to be caught up when nothing more had
   * come within a turn of the event loop: what the server has just stored may be on its way.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch> {
    const { connection, reader, quiet, closing } = this;
    const server = { connection, reader, quiet };
    const generate = async function* (over: AbortSignal) {
      const either = AbortSignal.any([over, closing.signal]);
      yield* followServer(server, options, either);
      if (!over.aborted) throw new StoreUnavailableError('the event store is closed');
      return undefined;
    };
    return { [Symbol.asyncIterator]: () => leavable(generate, options.signal) };
  }

  /**
   * Position of the last event of the log. Where that is one of the server's own events, it is later than the last
   * of ours: checkpoints reach it all the same, and never go beyond.
   */
  async head(): Promise<Position | undefined> {
    this.refuseWhenClosed();
    return this.reader.last();
  }

  /** What is pending, subscriptions too, ends with StoreUnavailableError. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.connection.close();
  }

  private async positionOf(stream: string, revision: Revision): Promise<Position> {
    const options = { from: revision, limit: 1 };
    for await (const [event] of this.reader.stream(stream, options))
      if (event) return event.position;
    throw new StoreUnavailableError(`${stream}@${revision} can't be read yet`);
  }

  private async lastRevision(stream: string): Promise<Revision | undefined> {
    const options = { direction: 'backwards', limit: 1 } as const;
    for await (const [event] of this.reader.stream(stream, options)) return event?.revision;
    return undefined;
  }

  private refuseWhenClosed(): void {
    if (this.closing.signal.aborted) throw new StoreUnavailableError('the event store is closed');
  }
}
