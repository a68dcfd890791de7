import type { Instant } from './parisTime.ts';

/** Every event names what happened by its `type`; the rest is plain JSON. */
export interface DomainEvent {
  readonly type: string;
}

/**
 * An aggregate: its state before any event, and how one event changes it. Both are pure and synchronous.
 * `occurredAt` is the instant of the event's metadata; events just decided, that only their decider folds, have none.
 * Decisions are functions beside it: `(state, command, facts) => Decision<E>`.
 */
export interface Decider<S, E extends DomainEvent> {
  readonly initial: S;
  readonly evolve: (state: S, event: E, occurredAt?: Instant) => S;
}

export const fold = <S, E extends DomainEvent>(
  decider: Decider<S, E>,
  events: Iterable<E>,
  from: S = decider.initial,
): S => {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};

/** Marks the branch that no variant of a union can reach. */
export function assertNever(value: never): never {
  throw new Error(`unhandled variant: ${JSON.stringify(value)}`);
}
