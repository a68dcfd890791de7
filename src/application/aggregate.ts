import type { Decider, DomainEvent } from '../domain/kernel/decider.ts';
import type { EventCatalogue } from './eventCatalogue.ts';

/** An aggregate as the command handler needs it: where its streams are, how it folds, how its events are stored. */
export interface Aggregate<S, E extends DomainEvent> {
  /** Streams are named `{category}-{id}`. */
  readonly category: string;
  readonly decider: Decider<S, E>;
  readonly catalogue: EventCatalogue<E>;
  /** Whether decisions read personal data; when not, folding opens no seal. */
  readonly opensPersonal: boolean;
}

export const streamOf = (aggregate: { readonly category: string }, id: string): string =>
  `${aggregate.category}-${id}`;
