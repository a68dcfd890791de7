import type { Instant } from '../kernel/parisTime.ts';
import type { Session } from '../kernel/sessionTerms.ts';
import { listMoves, promotable, queueIn, type Occupancy, type Waiting } from './placement.ts';
import type { Standing } from './reservationEvents.ts';

const holding = (occupancy: Occupancy, age: number, more: 1 | -1): Occupancy => ({
  ...occupancy,
  heldAt: (years) => occupancy.heldAt(years) + (years === age ? more : 0),
});

const withoutWaiting = (occupancy: Occupancy, { reservationId }: Waiting): Occupancy => ({
  ...occupancy,
  waiting: occupancy.waiting.filter((one) => one.reservationId !== reservationId),
});

/**
 * How full a session is once a place was given back and those who wait have moved up. Places given back together are
 * judged so, one after the other: whoever waits takes one of them, and only that one goes free.
 */
export function afterGivingBack(
  occupancy: Occupancy,
  session: Session,
  given: Waiting & { readonly status: Standing },
  now: Instant,
): Occupancy {
  const left =
    given.status === 'waitlisted'
      ? withoutWaiting(occupancy, given)
      : holding(occupancy, given.age, -1);
  if (!listMoves(left, session, now)) return left;
  return session.groups
    .flatMap((group) => queueIn(left, group).slice(0, promotable(left, group)))
    .reduce((full, moved) => holding(withoutWaiting(full, moved), moved.age, 1), left);
}
