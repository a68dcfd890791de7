/**
 * The event store, shaped for EventStoreDB: streams with revisions, one global order, filtered subscriptions that
 * also report the positions they passed. Every adapter passes test/contract/eventStoreContract.ts.
 */

/** Place of an event in its stream, from 0. */
export type Revision = bigint;
/** Place of an event in the global order; grows, may skip numbers. */
export type Position = bigint;

/** JSON texts, stored byte for byte: the hash chain is computed over them. */
export interface EventToAppend {
  /** A UUID. Appending the same ids at the same place again changes nothing and answers as the first time. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** What the writer believes of the stream: its last revision, that it doesn't exist, that it does, or nothing. */
export type ExpectedRevision = Revision | 'no-stream' | 'stream-exists' | 'any';

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: Revision; readonly position: Position }
  | { readonly kind: 'conflict'; readonly actual: Revision | 'no-stream' };

export type EventFilter =
  { readonly eventTypes: readonly string[] } | { readonly streamPrefixes: readonly string[] };

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to read (included). Forwards from the start, backwards from the end unless told. */
  readonly from?: Revision;
  readonly limit?: number;
}

export interface ReadAllOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** Forwards: events after this position. Backwards: events before it. */
  readonly from?: Position;
  readonly limit?: number;
  readonly filter?: EventFilter;
}

/** Events in global order, and how far the subscription has looked: persist `checkpoint`, even with no event. */
export interface SubscriptionBatch {
  readonly events: readonly RecordedEvent[];
  readonly checkpoint: Position;
  /** Nothing more was stored when this batch was read. */
  readonly caughtUp: boolean;
}

export interface SubscribeOptions {
  /** Resume after this position; from the beginning when absent. */
  readonly after?: Position;
  readonly filter?: EventFilter;
  /** Events in one batch at the most. */
  readonly batchSize?: number;
  /** Ends the subscription: the iteration then finishes without an error. */
  readonly signal: AbortSignal;
}

/** Larger events are refused by every store (EventStoreDB's own limit is 1 MiB for an append). */
export const MAX_EVENT_BYTES = 1_000_000;

export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';
  constructor(
    readonly type: string,
    readonly bytes: number,
  ) {
    super(`event ${type} has ${bytes} bytes, more than ${MAX_EVENT_BYTES}`);
  }
}

/** What an append holds at the most in all, so that every store can keep it: EventStoreDB refuses more. */
export const MAX_APPEND_BYTES = 1_048_576;

/** Its events must be appended in several steps. Nothing was stored. */
export class AppendTooLargeError extends Error {
  override readonly name = 'AppendTooLargeError';
  constructor(readonly bytes: number) {
    super(`an append of ${bytes} bytes, more than ${MAX_APPEND_BYTES}`);
  }
}

/** The store can't answer now; the caller may try again. Nothing acknowledged is lost. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface EventStore {
  /**
   * Appends all the events or none. Resolves once they are durable. A stream of another revision than expected is a
   * `conflict`, unless these very events stand there already. Throws EventTooLargeError, AppendTooLargeError,
   * StoreUnavailableError.
   */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendResult>;

  /** Reads a stream, in batches; an unknown stream yields nothing. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** Reads the global order, in batches. */
  readAll(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** Catches up, then follows: every event once and in order, without gap. Back-pressure: one batch at a time. */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch>;

  /**
   * Position of the last event stored, or later where the server keeps events of its own; undefined when there is
   * none. No checkpoint of a subscription stands beyond it.
   */
  head(): Promise<Position | undefined>;

  close(): Promise<void>;
}
