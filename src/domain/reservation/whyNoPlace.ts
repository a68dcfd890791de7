import { reject, type Rejection } from '../kernel/rejection.ts';
import type { NoSession, SessionTerms } from '../kernel/sessionTerms.ts';
import { groupOf } from './placement.ts';

/** The version of the rules that decided, as a refusal quotes it; nothing where there is none. */
export const ruleOf = ({ ruleVersion }: { readonly ruleVersion?: number }) =>
  ruleVersion === undefined ? {} : { ruleVersion };

/** There is no session that day, why, and which rules say so. `RESERVATION.NO_SESSION`. */
export const noSession = ({ reason, name = '', ...rule }: NoSession): Rejection =>
  reject('RESERVATION.NO_SESSION', { reason, name, ...ruleOf(rule) });

/**
 * Why a place that was asked for can't be given any more: the rules or the calendar have changed since.
 * `RESERVATION.NO_SESSION`, `.AGE` (no group takes this age, in years, now); undefined while it can be.
 */
export function whyNoPlace(terms: SessionTerms, age: number): Rejection | undefined {
  if (terms.status === 'noSession') return noSession(terms);
  if (groupOf(terms.groups, age)) return undefined;
  return reject('RESERVATION.AGE', { age, limit: terms.startsAt, ...ruleOf(terms) });
}
