import { assertNever } from '../../domain/kernel/decider.ts';
import type { ActivityId, ChildId, FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import { monthOf, type LocalDate, type YearMonth } from '../../domain/kernel/localDate.ts';
import type { Cents } from '../../domain/kernel/money.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { ReservationEvent } from '../../domain/reservation/reservationEvents.ts';
import type { ReservationStatus } from '../../domain/reservation/sessionBook.ts';
import type { Sealed, SealedEvent } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** The last reservation of a child in one session, as families see it. */
export interface AgendaEntry {
  readonly reservationId: ReservationId;
  readonly familyId: FamilyId;
  readonly status: ReservationStatus;
  readonly priceCents: Cents;
  /** Until when a place that came from the waiting list may be given back free of charge. */
  readonly freeUntil?: Instant;
  readonly cancelled?: { readonly timing: 'inTime' | 'late'; readonly billedCents: Cents };
  /** Why staff refused, sealed. */
  readonly refusal?: Sealed;
}

type Day = Readonly<Record<ActivityId, AgendaEntry>>;

/** One child's month. */
export interface AgendaMonth {
  readonly childId: ChildId;
  readonly month: YearMonth;
  readonly days: Readonly<Record<LocalDate, Day>>;
}

export const agendaId = (childId: ChildId, month: YearMonth): string => `${childId}_${month}`;

type Event = Exclude<ReservationEvent, { type: 'SessionClosed' }>;

function entryAfter(
  before: AgendaEntry | undefined,
  event: SealedEvent<Event>,
): AgendaEntry | undefined {
  const same = before?.reservationId === event.reservationId ? before : undefined;
  switch (event.type) {
    case 'ReservationConfirmed':
      return opened('confirmed', event);
    case 'ReservationSubmitted':
      return opened('awaitingValidation', event);
    case 'ReservationWaitlisted':
      return opened('waitlisted', event);
    case 'ReservationValidated':
      return same && { ...same, status: 'confirmed' };
    case 'ReservationRefused': {
      const refused = same && { ...same, status: 'refused' as const };
      return refused && event.personal ? { ...refused, refusal: event.personal } : refused;
    }
    case 'ReservationPromoted':
      return same && { ...same, status: event.to, freeUntil: event.freeUntil };
    case 'ReservationCancelled': {
      const { timing, billedCents } = event;
      return same && { ...same, status: 'cancelled', cancelled: { timing, billedCents } };
    }
    case 'ReservationCancelledByTown':
      return same && { ...same, status: 'cancelledByTown' };
    default:
      return assertNever(event);
  }
}

const opened = (
  status: ReservationStatus,
  {
    reservationId,
    familyId,
    priceCents,
  }: Pick<AgendaEntry, 'reservationId' | 'familyId' | 'priceCents'>,
): AgendaEntry => ({ reservationId, familyId, status, priceCents });

/** The agenda: what each child has booked, a document per child and month. */
export const agenda: Projection<AgendaMonth, Event> = {
  name: 'agenda',
  version: 1,
  indexes: [],
  handles: [
    'ReservationConfirmed',
    'ReservationSubmitted',
    'ReservationWaitlisted',
    'ReservationValidated',
    'ReservationRefused',
    'ReservationPromoted',
    'ReservationCancelled',
    'ReservationCancelledByTown',
  ],
  route: ({ childId, date }) => [agendaId(childId, monthOf(date))],
  apply(document, event) {
    const { childId, date, activityId } = event;
    const days: AgendaMonth['days'] = document?.days ?? {};
    const day: Day = days[date] ?? {};
    const entry = entryAfter(day[activityId], event);
    if (!entry) return document;
    return {
      childId,
      month: monthOf(date),
      days: { ...days, [date]: { ...day, [activityId]: entry } },
    };
  },
};
