import type { ActivityKind } from '../../domain/activity/activityTerms.ts';
import type { Facility } from '../../domain/activity/activity.ts';
import type { ActivityId, ChildId } from '../../domain/kernel/ids.ts';
import type { LocalDate, YearMonth } from '../../domain/kernel/localDate.ts';
import type { Cents } from '../../domain/kernel/money.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { Rejection } from '../../domain/kernel/rejection.ts';
import type { Session } from '../../domain/kernel/sessionTerms.ts';
import type { CancellationTerms } from '../../domain/reservation/cancel.ts';
import type { Standing } from '../../domain/reservation/reservationEvents.ts';
import type { Placement } from '../../domain/reservation/placement.ts';
import type { AgendaEntry } from '../projections/agenda.ts';

export interface AgendaChild {
  readonly childId: ChildId;
  readonly firstName: string;
  readonly lastName: string;
  readonly schoolClass?: string;
}

export interface AgendaActivity {
  readonly activityId: ActivityId;
  readonly name: string;
  readonly kind: ActivityKind;
  readonly facility: Facility;
}

/** What stands: the child's last reservation in the session. */
export interface StandingEntry extends Omit<AgendaEntry, 'refusal' | 'dues'> {
  /** Rank on the waiting list, from 1, while it waits in an age group of the session. */
  readonly rank?: number;
  /** The sentence that staff wrote. */
  readonly refusal?: string;
}

/** One child in one session: what stands, and what can be asked now. */
export interface AgendaCell {
  readonly childId: ChildId;
  readonly activity: AgendaActivity;
  readonly date: LocalDate;
  /** Absent when the rules or the calendar hold no session that day any more. */
  readonly session?: Session;
  /** Why there is no session any more; a reservation that still stands can only be let go. */
  readonly gone?: Rejection;
  readonly standing?: StandingEntry;
  /** What this household owes for the session already, for places given back too late; absent when nothing. */
  readonly dueCents?: Cents;
  /** The child's other household has booked: only that much is told, and there is nothing to ask or give back. */
  readonly heldByOtherHousehold?: Standing;
  /** What giving the place back now would mean; absent when there is none to give back, or too late to. */
  readonly cancellation?: CancellationTerms;
  /** What asking for a place now would lead to; absent while one stands. */
  readonly offer?: Placement | Rejection;
  /** Why the town closed the session. */
  readonly closedBecause?: string;
}

/** Why a whole day is without school or service, in the town's words. */
export interface DayNote {
  readonly kind: 'publicHoliday' | 'schoolHoliday' | 'closure';
  readonly name: string;
}

export interface AgendaDay {
  readonly date: LocalDate;
  readonly notes: readonly DayNote[];
  readonly cells: readonly AgendaCell[];
}

export interface AgendaView {
  readonly month: YearMonth;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly children: readonly AgendaChild[];
  readonly days: readonly AgendaDay[];
}
