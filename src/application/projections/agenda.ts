import { assertNever } from '../../domain/kernel/decider.ts';
import type { ActivityId, ChildId, FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import { monthOf, type LocalDate, type YearMonth } from '../../domain/kernel/localDate.ts';
import { asCents, type Cents } from '../../domain/kernel/money.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { OfReservation } from '../../domain/reservation/reservationEvents.ts';
import type { ReservationStatus } from '../../domain/reservation/sessionBook.ts';
import type { Sealed, SealedEvent } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** The last reservation of a child in one session, as families see it. */
export interface AgendaEntry {
  readonly reservationId: ReservationId;
  readonly familyId: FamilyId;
  readonly status: ReservationStatus;
  /** What the place costs, beyond what is due already. */
  readonly priceCents: Cents;
  /** Until when a place that came late (waiting list, answer of staff) may be given back free of charge. */
  readonly freeUntil?: Instant;
  readonly cancelled?: { readonly timing: 'inTime' | 'late'; readonly billedCents: Cents };
  /** Why staff refused, sealed. */
  readonly refusal?: Sealed;
  /** What late cancellations of this child, this reservation's or earlier ones, have left due, by household. */
  readonly dues?: Readonly<Record<FamilyId, Cents>>;
}

type Day = Readonly<Record<ActivityId, AgendaEntry>>;

/** One child's month. */
export interface AgendaMonth {
  readonly childId: ChildId;
  readonly month: YearMonth;
  readonly days: Readonly<Record<LocalDate, Day>>;
}

export const agendaId = (childId: ChildId, month: YearMonth): string => `${childId}_${month}`;

function entryAfter(
  before: AgendaEntry | undefined,
  event: SealedEvent<OfReservation>,
): AgendaEntry | undefined {
  const same = before?.reservationId === event.reservationId ? before : undefined;
  switch (event.type) {
    case 'ReservationConfirmed':
      return opened('confirmed', event, before);
    case 'ReservationSubmitted':
      return opened('awaitingValidation', event, before);
    case 'ReservationWaitlisted':
      return opened('waitlisted', event, before);
    case 'ReservationValidated':
      return (
        same && {
          ...same,
          status: 'confirmed',
          ...(event.freeUntil === undefined ? {} : { freeUntil: event.freeUntil }),
        }
      );
    case 'ReservationRefused': {
      const refused = same && { ...same, status: 'refused' as const };
      return refused && event.personal ? { ...refused, refusal: event.personal } : refused;
    }
    case 'ReservationPromoted':
      return same && { ...same, status: event.to, freeUntil: event.freeUntil };
    case 'ReservationCancelled': {
      const { timing, billedCents } = event;
      const ended = same && {
        ...same,
        status: 'cancelled' as const,
        cancelled: { timing, billedCents },
      };
      return ended && owing(ended, event);
    }
    case 'ReservationCancelledByTown':
      return same && { ...same, status: 'cancelledByTown' };
    case 'LateCancellationFreedByTown':
      return before && freed(before, event);
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
  before: AgendaEntry | undefined,
): AgendaEntry => ({
  reservationId,
  familyId,
  status,
  priceCents,
  ...(before?.dues ? { dues: before.dues } : {}),
});

type Ended = Pick<AgendaEntry, 'reservationId' | 'familyId'>;

/** The entry once a place given back too late has left so much more due. */
function owing(
  entry: AgendaEntry,
  { familyId, billedCents }: Ended & { readonly billedCents: Cents },
): AgendaEntry {
  if (billedCents === 0) return entry;
  const due = asCents((entry.dues?.[familyId] ?? 0) + billedCents);
  return { ...entry, dues: { ...entry.dues, [familyId]: due } };
}

/** The entry once its household owes nothing more: the town has closed the session. */
function freed(entry: AgendaEntry, { reservationId, familyId }: Ended): AgendaEntry {
  const { dues = {}, cancelled, ...others } = entry;
  const left = Object.entries(dues).filter(([debtor]) => debtor !== familyId);
  const still = left.length > 0 ? { dues: Object.fromEntries(left) } : {};
  return reservationId === entry.reservationId
    ? { ...others, ...still, status: 'cancelledByTown' }
    : { ...others, ...still, ...(cancelled ? { cancelled } : {}) };
}

/** The agenda: what each child has booked, a document per child and month. */
export const agenda: Projection<AgendaMonth, OfReservation> = {
  name: 'agenda',
  version: 2,
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
    'LateCancellationFreedByTown',
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
