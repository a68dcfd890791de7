import type { ReservationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { firstRejection, reject, type Policy, type Rejection } from '../kernel/rejection.ts';
import { isBefore, type AgeGroup, type Session } from '../kernel/sessionTerms.ts';

/** Who waits for a place, with the age in years on that day. */
export interface Waiting {
  readonly reservationId: ReservationId;
  readonly age: number;
}

/** How full a session is, as far as a new request needs to know. */
export interface Occupancy {
  /** Places held by children of that age. */
  readonly heldAt: (age: number) => number;
  /** Those who wait, in order of arrival. */
  readonly waiting: readonly Waiting[];
  /** Why the town closed the session. */
  readonly closedBecause?: string | undefined;
}

/** What asking for a place leads to. */
export type Placement =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'submitted' }
  | { readonly kind: 'waitlisted'; readonly rank: number };

interface Facts {
  readonly session: Session;
  readonly occupancy: Occupancy;
  readonly now: Instant;
}

const openPolicies: readonly Policy<Facts>[] = [
  ({ occupancy: { closedBecause } }) =>
    closedBecause === undefined
      ? undefined
      : reject('RESERVATION.SESSION_CLOSED', { reason: closedBecause }),
  ({ session: { booking, limitsVersion }, now }) =>
    isBefore(now, booking)
      ? undefined
      : reject('RESERVATION.TOO_LATE', { limit: booking.at, ruleVersion: limitsVersion }),
];

/** A refusal names the rules that decided and until when they take bookings, where it doesn't do so itself. */
export const underRules = (
  { booking, ruleVersion }: Session,
  { code, values }: Rejection,
): Rejection => reject(code, { limit: booking.at, ruleVersion, ...values });

export const groupOf = (groups: readonly AgeGroup[], age: number): AgeGroup | undefined =>
  groups.find(({ minAge, maxAge }) => minAge <= age && age <= maxAge);

/** Places left in an age group; negative when the town lowered it below what is held. */
export function placesLeft(heldAt: Occupancy['heldAt'], group: AgeGroup): number {
  let left = group.places;
  for (let age = group.minAge; age <= group.maxAge; age += 1) left -= heldAt(age);
  return left;
}

/** Who waits for a place in an age group. */
export const queueIn = ({ waiting }: Occupancy, group: AgeGroup): readonly Waiting[] =>
  waiting.filter(({ age }) => groupOf([group], age));

/** How many of those who wait in an age group have a free place, were `givenBack` more places free. */
export const promotable = (occupancy: Occupancy, group: AgeGroup, givenBack = 0): number =>
  Math.min(
    queueIn(occupancy, group).length,
    Math.max(0, placesLeft(occupancy.heldAt, group) + givenBack),
  );

/** Whether free places go to those who wait: the session is not closed, and its promotion limit is ahead. */
export const listMoves = (
  { closedBecause }: Pick<Occupancy, 'closedBecause'>,
  { promotion }: Session,
  now: Instant,
): boolean => closedBecause === undefined && isBefore(now, promotion);

/**
 * Whether a place given back now at that age goes to somebody who waits: the queue of its group still moves, and gets
 * one place more by it than without it.
 */
export function wouldBeTaken(
  occupancy: Occupancy,
  session: Session,
  age: number,
  now: Instant,
): boolean {
  const group = groupOf(session.groups, age);
  if (!group || !listMoves(occupancy, session, now)) return false;
  return promotable(occupancy, group, 1) > promotable(occupancy, group);
}

/**
 * Where a new request would stand: a place, validation by staff, or a rank on the waiting list of its age group. Who
 * comes new never passes those who wait. `RESERVATION.SESSION_CLOSED`, `.TOO_LATE`, `.AGE`, `.FULL`.
 */
export function placementFor(
  session: Session,
  occupancy: Occupancy,
  age: number,
  now: Instant,
): Placement | Rejection {
  const refused = firstRejection(openPolicies, { session, occupancy, now });
  if (refused) return underRules(session, refused);
  const group = groupOf(session.groups, age);
  if (!group) return underRules(session, reject('RESERVATION.AGE', { age }));
  const queue = queueIn(occupancy, group).length;
  if (queue === 0 && placesLeft(occupancy.heldAt, group) > 0)
    return { kind: session.validation === 'immediate' ? 'confirmed' : 'submitted' };
  if (!session.waitingList) return underRules(session, reject('RESERVATION.FULL'));
  return { kind: 'waitlisted', rank: queue + 1 };
}
