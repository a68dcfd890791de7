import type { ActivityId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision, type Rejection } from '../kernel/rejection.ts';
import type { SessionTerms } from '../kernel/sessionTerms.ts';
import { actsEndAt } from './actsEnd.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { isActive, type Reservation, type SessionBook } from './sessionBook.ts';
import { noSession, ruleOf } from './whyNoPlace.ts';

export interface ClosingFacts {
  readonly now: Instant;
  readonly terms: SessionTerms;
}

/**
 * Why the town can't close a session: it began, so that its reservations are due; or the rules hold none that day, and
 * nobody (`concerned`) holds or awaits a place, or is billed for one. `SESSION.TOO_LATE_TO_CLOSE`, `RESERVATION.NO_SESSION`.
 */
export function whyNotClosable(
  date: LocalDate,
  { now, terms }: ClosingFacts,
  concerned: boolean,
): Rejection | undefined {
  if (terms.status === 'noSession' && !concerned) return noSession(terms);
  const limit = actsEndAt(terms, date);
  return now < limit ? undefined : reject('SESSION.TOO_LATE_TO_CLOSE', { limit, ...ruleOf(terms) });
}

/** What the closure means for a reservation: nothing is due for a session that the town cancelled. */
function freed(reservation: Reservation): ReservationEvent[] {
  const { ref, status } = reservation;
  if (isActive(status)) return [{ type: 'ReservationCancelledByTown', was: status, ...ref }];
  if (status !== 'cancelled' || reservation.billedCents === 0) return [];
  return [{ type: 'LateCancellationFreedByTown', ...ref, freedCents: reservation.billedCents }];
}

/**
 * The town closes a session (strike, snow, works): every reservation ends free of charge, in one append, and what was
 * given back too late is due no more. So it does for those left in a session that the rules no longer hold. Nothing new when it is closed already.
 * `SESSION.TOO_LATE_TO_CLOSE`, `RESERVATION.NO_SESSION`, `SESSION.REASON_MISSING`.
 */
export function closeSession(
  book: SessionBook,
  { activityId, date }: { readonly activityId: ActivityId; readonly date: LocalDate },
  reason: string,
  facts: ClosingFacts,
): Decision<ReservationEvent> {
  if (book.status === 'closed') return [];
  const cancelled = [...book.reservations.values()].flatMap(freed);
  const refused = whyNotClosable(date, facts, cancelled.length > 0);
  if (refused) return refused;
  if (reason.trim() === '') return reject('SESSION.REASON_MISSING');
  const closed: ReservationEvent = {
    type: 'SessionClosed',
    activityId,
    date,
    reason: reason.trim(),
  };
  return [closed, ...cancelled];
}
