import { Map as PersistentMap } from 'immutable';
import { assertNever, type Decider } from '../kernel/decider.ts';
import type { ChildId, ReservationId } from '../kernel/ids.ts';
import type { Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import type { AgeGroup } from '../kernel/sessionTerms.ts';
import { dueMore, dueNothing, type Dues } from './owedOnce.ts';
import { groupOf, type Occupancy } from './placement.ts';
import type { Request, ReservationEvent, ReservationRef, Standing } from './reservationEvents.ts';

interface Held {
  readonly ref: ReservationRef;
  /** What it costs, beyond what is due already. */
  readonly priceCents: Cents;
  readonly alreadyDueCents?: Cents;
  /** Version of the rules under which it was asked for. */
  readonly ruleVersion: number;
  readonly requestedAt: Instant;
  /** When the family asked to give it back, or staff refused it. */
  readonly endedAt?: Instant;
}

export type Reservation =
  | (Held & { readonly status: 'confirmed'; readonly freeUntil?: Instant })
  | (Held & { readonly status: 'awaitingValidation'; readonly freeUntil?: Instant })
  | (Held & { readonly status: 'waitlisted' })
  | (Held & { readonly status: 'refused' })
  | (Held & {
      readonly status: 'cancelled';
      readonly timing: 'inTime' | 'late';
      readonly billedCents: Cents;
      readonly limit: Instant;
      /** Version of the rules that set the limit; absent when they held no session that day any more. */
      readonly limitsVersion?: number;
    })
  | (Held & { readonly status: 'cancelledByTown' });

export type ReservationStatus = Reservation['status'];

/** The book of one session: one activity on one day. Capacity is decided here, on one stream. */
export interface SessionBook {
  readonly status: 'open' | 'closed';
  readonly closedBecause?: string;
  readonly reservations: PersistentMap<ReservationId, Reservation>;
  /** Each child's last reservation: the only one of its own that may still count. */
  readonly lastOf: PersistentMap<ChildId, ReservationId>;
  /** Places held, by age in years. */
  readonly held: Readonly<Record<number, number>>;
  /** In order of arrival. */
  readonly waiting: readonly ReservationId[];
  /** What late cancellations have left due. */
  readonly dues: Dues;
}

export const holdsPlace = (status: ReservationStatus): boolean =>
  status === 'confirmed' || status === 'awaitingValidation';

export const isActive = (status: ReservationStatus): status is Standing =>
  holdsPlace(status) || status === 'waitlisted';

/** Places held by age, once so many more are held at one (fewer, when negative). Ages are few: a copy costs little. */
function heldAfter(
  { held }: SessionBook,
  { age }: ReservationRef,
  more: number,
): SessionBook['held'] {
  return more === 0 ? held : { ...held, [age]: (held[age] ?? 0) + more };
}

/** Takes in a new reservation: from now on its child's last. */
function open(book: SessionBook, request: Request, status: Standing): SessionBook {
  const { reservationId, activityId, date, childId, familyId, age } = request;
  const { priceCents, alreadyDueCents, ruleVersion, requestedAt } = request;
  const ref = { reservationId, activityId, date, childId, familyId, age };
  return {
    ...book,
    reservations: book.reservations.set(reservationId, {
      ref,
      priceCents,
      ...(alreadyDueCents === undefined ? {} : { alreadyDueCents }),
      ruleVersion,
      requestedAt,
      status,
    }),
    lastOf: book.lastOf.set(childId, reservationId),
    held: heldAfter(book, ref, Number(holdsPlace(status))),
    waiting: status === 'waitlisted' ? [...book.waiting, reservationId] : book.waiting,
  };
}

/** Moves a reservation of the book to its next state; one that it doesn't hold leaves it as it was. */
function move(
  book: SessionBook,
  { reservationId }: ReservationRef,
  next: (before: Reservation) => Reservation,
): SessionBook {
  const before = book.reservations.get(reservationId);
  if (!before) return book;
  const after = next(before);
  const more = Number(holdsPlace(after.status)) - Number(holdsPlace(before.status));
  return {
    ...book,
    reservations: book.reservations.set(reservationId, after),
    held: heldAfter(book, after.ref, more),
    waiting:
      before.status === 'waitlisted' && after.status !== 'waitlisted'
        ? book.waiting.filter((id) => id !== reservationId)
        : book.waiting,
  };
}

const ended = (endedAt: Instant | undefined) => (endedAt === undefined ? {} : { endedAt });

export const sessionBook: Decider<SessionBook, ReservationEvent> = {
  initial: {
    status: 'open',
    reservations: PersistentMap(),
    lastOf: PersistentMap(),
    held: {},
    waiting: [],
    dues: {},
  },
  evolve(book, event, occurredAt) {
    switch (event.type) {
      case 'ReservationConfirmed':
        return open(book, event, 'confirmed');
      case 'ReservationSubmitted':
        return open(book, event, 'awaitingValidation');
      case 'ReservationWaitlisted':
        return open(book, event, 'waitlisted');
      case 'ReservationValidated':
        return move(book, event, (before) => ({
          ...before,
          status: 'confirmed',
          ...(event.freeUntil === undefined ? {} : { freeUntil: event.freeUntil }),
        }));
      case 'ReservationRefused':
        return move(book, event, (before) => ({
          ...before,
          ...ended(occurredAt),
          status: 'refused',
        }));
      case 'ReservationPromoted':
        return move(book, event, (before) => ({
          ...before,
          status: event.to,
          freeUntil: event.freeUntil,
        }));
      case 'ReservationCancelled': {
        const { timing, billedCents, limit, ruleVersion: limitsVersion } = event;
        const after = move(book, event, (before) => ({
          ...before,
          ...ended(event.requestedAt ?? occurredAt),
          status: 'cancelled',
          timing,
          billedCents,
          limit,
          ...(limitsVersion === undefined ? {} : { limitsVersion }),
        }));
        return after === book ? book : { ...after, dues: dueMore(after.dues, event, billedCents) };
      }
      case 'ReservationCancelledByTown':
        return move(book, event, (before) => ({ ...before, status: 'cancelledByTown' }));
      case 'LateCancellationFreedByTown': {
        const after = move(book, event, (before) => ({ ...before, status: 'cancelledByTown' }));
        return after === book ? book : { ...after, dues: dueNothing(after.dues, event) };
      }
      case 'SessionClosed':
        return { ...book, status: 'closed', closedBecause: event.reason };
      case 'ReservationUnchanged':
        return book;
      default:
        return assertNever(event);
    }
  },
};

/** How full the session is. */
export const occupancyOf = (book: SessionBook): Occupancy => ({
  heldAt: (age) => book.held[age] ?? 0,
  waiting: book.waiting.flatMap((id) => book.reservations.get(id)?.ref ?? []),
  closedBecause: book.closedBecause,
});

/** Those who wait for a place in this age group, in order of arrival. */
export const waitingIn = (book: SessionBook, group: AgeGroup): Reservation[] =>
  book.waiting.flatMap((id) => {
    const waiting = book.reservations.get(id);
    return waiting && groupOf([group], waiting.ref.age) ? [waiting] : [];
  });

/** Rank on the waiting list of its age group, from 1; undefined when it doesn't wait there, or the group is no more. */
export const rankOf = (
  book: SessionBook,
  groups: readonly AgeGroup[],
  { ref: { reservationId, age } }: Reservation,
): number | undefined => {
  const group = groupOf(groups, age);
  const queue = group ? waitingIn(book, group) : [];
  const ahead = queue.findIndex(({ ref }) => ref.reservationId === reservationId);
  return ahead < 0 ? undefined : ahead + 1;
};

/** The reservation of a child that counts now, else the last one that did. */
export const lastReservationOf = (book: SessionBook, childId: ChildId): Reservation | undefined => {
  const id = book.lastOf.get(childId);
  return id && book.reservations.get(id);
};

/** The reservation of a child that counts now: it holds a place, or waits for one. */
export const activeReservationOf = (
  book: SessionBook,
  childId: ChildId,
): Reservation | undefined => {
  const last = lastReservationOf(book, childId);
  return last && isActive(last.status) ? last : undefined;
};
