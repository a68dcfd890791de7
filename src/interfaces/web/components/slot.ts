import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { ActivityId, ChildId } from '../../../domain/kernel/ids.ts';
import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Cents } from '../../../domain/kernel/money.ts';
import type { Limit } from '../../../domain/kernel/sessionTerms.ts';
import type { IconName } from '../icons.ts';

/** What giving a place back would mean now. `over`: the session began, nothing can be given back. */
export type Cancellation =
  | { readonly kind: 'free'; readonly until: Limit }
  | { readonly kind: 'billed'; readonly billedCents: Cents; readonly since: Limit }
  | { readonly kind: 'over' };

/** A place that can be asked for, and how it would be answered. */
export interface Asking {
  /** What it would add to the bill. */
  readonly priceCents: Cents;
  /** Due already, after a late cancellation: taken over. */
  readonly alreadyDueCents?: Cents;
  readonly until: Limit;
  readonly answer: 'atOnce' | 'afterValidation' | 'waitingList';
}

/** Where a child stands in one session, and what late cancellations have left due for it. */
export type SlotState = { readonly dueCents?: Cents } & SlotStateKind;

type SlotStateKind =
  | ({ readonly kind: 'open' } & Asking)
  | { readonly kind: 'full' }
  | { readonly kind: 'tooLate'; readonly since: Limit }
  | { readonly kind: 'held'; readonly cancellation: Cancellation }
  | { readonly kind: 'awaiting'; readonly cancellation: Cancellation }
  /** The rank is absent while no age group of the session takes the child. */
  | { readonly kind: 'waitlisted'; readonly rank?: number; readonly cancellation: Cancellation }
  /** The child's other household has booked. */
  | { readonly kind: 'otherHousehold'; readonly awaits: boolean }
  /** Sent; the read model hasn't seen the answer yet. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly reason: string; readonly again?: Asking }
  | { readonly kind: 'cancelledInTime'; readonly again?: Asking }
  /** `billedCents`: all that is due for the session. */
  | { readonly kind: 'cancelledLate'; readonly billedCents: Cents; readonly again?: Asking }
  | { readonly kind: 'cancelledByTown'; readonly reason: string }
  /** Booked or asked for, then dropped by the rules or the calendar: it can only be let go. */
  | { readonly kind: 'gone'; readonly reason: string; readonly cancellation: Cancellation }
  | { readonly kind: 'attended' }
  | { readonly kind: 'absent'; readonly billedCents: Cents }
  | { readonly kind: 'absentJustified' }
  | { readonly kind: 'notFor'; readonly because: 'age' | 'erased' };

/** One child, one activity, one day. */
export interface Slot {
  readonly childId: ChildId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  /** Short: « Cantine », « Accueil du mercredi ». */
  readonly label: string;
  /** Where, when the family needs to know: « Saint-Géry-Vers ». */
  readonly place?: string;
  readonly kind: ActivityKind;
  readonly state: SlotState;
  /** Ticked already: the family comes back from the check page. */
  readonly ticked?: boolean;
}

/** Names of the two sets of checkboxes. */
export const RESERVE_FIELD = 'reserver';
export const CANCEL_FIELD = 'annuler';
/** Name of the one field for boxes of other pages, ticked on the way. */
export const KEPT_FIELD = 'coches';

/** Value of a checkbox: `childId|activityId|date`. The one place that builds it. */
export const slotValue = ({
  childId,
  activityId,
  date,
}: Pick<Slot, 'childId' | 'activityId' | 'date'>): string => `${childId}|${activityId}|${date}`;

/** Where a refused booking is told in full, with the ways to contest it. */
export const REFUSALS_PATH = '/reservations/refus';
export const refusalHref = ({
  childId,
  activityId,
  date,
}: Pick<Slot, 'childId' | 'activityId' | 'date'>): string =>
  `${REFUSALS_PATH}/${childId}/${activityId}/${date}`;

const activityIcons: Readonly<Record<ActivityKind, IconName>> = {
  meal: 'utensils',
  beforeSchool: 'sunrise',
  afterSchool: 'sunset',
  wednesday: 'palette',
  holidays: 'tent-tree',
};
export const activityIcon = (kind: ActivityKind): IconName => activityIcons[kind];

/** The limit that a state is about: until when it can be asked for or given back, or since when not. */
export function limitOf(state: SlotState): { limit: Limit; passed: boolean } | undefined {
  switch (state.kind) {
    case 'open':
      return { limit: state.until, passed: false };
    case 'tooLate':
      return { limit: state.since, passed: true };
    case 'held':
    case 'awaiting':
    case 'waitlisted': {
      const { cancellation } = state;
      if (cancellation.kind === 'over') return undefined;
      return cancellation.kind === 'free'
        ? { limit: cancellation.until, passed: false }
        : { limit: cancellation.since, passed: true };
    }
    case 'refused':
    case 'cancelledInTime':
    case 'cancelledLate':
      return state.again && { limit: state.again.until, passed: false };
    case 'full':
    case 'pending':
    case 'cancelledByTown':
    case 'gone':
    case 'otherHousehold':
    case 'attended':
    case 'absent':
    case 'absentJustified':
    case 'notFor':
      return undefined;
  }
}
