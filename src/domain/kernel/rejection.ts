/** What a message about a refusal may quote: dates, instants, cents, names of rules. Never a person's name. */
export type RejectionValues = Readonly<Record<string, string | number | boolean>>;

/** An expected refusal: a stable code (`RESERVATION.TOO_LATE`) and the values that its message needs. */
export interface Rejection {
  readonly kind: 'rejection';
  readonly code: string;
  readonly values: RejectionValues;
}

/** What a decision yields: the events that happened (none when nothing changes), or why not. */
export type Decision<E> = readonly E[] | Rejection;

export const reject = (code: string, values: RejectionValues = {}): Rejection => ({
  kind: 'rejection',
  code,
  values,
});

export const isRejection = (value: unknown): value is Rejection =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'rejection';

/** A named business rule: the rejection it raises for these facts, or nothing. */
export type Policy<Facts> = (facts: Facts) => Rejection | undefined;

/** Asks each policy in turn; the first rejection wins. */
export function firstRejection<Facts>(
  policies: readonly Policy<Facts>[],
  facts: Facts,
): Rejection | undefined {
  for (const policy of policies) {
    const rejection = policy(facts);
    if (rejection) return rejection;
  }
  return undefined;
}
