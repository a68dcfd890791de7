import { Map as PersistentMap } from 'immutable';
import { assertNever, type Decider } from '../kernel/decider.ts';
import type { ChildId, ReservationId } from '../kernel/ids.ts';
import type { Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import type { AgeGroup } from '../kernel/sessionTerms.ts';
import { groupOf, type Occupancy } from './placement.ts';
import type { Request, ReservationEvent, ReservationRef, Standing } from './reservationEvents.ts';

interface Held {
  readonly ref: ReservationRef;
  readonly priceCents: Cents;
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
  readonly held: PersistentMap<number, number>;
  /** In order of arrival. */
  readonly waiting: readonly ReservationId[];
}

export const holdsPlace = (status: ReservationStatus): boolean =>
  status === 'confirmed' || status === 'awaitingValidation';

export const isActive = (status: ReservationStatus): status is Standing =>
  holdsPlace(status) || status === 'waitlisted';

/** Moves a reservation to its next state, and keeps the counts beside it true. */
function put(book: SessionBook, next: Reservation): SessionBook {
  const { reservationId, childId } = next.ref;
  const before = book.reservations.get(reservationId);
  const heldBefore = before !== undefined && holdsPlace(before.status);
  const heldNow = holdsPlace(next.status);
  const delta = Number(heldNow) - Number(heldBefore);
  const waited = before?.status === 'waitlisted';
  const waits = next.status === 'waitlisted';
  return {
    ...book,
    reservations: book.reservations.set(reservationId, next),
    lastOf: before ? book.lastOf : book.lastOf.set(childId, reservationId),
    held:
      delta === 0
        ? book.held
        : book.held.set(next.ref.age, (book.held.get(next.ref.age) ?? 0) + delta),
    waiting:
      waits && !waited
        ? [...book.waiting, reservationId]
        : waited && !waits
          ? book.waiting.filter((id) => id !== reservationId)
          : book.waiting,
  };
}

/** Moves a reservation that stands in the book; one that doesn't leaves it as it was. */
function move(
  book: SessionBook,
  { reservationId }: ReservationRef,
  next: (before: Reservation) => Reservation,
): SessionBook {
  const before = book.reservations.get(reservationId);
  return before ? put(book, next(before)) : book;
}

const opened = (request: Request): Held => {
  const { reservationId, activityId, date, childId, familyId, age, priceCents } = request;
  return { ref: { reservationId, activityId, date, childId, familyId, age }, priceCents };
};

export const sessionBook: Decider<SessionBook, ReservationEvent> = {
  initial: {
    status: 'open',
    reservations: PersistentMap(),
    lastOf: PersistentMap(),
    held: PersistentMap(),
    waiting: [],
  },
  evolve(book, event) {
    switch (event.type) {
      case 'ReservationConfirmed':
        return put(book, { ...opened(event), status: 'confirmed' });
      case 'ReservationSubmitted':
        return put(book, { ...opened(event), status: 'awaitingValidation' });
      case 'ReservationWaitlisted':
        return put(book, { ...opened(event), status: 'waitlisted' });
      case 'ReservationValidated':
        return move(book, event, (before) => ({ ...before, status: 'confirmed' }));
      case 'ReservationRefused':
        return move(book, event, (before) => ({ ...before, status: 'refused' }));
      case 'ReservationPromoted':
        return move(book, event, (before) => ({
          ...before,
          status: event.to,
          freeUntil: event.freeUntil,
        }));
      case 'ReservationCancelled':
        return move(book, event, (before) => ({
          ...before,
          status: 'cancelled',
          timing: event.timing,
          billedCents: event.billedCents,
          limit: event.limit,
        }));
      case 'ReservationCancelledByTown':
        return move(book, event, (before) => ({ ...before, status: 'cancelledByTown' }));
      case 'SessionClosed':
        return { ...book, status: 'closed', closedBecause: event.reason };
      default:
        return assertNever(event);
    }
  },
};

/** How full the session is. */
export const occupancyOf = (book: SessionBook): Occupancy => ({
  heldAt: (age) => book.held.get(age) ?? 0,
  waitingAges: book.waiting.flatMap((id) => book.reservations.get(id)?.ref.age ?? []),
  closedBecause: book.closedBecause,
});

/** Those who wait for a place in this age group, in order of arrival. */
export const waitingIn = (book: SessionBook, group: AgeGroup): Reservation[] =>
  book.waiting.flatMap((id) => {
    const waiting = book.reservations.get(id);
    return waiting && groupOf([group], waiting.ref.age) ? [waiting] : [];
  });

/** Rank on the waiting list, from 1. */
export const rankOf = (
  book: SessionBook,
  groups: readonly AgeGroup[],
  reservation: Reservation,
): number => {
  const group = groupOf(groups, reservation.ref.age);
  const queue = group ? waitingIn(book, group) : [];
  return 1 + queue.findIndex(({ ref }) => ref.reservationId === reservation.ref.reservationId);
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
