import type { Instant } from '../kernel/parisTime.ts';
import { firstRejection, reject, type Policy, type Rejection } from '../kernel/rejection.ts';
import { isBefore, type AgeGroup, type Session } from '../kernel/sessionTerms.ts';

/** How full a session is, as far as a new request needs to know. */
export interface Occupancy {
  /** Places held by children of that age. */
  readonly heldAt: (age: number) => number;
  /** Ages of those who wait, in order of arrival. */
  readonly waitingAges: readonly number[];
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

export const groupOf = (groups: readonly AgeGroup[], age: number): AgeGroup | undefined =>
  groups.find(({ minAge, maxAge }) => minAge <= age && age <= maxAge);

/** Places left in an age group; negative when the town lowered it below what is held. */
export function placesLeft(heldAt: Occupancy['heldAt'], group: AgeGroup): number {
  let left = group.places;
  for (let age = group.minAge; age <= group.maxAge; age += 1) left -= heldAt(age);
  return left;
}

/** How many wait for a place in an age group. */
const queueIn = ({ waitingAges }: Occupancy, group: AgeGroup): number =>
  waitingAges.filter((age) => groupOf([group], age)).length;

/** How many of those who wait in an age group have a free place, were `givenBack` more places free. */
export const promotable = (occupancy: Occupancy, group: AgeGroup, givenBack = 0): number =>
  Math.min(queueIn(occupancy, group), Math.max(0, placesLeft(occupancy.heldAt, group) + givenBack));

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
  if (!group || occupancy.closedBecause !== undefined || !isBefore(now, session.promotion))
    return false;
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
  if (refused) return refused;
  const group = groupOf(session.groups, age);
  if (!group) return reject('RESERVATION.AGE', { age });
  const queue = queueIn(occupancy, group);
  if (queue === 0 && placesLeft(occupancy.heldAt, group) > 0)
    return { kind: session.validation === 'immediate' ? 'confirmed' : 'submitted' };
  if (!session.waitingList) return reject('RESERVATION.FULL');
  return { kind: 'waitlisted', rank: queue + 1 };
}
