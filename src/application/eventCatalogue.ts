import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { SubjectId } from '../domain/kernel/ids.ts';

/** Data of a stored event as parsed from JSON, before upcasting. */
export type StoredData = Readonly<Record<string, unknown>>;

/** How one type of event is stored: declared once, for writing, reading and erasing. */
export interface EventDeclaration<E extends DomainEvent> {
  /** Version of the data written today, from 1. */
  readonly schemaVersion: number;
  /** Whose key seals `personal`. Required of every type that has personal data. */
  subject?(event: E): SubjectId;
  /** `upcasts[v - 1]` turns data of version v into version v + 1. */
  readonly upcasts?: readonly ((data: StoredData) => StoredData)[];
}

type PersonalEvent<E> = E extends unknown ? ('personal' extends keyof E ? E : never) : never;

/** A declaration per event type; the compiler asks for `subject` where the event has personal data. */
export type EventCatalogue<E extends DomainEvent> = {
  readonly [T in E['type']]: EventDeclaration<Extract<E, { type: T }>> &
    ([PersonalEvent<Extract<E, { type: T }>>] extends [never]
      ? unknown
      : { readonly subject: (event: Extract<E, { type: T }>) => SubjectId });
};

declare const sealedBrand: unique symbol;
/** Ciphertext of an event's personal data, as stored and as copied into read models. */
export type Sealed = string & { readonly [sealedBrand]: true };

/** An event as projections see it: personal data stay sealed. */
export type SealedEvent<E extends DomainEvent> = E extends unknown
  ? 'personal' extends keyof E
    ? Omit<E, 'personal'> & { readonly personal?: Sealed }
    : E
  : never;
