import { fold } from '../kernel/decider.ts';
import type { FamilyId, ReservationId } from '../kernel/ids.ts';
import { asCents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision } from '../kernel/rejection.ts';
import { isBefore, type Limit, type Session } from '../kernel/sessionTerms.ts';
import { promoteWaiting } from './promote.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import {
  groupOf,
  isActive,
  sessionBook,
  waitingIn,
  type Reservation,
  type SessionBook,
} from './sessionBook.ts';

export interface Cancel {
  readonly reservationId: ReservationId;
  /** The family that asks; absent when staff act for it. */
  readonly familyId?: FamilyId;
  /** The person has read that a late cancellation stays billed (RGAA 11.12). */
  readonly acceptsBilling: boolean;
}

export interface CancelFacts {
  readonly now: Instant;
  readonly session: Session;
}

/** What giving a place back now would mean. */
export interface CancellationTerms {
  readonly timing: 'inTime' | 'late';
  readonly billedCents: ReturnType<typeof asCents>;
  readonly limit: Limit;
}

/**
 * A place is given back free of charge until the limit; afterwards it stays billed, unless the town lets it go free
 * when somebody waits. A request that was never granted costs nothing (DESIGN section 5).
 */
export function cancellationTerms(
  book: SessionBook,
  reservation: Reservation,
  { now, session }: CancelFacts,
): CancellationTerms {
  const free = asCents(0);
  const granted = reservation.status === 'confirmed';
  const limit: Limit =
    granted && reservation.freeUntil && reservation.freeUntil > session.cancellation.at
      ? { at: reservation.freeUntil, boundary: 'exclusive' }
      : session.cancellation;
  if (!granted || isBefore(now, limit)) return { timing: 'inTime', billedCents: free, limit };
  const group = groupOf(session.groups, reservation.age);
  const replaced =
    session.lateGiveBackFree &&
    isBefore(now, session.promotion) &&
    group !== undefined &&
    waitingIn(book, group).length > 0;
  return { timing: 'late', billedCents: replaced ? free : reservation.priceCents, limit };
}

/**
 * Gives a place back, and hands it to the first who waits in the same append. Nothing new when it was given back
 * already. Rejections: `RESERVATION.UNKNOWN` (also another family's), `.SESSION_STARTED`, `.LATE_CANCELLATION_BILLED`
 * (until the person accepts the amount).
 */
export function cancel(
  book: SessionBook,
  { reservationId, familyId, acceptsBilling }: Cancel,
  facts: CancelFacts,
): Decision<ReservationEvent> {
  const { now, session } = facts;
  const reservation = book.reservations.get(reservationId);
  if (!reservation || (familyId !== undefined && reservation.ref.familyId !== familyId))
    return reject('RESERVATION.UNKNOWN');
  if (!isActive(reservation.status)) return [];
  if (now >= session.startsAt)
    return reject('RESERVATION.SESSION_STARTED', { startsAt: session.startsAt });
  const { timing, billedCents, limit } = cancellationTerms(book, reservation, facts);
  if (billedCents > 0 && !acceptsBilling)
    return reject('RESERVATION.LATE_CANCELLATION_BILLED', { limit: limit.at, billedCents });
  const cancelled: ReservationEvent = {
    type: 'ReservationCancelled',
    ...reservation.ref,
    timing,
    billedCents,
    limit: limit.at,
    ruleVersion: session.ruleVersion,
  };
  const after = fold(sessionBook, [cancelled], book);
  return [cancelled, ...promoteWaiting(after, session, now)];
}
