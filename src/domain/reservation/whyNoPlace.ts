import { reject, type Rejection } from '../kernel/rejection.ts';
import type { NoSession, SessionTerms } from '../kernel/sessionTerms.ts';
import { groupOf } from './placement.ts';

/** There is no session that day, and why. `RESERVATION.NO_SESSION`. */
export const noSession = ({ reason, name = '' }: NoSession): Rejection =>
  reject('RESERVATION.NO_SESSION', { reason, name });

/**
 * Why a place that was asked for can't be given any more: the rules or the calendar have changed since.
 * `RESERVATION.NO_SESSION`, `.AGE` (no group takes this age, in years, now); undefined while it can be.
 */
export function whyNoPlace(terms: SessionTerms, age: number): Rejection | undefined {
  if (terms.status === 'noSession') return noSession(terms);
  return groupOf(terms.groups, age) ? undefined : reject('RESERVATION.AGE', { age });
}
