import type { LocalDate, Weekday } from '../kernel/localDate.ts';
import type { Cents } from '../kernel/money.ts';
import type { LocalTime } from '../kernel/parisTime.ts';
import { isLocalTime } from '../kernel/parisTime.ts';
import { reject, type Policy } from '../kernel/rejection.ts';
import type { AgeGroup } from '../kernel/sessionTerms.ts';
import { isSound, setsLimitOn, type ActDeadline } from './deadline.ts';

export const activityKinds = [
  'meal',
  'beforeSchool',
  'afterSchool',
  'wednesday',
  'holidays',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** On which days an activity takes place, and from when to when. */
export interface Schedule {
  readonly weekdays: readonly Weekday[];
  /** On school days, in the school holidays, or both. Never on a public holiday or a closure. */
  readonly season: 'schoolTerm' | 'schoolHolidays' | 'always';
  readonly startsAt: LocalTime;
  readonly endsAt: LocalTime;
}

/** The rules of an activity from a date on: schedule, capacity, deadlines, validation, price. */
export interface ActivityTerms {
  readonly schedule: Schedule;
  readonly groups: readonly AgeGroup[];
  readonly booking: ActDeadline;
  readonly cancellation: ActDeadline;
  /**
   * Until when a freed place goes to the waiting list by itself. While bookings are open it does, whatever stands
   * here: who waits must not be passed, nor a new request wait behind a free place.
   */
  readonly promotion: ActDeadline;
  /** Accepted at once, or after validation by staff: per facility, as the families' guide says. */
  readonly validation: 'immediate' | 'staff';
  readonly waitingList: boolean;
  readonly lateGiveBackFree: boolean;
  readonly priceCents: Cents;
}

/** Terms with the date of the first session that they govern. Versions count from 1. */
export interface VersionedTerms {
  readonly version: number;
  readonly effectiveFrom: LocalDate;
  readonly terms: ActivityTerms;
}

/** The limits of the three acts: booking, cancellation, promotion. */
export const deadlinesOf = ({
  booking,
  cancellation,
  promotion,
}: ActivityTerms): readonly ActDeadline[] => [booking, cancellation, promotion];

const isAge = (age: number): boolean => Number.isInteger(age) && age >= 0 && age <= 120;

/** Terms that could not be obeyed are refused when they are written, not when a family books. */
export const termsPolicies: readonly Policy<ActivityTerms>[] = [
  ({ schedule }) => (schedule.weekdays.length === 0 ? reject('ACTIVITY.NO_WEEKDAY') : undefined),
  ({ schedule }) =>
    isLocalTime(schedule.startsAt) &&
    isLocalTime(schedule.endsAt) &&
    schedule.startsAt < schedule.endsAt
      ? undefined
      : reject('ACTIVITY.BAD_HOURS', { startsAt: schedule.startsAt, endsAt: schedule.endsAt }),
  ({ groups }) => (groups.length === 0 ? reject('ACTIVITY.NO_AGE_GROUP') : undefined),
  ({ groups }) => {
    const wrong = groups.find(
      ({ minAge, maxAge, places }) =>
        !isAge(minAge) ||
        !isAge(maxAge) ||
        minAge > maxAge ||
        places < 0 ||
        !Number.isSafeInteger(places),
    );
    return wrong && reject('ACTIVITY.BAD_AGE_GROUP', { group: wrong.code });
  },
  ({ groups }) => {
    const sorted = [...groups].sort((a, b) => a.minAge - b.minAge);
    const overlap = sorted.find((group, i) => group.minAge <= (sorted[i - 1]?.maxAge ?? -1));
    return overlap && reject('ACTIVITY.AGE_GROUPS_OVERLAP', { group: overlap.code });
  },
  (terms) => {
    const unsound = deadlinesOf(terms).find(({ rule }) => !isSound(rule));
    return unsound && reject('ACTIVITY.BAD_DEADLINE', { rule: unsound.rule.type });
  },
  (terms) => {
    const missing = deadlinesOf(terms).flatMap(({ rule }) =>
      terms.schedule.weekdays.filter((weekday) => !setsLimitOn(rule, weekday)),
    )[0];
    return missing && reject('ACTIVITY.NO_DEADLINE_FOR_WEEKDAY', { weekday: missing });
  },
  ({ priceCents }) =>
    Number.isSafeInteger(priceCents) && priceCents >= 0
      ? undefined
      : reject('ACTIVITY.BAD_PRICE', { priceCents }),
];
