import {
  addMonths,
  ageOn,
  daysOf,
  monthOf,
  type LocalDate,
} from '../../../../src/domain/kernel/localDate.ts';
import {
  asLocalTime,
  localDateAt,
  parisInstant,
  type Instant,
} from '../../../../src/domain/kernel/parisTime.ts';
import { isRejection } from '../../../../src/domain/kernel/rejection.ts';
import { placementFor } from '../../../../src/domain/reservation/placement.ts';
import {
  lastReservationOf,
  occupancyOf,
  rankOf,
  type SessionBook,
} from '../../../../src/domain/reservation/sessionBook.ts';
import { demoPeople } from '../../../../src/interfaces/cli/demo/demoPeople.ts';
import type { DemoSession } from '../../../../src/interfaces/cli/demo/townSessions.ts';
import type { PaperTown } from './paperTown.ts';

/** What the guardian sees in one cell of the agenda. */
export type CellState =
  | 'free to book'
  | 'free to ask'
  | 'waiting list open'
  | 'too late'
  | 'booked'
  | 'awaiting'
  | `rank ${number}`
  | 'refused'
  | 'cancelled in time'
  | 'cancelled late, billed'
  | 'cancelled late, free'
  | 'closed with a booking'
  | 'closed'
  | 'past';

export interface AgendaCell {
  readonly firstName: string;
  readonly date: LocalDate;
  readonly activityId: string;
  readonly state: CellState;
}

function offered(book: SessionBook, { terms }: DemoSession, age: number, now: Instant): CellState {
  const placement = placementFor(terms, occupancyOf(book), age, now);
  if (isRejection(placement)) {
    if (placement.code === 'RESERVATION.SESSION_CLOSED') return 'closed';
    return terms.date < localDateAt(now) ? 'past' : 'too late';
  }
  if (placement.kind === 'waitlisted') return 'waiting list open';
  return placement.kind === 'confirmed' ? 'free to book' : 'free to ask';
}

function stateOf(
  book: SessionBook,
  session: DemoSession,
  child: { readonly childId: Parameters<typeof lastReservationOf>[1]; readonly age: number },
  now: Instant,
): CellState {
  const standing = lastReservationOf(book, child.childId);
  switch (standing?.status) {
    case undefined:
      return offered(book, session, child.age, now);
    case 'confirmed':
      return 'booked';
    case 'awaitingValidation':
      return 'awaiting';
    case 'waitlisted':
      return `rank ${rankOf(book, session.terms.groups, standing) ?? 0}`;
    case 'refused':
      return 'refused';
    case 'cancelledByTown':
      return 'closed with a booking';
    case 'cancelled':
      if (standing.timing === 'inTime') return 'cancelled in time';
      return standing.billedCents > 0 ? 'cancelled late, billed' : 'cancelled late, free';
  }
}

/** This month and the next of the demo guardian's children, on the morning when a newcomer arrives. */
export function guardianAgenda(town: PaperTown): AgendaCell[] {
  const { today } = town.plan;
  const now = parisInstant(today, asLocalTime('10:00'));
  const days = [...daysOf(monthOf(today)), ...daysOf(addMonths(monthOf(today), 1))];
  return demoPeople.guardian.children.flatMap(({ childId, firstName }) =>
    days.flatMap((date) =>
      [...town.activities.keys()].flatMap((activityId) => {
        const place = { activityId, date };
        const session = town.session(place);
        const birthDate = town.children.get(childId)?.identity.birthDate;
        if (!session || !birthDate || !town.isEnrolled(childId, place)) return [];
        const child = { childId, age: ageOn(birthDate, date) };
        const state = stateOf(town.book(place), session, child, now);
        return [{ firstName, date, activityId, state }];
      }),
    ),
  );
}
