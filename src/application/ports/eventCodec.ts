import type { DomainEvent } from '../../domain/kernel/decider.ts';
import type { Aggregate } from '../aggregate.ts';
import type { EventMetadata } from '../eventMetadata.ts';
import type { EventToAppend, RecordedEvent, Revision } from './eventStore.ts';

export type NewMetadata = Omit<EventMetadata, 'schemaVersion' | 'hash'>;

export interface EventToEncode<E extends DomainEvent> {
  readonly event: E;
  readonly metadata: NewMetadata;
  /** Number of this event among those of its command: event ids derive from both. */
  readonly index: number;
}

/** Where a stream's hash chain stands: `hash` is '' before its first event. */
export interface ChainHead {
  readonly stream: string;
  readonly nextRevision: Revision;
  readonly hash: string;
}

export interface DecodedEvent<E extends DomainEvent> {
  readonly event: E;
  readonly metadata: EventMetadata;
}

/** Seals and opens personal data, upcasts old versions, extends the hash chain. */
export interface EventCodec {
  /** Events ready to append after `head`, and the chain's hash after them. Throws SubjectErasedError. */
  encode<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    head: ChainHead,
    events: readonly EventToEncode<E>[],
  ): Promise<{ readonly records: readonly EventToAppend[]; readonly hash: string }>;
  /** Stored events as the aggregate reads them; personal data are `[effacé]` when their key is gone. */
  decode<S, E extends DomainEvent>(
    aggregate: Aggregate<S, E>,
    records: readonly RecordedEvent[],
  ): Promise<readonly DecodedEvent<E>[]>;
}

/** Personal data can't be written about a person whose key was destroyed. */
export class SubjectErasedError extends Error {
  override readonly name = 'SubjectErasedError';
}

/** What is stored can't be read: a version from the future, or not an event of this portal. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
}
