import type { DomainEvent } from '../../domain/kernel/decider.ts';
import type { SealedEvent } from '../eventCatalogue.ts';
import type { EventMetadata } from '../eventMetadata.ts';
import type { Document, ReadModelSpec } from '../ports/readModelStore.ts';

/**
 * A read model, and how events make its documents. `apply` is pure: the document before (undefined when there is
 * none) and one event give the document after (undefined removes it). Personal data stay sealed: queries open them.
 */
export interface Projection<
  D extends Document = Document,
  E extends DomainEvent = DomainEvent,
> extends ReadModelSpec {
  readonly handles: readonly E['type'][];
  /** Ids of the documents that the event changes. */
  route(event: SealedEvent<E>): readonly string[];
  apply(
    document: D | undefined,
    event: SealedEvent<E>,
    metadata: EventMetadata,
    id: string,
  ): D | undefined;
}

/** A projection whatever its documents and events: what the runner works on. */
export interface AnyProjection extends ReadModelSpec {
  readonly handles: readonly string[];
  route(event: DomainEvent): readonly string[];
  apply(
    document: Document | undefined,
    event: DomainEvent,
    metadata: EventMetadata,
    id: string,
  ): Document | undefined;
}

/** A decoded event as the runner hands it to projections. */
export interface SealedRecord {
  readonly event: SealedEvent<DomainEvent>;
  readonly metadata: EventMetadata;
}
