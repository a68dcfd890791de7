import { fold } from '../kernel/decider.ts';
import type { FamilyId, ReservationId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import { asCents, type Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { isRejection, reject, type Decision, type Rejection } from '../kernel/rejection.ts';
import {
  isBefore,
  type Limit,
  type NoSession,
  type Session,
  type SessionTerms,
} from '../kernel/sessionTerms.ts';
import { actsEndAt } from './actsEnd.ts';
import type { AskedThen } from './lateRequest.ts';
import { wouldBeTaken } from './placement.ts';
import { promoteWaiting } from './promote.ts';
import type { ReservationEvent, Standing } from './reservationEvents.ts';
import { ruleOf } from './whyNoPlace.ts';
import {
  isActive,
  occupancyOf,
  sessionBook,
  type Reservation,
  type SessionBook,
} from './sessionBook.ts';

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
  /** Where the request was cut off, and is decided only now. */
  readonly asked?: AskedThen | undefined;
}

/** What giving a place back now would mean. */
export interface CancellationTerms {
  readonly timing: 'inTime' | 'late';
  readonly billedCents: Cents;
  readonly limit: Limit;
}

/** Until when a place is given back free of charge: the session's limit, or later where the family was promised so. */
export const freeLimit = ({ cancellation }: Session, promised: Instant | undefined): Limit =>
  promised !== undefined && promised > cancellation.at
    ? { at: promised, boundary: 'exclusive' }
    : cancellation;

/**
 * A place is given back free of charge until the limit; afterwards it stays billed, unless the town lets it go free
 * when somebody who waits takes it. A request that was never granted costs nothing (DESIGN section 5).
 */
export function cancellationTerms(
  held: {
    readonly status: Standing;
    readonly priceCents: Cents;
    readonly freeUntil?: Instant | undefined;
  },
  taken: boolean,
  session: Session,
  now: Instant,
): CancellationTerms {
  const free = asCents(0);
  const { status, freeUntil, priceCents } = held;
  const limit = freeLimit(session, freeUntil);
  if (status !== 'confirmed' || isBefore(now, limit))
    return { timing: 'inTime', billedCents: free, limit };
  const billedCents = session.lateGiveBackFree && taken ? free : priceCents;
  return { timing: 'late', billedCents, limit };
}

/** Where the rules hold no session that day any more, nobody is billed for it: it is let go until the day is over. */
export const lettingGo = (terms: NoSession, date: LocalDate): CancellationTerms => ({
  timing: 'inTime',
  billedCents: asCents(0),
  limit: { at: actsEndAt(terms, date), boundary: 'exclusive' },
});

/** There is no session any more, and its day is over. `RESERVATION.DAY_OVER`. */
const dayOver = (terms: NoSession, date: LocalDate): Rejection =>
  reject('RESERVATION.DAY_OVER', { date, limit: actsEndAt(terms, date), ...ruleOf(terms) });

type Active = Extract<Reservation, { status: Standing }>;
const stands = (reservation: Reservation): reservation is Active => isActive(reservation.status);

/** What giving this place back now means, and the version of the rules that set the limit; or why it is too late. */
function decided(
  book: SessionBook,
  reservation: Active,
  { at: now, terms }: AskedThen,
): (CancellationTerms & { readonly ruleVersion?: number }) | Rejection {
  const { date, age } = reservation.ref;
  const over = now >= actsEndAt(terms, date);
  if (terms.status === 'noSession') return over ? dayOver(terms, date) : lettingGo(terms, date);
  const { startsAt, ruleVersion } = terms;
  if (over)
    return reject('RESERVATION.SESSION_STARTED', { startsAt, limit: startsAt, ruleVersion });
  const taken = wouldBeTaken(occupancyOf(book), terms, age, now);
  return {
    ...cancellationTerms(reservation, taken, terms, now),
    ruleVersion: terms.limitsVersion,
  };
}

/**
 * Gives a place back, and hands it to the first who waits in the same append. Nothing new when it was given back
 * already. A request that was cut off is judged by the instant at which it came, but gives back no place that was asked
 * for since (nor in the same sending, where places given back come first), and hands on what is left to hand on now.
 * Rejections: `RESERVATION.UNKNOWN` (also another family's), `.SESSION_STARTED`, `.DAY_OVER` (the same, where
 * there is no session any more), `.LATE_CANCELLATION_BILLED` (until the person accepts the amount).
 */
export function cancel(
  book: SessionBook,
  { reservationId, familyId, acceptsBilling }: Cancel,
  facts: CancelFacts,
): Decision<ReservationEvent> {
  const reservation = book.reservations.get(reservationId);
  if (!reservation || (familyId !== undefined && reservation.ref.familyId !== familyId))
    return reject('RESERVATION.UNKNOWN');
  if (!stands(reservation)) return [];
  const { ref, status, alreadyDueCents } = reservation;
  const { now, terms, asked } = facts;
  if (asked && reservation.requestedAt >= asked.at) return [];
  const outcome = decided(book, reservation, asked ?? { at: now, terms });
  if (isRejection(outcome)) return outcome;
  const { billedCents } = outcome;
  const limit = outcome.limit.at;
  if (billedCents > 0 && !acceptsBilling)
    return reject('RESERVATION.LATE_CANCELLATION_BILLED', {
      limit,
      billedCents,
      ...ruleOf(outcome),
    });
  const cancelled: ReservationEvent = {
    type: 'ReservationCancelled',
    was: status,
    ...ref,
    ...outcome,
    ...(alreadyDueCents === undefined ? {} : { alreadyDueCents }),
    limit,
    ...(asked ? { requestedAt: asked.at } : {}),
  };
  if (terms.status === 'noSession') return [cancelled];
  const after = fold(sessionBook, [cancelled], book);
  return [cancelled, ...promoteWaiting(after, terms, now)];
}
