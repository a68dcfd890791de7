import type { SessionSummary } from '../../../application/reservation/sessionsQuery.ts';
import type { BookingToDecide } from '../../../application/reservation/validationQueueQuery.ts';
import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import { placesLeft } from '../../../domain/reservation/placement.ts';
import {
  occupancyOf,
  rankOf,
  waitingIn,
  type Reservation,
  type SessionBook,
} from '../../../domain/reservation/sessionBook.ts';
import { activityReference } from './activityViews.ts';
import {
  cents,
  count,
  day,
  described,
  id,
  instant,
  list,
  object,
  ref,
  text,
  whole,
  words,
} from './schemaWords.ts';
import { sessionOrGone } from './sessionTermsView.ts';

const groups = list(object({ name: text, places: count, held: count, waiting: count }));

export const sessionSchemas = {
  SessionSummary: object(
    {
      activity: ref('ActivityReference'),
      groups,
      awaiting: described(count, 'Réservations à valider.'),
    },
    { session: ref('SessionTerms'), gone: ref('Gone'), closedBecause: text },
  ),
  SessionList: object({ date: day, sessions: list(ref('SessionSummary')) }),
  Reservation: object(
    {
      reservationId: id,
      childId: id,
      familyId: id,
      age: whole,
      status: ref('ReservationStatus'),
      priceCents: cents,
    },
    { rank: described(count, 'Rang sur la liste d’attente, à partir de 1.') },
  ),
  SessionBook: object(
    {
      activityId: id,
      date: day,
      status: words('open', 'closed'),
      groups,
      reservations: list(ref('Reservation')),
    },
    { session: ref('SessionTerms'), gone: ref('Gone'), closedBecause: text },
  ),
  Decision: object({ reservationId: id, status: ref('ReservationStatus') }),
  Closure: object({ status: words('closed'), closedBecause: text }),
  QueuedBooking: object(
    {
      reservationId: id,
      familyId: id,
      childId: id,
      age: whole,
      date: day,
      requestedAt: instant,
      priceCents: cents,
      activity: ref('ActivityReference'),
    },
    {
      child: object({ firstName: text, lastName: text }, { schoolClass: text }),
      startsAt: instant,
    },
  ),
  ValidationQueue: object({
    total: described(count, 'Réservations à valider en tout.'),
    skip: count,
    limit: count,
    bookings: list(ref('QueuedBooking')),
  }),
};

export const sessionView = ({
  activity,
  terms,
  groups: full,
  awaiting,
  closedBecause,
}: SessionSummary): object => ({
  activity: activityReference(activity),
  ...sessionOrGone(terms),
  groups: full,
  awaiting,
  ...(closedBecause !== undefined && { closedBecause }),
});

/** The book of a session, from the aggregate itself: what its ETag names. */
export function bookView(book: SessionBook, { activity, date, terms }: SessionSummary): object {
  const { status, closedBecause, reservations } = book;
  const { heldAt } = occupancyOf(book);
  const groups = terms.status === 'session' ? terms.groups : [];
  return {
    activityId: activity.activityId,
    date,
    status,
    ...(closedBecause !== undefined && { closedBecause }),
    ...sessionOrGone(terms),
    groups: groups.map((group) => ({
      name: group.name,
      places: group.places,
      held: group.places - placesLeft(heldAt, group),
      waiting: waitingIn(book, group).length,
    })),
    reservations: [...reservations.values()].map((reservation) =>
      reservationView(reservation, book, groups),
    ),
  };
}

function reservationView(
  reservation: Reservation,
  book: SessionBook,
  groups: readonly AgeGroup[],
): object {
  const { ref: of, status, priceCents } = reservation;
  const { reservationId, childId, familyId, age } = of;
  const rank = status === 'waitlisted' ? rankOf(book, groups, reservation) : undefined;
  const view = { reservationId, childId, familyId, age, status, priceCents };
  return rank === undefined ? view : { ...view, rank };
}

/** A booking that awaits staff, with the child's name. What stays sealed is left out. */
export function queuedView({ booking, child, activity, session }: BookingToDecide): object {
  const { reservationId, familyId, childId, age, date, requestedAt, priceCents } = booking;
  return {
    reservationId,
    familyId,
    childId,
    age,
    date,
    requestedAt,
    priceCents,
    activity: activityReference(activity),
    ...(child && { child: nameOf(child) }),
    ...(session && { startsAt: session.startsAt }),
  };
}

const nameOf = ({
  firstName,
  lastName,
  schoolClass,
}: NonNullable<BookingToDecide['child']>): object => ({
  firstName,
  lastName,
  ...(schoolClass !== undefined && { schoolClass }),
});
