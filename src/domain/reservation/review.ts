import { fold } from '../kernel/decider.ts';
import type { ReservationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision } from '../kernel/rejection.ts';
import type { SessionTerms } from '../kernel/sessionTerms.ts';
import { promoteWaiting } from './promote.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { sessionBook, type SessionBook } from './sessionBook.ts';

/**
 * Staff accept a booking that awaits validation. Nothing new when it is accepted already.
 * `RESERVATION.UNKNOWN`, `RESERVATION.NOT_AWAITING` (somebody else decided, or the family cancelled).
 */
export function validate(
  book: SessionBook,
  reservationId: ReservationId,
): Decision<ReservationEvent> {
  const reservation = book.reservations.get(reservationId);
  if (!reservation) return reject('RESERVATION.UNKNOWN');
  if (reservation.status === 'confirmed') return [];
  if (reservation.status !== 'awaitingValidation')
    return reject('RESERVATION.NOT_AWAITING', { status: reservation.status });
  return [{ type: 'ReservationValidated', ...reservation.ref }];
}

/**
 * Staff refuse a booking with the sentence that the family will read; the place goes to the first who waits.
 * `RESERVATION.UNKNOWN`, `RESERVATION.NOT_AWAITING`, `RESERVATION.REASON_MISSING`.
 */
export function refuse(
  book: SessionBook,
  reservationId: ReservationId,
  reason: string,
  facts: { readonly now: Instant; readonly terms: SessionTerms },
): Decision<ReservationEvent> {
  const reservation = book.reservations.get(reservationId);
  if (!reservation) return reject('RESERVATION.UNKNOWN');
  if (reservation.status === 'refused') return [];
  if (reservation.status !== 'awaitingValidation' && reservation.status !== 'waitlisted')
    return reject('RESERVATION.NOT_AWAITING', { status: reservation.status });
  if (reason.trim() === '') return reject('RESERVATION.REASON_MISSING');
  const refused: ReservationEvent = {
    type: 'ReservationRefused',
    was: reservation.status,
    ...reservation.ref,
    personal: { reason: reason.trim() },
  };
  if (facts.terms.status === 'noSession') return [refused];
  const after = fold(sessionBook, [refused], book);
  return [refused, ...promoteWaiting(after, facts.terms, facts.now)];
}
