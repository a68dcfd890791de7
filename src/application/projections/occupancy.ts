import { assertNever } from '../../domain/kernel/decider.ts';
import type { ActivityId, ReservationId } from '../../domain/kernel/ids.ts';
import { monthOf, type LocalDate, type YearMonth } from '../../domain/kernel/localDate.ts';
import type { ReservationEvent, Standing } from '../../domain/reservation/reservationEvents.ts';
import type { SealedEvent } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** How full a session is. */
export interface SessionOccupancy {
  /** Places held, by age in years. */
  readonly held: Readonly<Record<string, number>>;
  /** Of those held, how many await validation. */
  readonly awaiting: number;
  /** Who waits, in order of arrival. */
  readonly waiting: readonly { readonly reservationId: ReservationId; readonly age: number }[];
  /** Why the town closed the session. */
  readonly closedBecause?: string;
}

/** One activity's month. */
export interface OccupancyMonth {
  readonly activityId: ActivityId;
  readonly month: YearMonth;
  readonly sessions: Readonly<Record<LocalDate, SessionOccupancy>>;
}

export const occupancyId = (activityId: ActivityId, month: YearMonth): string =>
  `${activityId}_${month}`;

export const emptySession: SessionOccupancy = { held: {}, awaiting: 0, waiting: [] };

const hold = (session: SessionOccupancy, age: number, places: 1 | -1): SessionOccupancy => ({
  ...session,
  held: { ...session.held, [age]: (session.held[age] ?? 0) + places },
});

const countAwaiting = (session: SessionOccupancy, change: 1 | -1): SessionOccupancy => ({
  ...session,
  awaiting: session.awaiting + change,
});

const stopWaiting = (session: SessionOccupancy, gone: ReservationId): SessionOccupancy => ({
  ...session,
  waiting: session.waiting.filter(({ reservationId }) => reservationId !== gone),
});

type Ended = {
  readonly was: Standing;
  readonly age: number;
  readonly reservationId: ReservationId;
};

function end(session: SessionOccupancy, { was, age, reservationId }: Ended): SessionOccupancy {
  if (was === 'waitlisted') return stopWaiting(session, reservationId);
  const freed = hold(session, age, -1);
  return was === 'awaitingValidation' ? countAwaiting(freed, -1) : freed;
}

type Event = Exclude<
  ReservationEvent,
  { type: 'ReservationUnchanged' | 'LateCancellationFreedByTown' }
>;

function after(session: SessionOccupancy, event: SealedEvent<Event>): SessionOccupancy {
  switch (event.type) {
    case 'ReservationConfirmed':
      return hold(session, event.age, 1);
    case 'ReservationSubmitted':
      return countAwaiting(hold(session, event.age, 1), 1);
    case 'ReservationWaitlisted': {
      const { reservationId, age } = event;
      return { ...session, waiting: [...session.waiting, { reservationId, age }] };
    }
    case 'ReservationValidated':
      return countAwaiting(session, -1);
    case 'ReservationPromoted': {
      const placed = hold(stopWaiting(session, event.reservationId), event.age, 1);
      return event.to === 'awaitingValidation' ? countAwaiting(placed, 1) : placed;
    }
    case 'ReservationRefused':
    case 'ReservationCancelled':
    case 'ReservationCancelledByTown':
      return end(session, event);
    case 'SessionClosed':
      return { ...session, closedBecause: event.reason };
    default:
      return assertNever(event);
  }
}

/** How full each session is, a document per activity and month. */
export const occupancy: Projection<OccupancyMonth, Event> = {
  name: 'occupancy',
  version: 1,
  indexes: ['month'],
  handles: [
    'ReservationConfirmed',
    'ReservationSubmitted',
    'ReservationWaitlisted',
    'ReservationValidated',
    'ReservationRefused',
    'ReservationPromoted',
    'ReservationCancelled',
    'ReservationCancelledByTown',
    'SessionClosed',
  ],
  route: ({ activityId, date }) => [occupancyId(activityId, monthOf(date))],
  apply(document, event) {
    const { activityId, date } = event;
    const sessions: OccupancyMonth['sessions'] = document?.sessions ?? {};
    const session = after(sessions[date] ?? emptySession, event);
    return { activityId, month: monthOf(date), sessions: { ...sessions, [date]: session } };
  },
};
