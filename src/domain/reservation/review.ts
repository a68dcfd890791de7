import { fold } from '../kernel/decider.ts';
import type { ReservationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { reject, type Decision, type Rejection } from '../kernel/rejection.ts';
import { isBefore, type SessionTerms } from '../kernel/sessionTerms.ts';
import { freeLimit } from './cancel.ts';
import { promoteWaiting } from './promote.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { sessionBook, type SessionBook } from './sessionBook.ts';
import { whyNoPlace } from './whyNoPlace.ts';

export interface ReviewFacts {
  readonly now: Instant;
  readonly terms: SessionTerms;
}

/**
 * Why a request of a child of that age (in years) can only be refused: the session or the age group is there no more,
 * or the session began while the family had no answer, so that accepting would bill a day it could not count on.
 * `RESERVATION.NO_SESSION`, `.AGE`, `.TOO_LATE_TO_ACCEPT`.
 */
export function whyNotAcceptable({ now, terms }: ReviewFacts, age: number): Rejection | undefined {
  const gone = whyNoPlace(terms, age);
  if (gone || terms.status === 'noSession' || now < terms.startsAt) return gone;
  const { startsAt, ruleVersion } = terms;
  return reject('RESERVATION.TOO_LATE_TO_ACCEPT', { startsAt, limit: startsAt, ruleVersion });
}

/**
 * A request that awaits an answer costs nothing to leave until the session starts. An answer that comes when the free
 * cancellation is over takes nothing of that away (ADR 9). Undefined when it came in time: the usual limit holds.
 */
function freeAfterLateAnswer(
  { now, terms }: ReviewFacts,
  promised: Instant | undefined,
): Instant | undefined {
  if (terms.status === 'noSession' || isBefore(now, freeLimit(terms, promised))) return undefined;
  return terms.startsAt;
}

/**
 * Staff accept a booking that awaits validation, before its session starts. Accepted when the free cancellation is over,
 * it may be given back free of charge until the start. Nothing new when it is accepted already.
 * `RESERVATION.UNKNOWN`, `RESERVATION.NOT_AWAITING` (somebody else decided, or the family cancelled), and those of
 * `whyNotAcceptable`.
 */
export function validate(
  book: SessionBook,
  reservationId: ReservationId,
  facts: ReviewFacts,
): Decision<ReservationEvent> {
  const reservation = book.reservations.get(reservationId);
  if (!reservation) return reject('RESERVATION.UNKNOWN');
  if (reservation.status === 'confirmed') return [];
  if (reservation.status !== 'awaitingValidation')
    return reject('RESERVATION.NOT_AWAITING', { status: reservation.status });
  const refused = whyNotAcceptable(facts, reservation.ref.age);
  if (refused) return refused;
  const freeUntil = freeAfterLateAnswer(facts, reservation.freeUntil);
  const promise = freeUntil === undefined ? {} : { freeUntil };
  return [{ type: 'ReservationValidated', ...reservation.ref, ...promise }];
}

/**
 * Staff refuse a booking with the sentence that the family will read; the place goes to the first who waits. Also
 * after the session, so that no request stays without an answer.
 * `RESERVATION.UNKNOWN`, `RESERVATION.NOT_AWAITING`, `RESERVATION.REASON_MISSING`.
 */
export function refuse(
  book: SessionBook,
  reservationId: ReservationId,
  reason: string,
  facts: ReviewFacts,
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
