import { fold } from '../kernel/decider.ts';
import type { FamilyId, ReservationId } from '../kernel/ids.ts';
import { asCents, type Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision } from '../kernel/rejection.ts';
import { isBefore, type Limit, type Session, type SessionTerms } from '../kernel/sessionTerms.ts';
import { groupOf } from './placement.ts';
import { promoteWaiting } from './promote.ts';
import type { ReservationEvent, Standing } from './reservationEvents.ts';
import { isActive, sessionBook, waitingIn, type SessionBook } from './sessionBook.ts';

export interface Cancel {
  readonly reservationId: ReservationId;
  /** The family that asks; absent when staff act for it. */
  readonly familyId?: FamilyId | undefined;
  /** The person has read that a late cancellation stays billed (RGAA 11.12). */
  readonly acceptsBilling: boolean;
}

export interface CancelFacts {
  readonly now: Instant;
  readonly terms: SessionTerms;
}

/** What giving a place back now would mean. */
export interface CancellationTerms {
  readonly timing: 'inTime' | 'late';
  readonly billedCents: Cents;
  readonly limit: Limit;
}

/**
 * A place is given back free of charge until the limit; afterwards it stays billed, unless the town lets it go free
 * when somebody waits. A request that was never granted costs nothing (DESIGN section 5).
 */
export function cancellationTerms(
  held: {
    readonly status: Standing;
    readonly priceCents: Cents;
    readonly freeUntil?: Instant | undefined;
  },
  somebodyWaits: boolean,
  session: Session,
  now: Instant,
): CancellationTerms {
  const free = asCents(0);
  const { status, freeUntil, priceCents } = held;
  const limit: Limit =
    freeUntil !== undefined && freeUntil > session.cancellation.at
      ? { at: freeUntil, boundary: 'exclusive' }
      : session.cancellation;
  if (status !== 'confirmed' || isBefore(now, limit))
    return { timing: 'inTime', billedCents: free, limit };
  const replaced = session.lateGiveBackFree && isBefore(now, session.promotion) && somebodyWaits;
  return { timing: 'late', billedCents: replaced ? free : priceCents, limit };
}

const somebodyWaitsFor = (book: SessionBook, session: Session, age: number): boolean => {
  const group = groupOf(session.groups, age);
  return group !== undefined && waitingIn(book, group).length > 0;
};

/**
 * Gives a place back, and hands it to the first who waits in the same append. Nothing new when it was given back
 * already. Rejections: `RESERVATION.UNKNOWN` (also another family's), `.SESSION_STARTED`, `.LATE_CANCELLATION_BILLED`
 * (until the person accepts the amount).
 */
export function cancel(
  book: SessionBook,
  { reservationId, familyId, acceptsBilling }: Cancel,
  { now, terms: session }: CancelFacts,
): Decision<ReservationEvent> {
  const reservation = book.reservations.get(reservationId);
  if (!reservation || (familyId !== undefined && reservation.ref.familyId !== familyId))
    return reject('RESERVATION.UNKNOWN');
  const { ref, status, priceCents } = reservation;
  if (!isActive(status)) return [];
  // The rules no longer hold a session that day: nobody may be billed for it.
  if (session.status === 'noSession')
    return [{ type: 'ReservationCancelledByTown', was: status, ...ref }];
  if (now >= session.startsAt)
    return reject('RESERVATION.SESSION_STARTED', { startsAt: session.startsAt });
  const { timing, billedCents, limit } = cancellationTerms(
    {
      status,
      priceCents,
      freeUntil: 'freeUntil' in reservation ? reservation.freeUntil : undefined,
    },
    somebodyWaitsFor(book, session, ref.age),
    session,
    now,
  );
  if (billedCents > 0 && !acceptsBilling)
    return reject('RESERVATION.LATE_CANCELLATION_BILLED', { limit: limit.at, billedCents });
  const cancelled: ReservationEvent = {
    type: 'ReservationCancelled',
    was: status,
    ...ref,
    timing,
    billedCents,
    limit: limit.at,
    ruleVersion: session.limitsVersion,
  };
  const after = fold(sessionBook, [cancelled], book);
  return [cancelled, ...promoteWaiting(after, session, now)];
}
