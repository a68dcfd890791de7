import { assertNever } from '../kernel/decider.ts';
import {
  addDays,
  addMonths,
  firstDayOf,
  lastDayOf,
  mondayOf,
  monthOf,
  weekdayOf,
  weekdays,
  type LocalDate,
  type Weekday,
} from '../kernel/localDate.ts';
import { isLocalTime, parisInstant, type Instant, type LocalTime } from '../kernel/parisTime.ts';
import type { Limit } from '../kernel/sessionTerms.ts';
import { workingDaysBefore, type TownCalendar } from '../kernel/townCalendar.ts';

/** When an act closes, told from the day of the session (DESIGN section 5; shapes of the regulations read). */
export type DeadlineRule =
  /** N days, or N working days, before the session, at an hour. */
  | {
      readonly type: 'daysBefore';
      readonly days: number;
      readonly unit: 'calendar' | 'working';
      readonly at: LocalTime;
    }
  /** A weekday of the Nth week before the session's week (0: the same week). */
  | {
      readonly type: 'weekdayBefore';
      readonly weekday: Weekday;
      readonly weeks: number;
      readonly at: LocalTime;
    }
  /** For each weekday served, a weekday of the Nth week before. */
  | {
      readonly type: 'weekdayTable';
      readonly rows: Partial<
        Record<Weekday, { readonly weekday: Weekday; readonly weeks: number }>
      >;
      readonly at: LocalTime;
    }
  /** A day of the month before; the 31st is the last day of shorter months. */
  | { readonly type: 'monthBefore'; readonly day: number; readonly at: LocalTime }
  | { readonly type: 'sameDay'; readonly at: LocalTime }
  /** Open until the session starts. */
  | { readonly type: 'none' };

export interface ActDeadline {
  readonly rule: DeadlineRule;
  readonly boundary: Limit['boundary'];
}

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && min <= value && value <= max;

const isWeek = ({
  weekday,
  weeks,
}: {
  readonly weekday: Weekday;
  readonly weeks: number;
}): boolean => weekdays.includes(weekday) && isWhole(weeks, 0, 52);

/** Whether a rule sets a limit that can be worked out, within a year of the session. */
export function isSound(rule: DeadlineRule): boolean {
  if (rule.type === 'none') return true;
  if (!isLocalTime(rule.at)) return false;
  switch (rule.type) {
    case 'daysBefore':
      return isWhole(rule.days, 0, 366);
    case 'weekdayBefore':
      return isWeek(rule);
    case 'weekdayTable':
      return Object.values(rule.rows).every(isWeek);
    case 'monthBefore':
      return isWhole(rule.day, 1, 31);
    case 'sameDay':
      return true;
    default:
      return assertNever(rule);
  }
}

/** Whether a rule sets a limit for the sessions of a weekday: a table may have no row for it. */
export const setsLimitOn = (rule: DeadlineRule, weekday: Weekday): boolean =>
  rule.type !== 'weekdayTable' || rule.rows[weekday] !== undefined;

const inWeekBefore = (date: LocalDate, weekday: Weekday, weeks: number): LocalDate =>
  addDays(mondayOf(date), weekdays.indexOf(weekday) - 7 * weeks);

function localDeadline(
  rule: Exclude<DeadlineRule, { type: 'none' }>,
  date: LocalDate,
  calendar: TownCalendar,
): LocalDate {
  switch (rule.type) {
    case 'daysBefore':
      return rule.unit === 'working'
        ? workingDaysBefore(calendar, date, rule.days)
        : addDays(date, -rule.days);
    case 'weekdayBefore':
      return inWeekBefore(date, rule.weekday, rule.weeks);
    case 'weekdayTable': {
      const row = rule.rows[weekdayOf(date)];
      if (!row) throw new RangeError(`no deadline for ${weekdayOf(date)}`);
      return inWeekBefore(date, row.weekday, row.weeks);
    }
    case 'monthBefore': {
      const month = addMonths(monthOf(date), -1);
      const last = lastDayOf(month);
      const day = addDays(firstDayOf(month), rule.day - 1);
      return day > last ? last : day;
    }
    case 'sameDay':
      return date;
    default:
      return assertNever(rule);
  }
}

/**
 * The limit that a rule sets for one session, in Europe/Paris: local day and hour first, instant last.
 * Never later than the start of the session, when every act is over.
 */
export function deadlineFor(
  { rule, boundary }: ActDeadline,
  date: LocalDate,
  startsAt: Instant,
  calendar: TownCalendar,
): Limit {
  if (rule.type === 'none') return { at: startsAt, boundary: 'exclusive' };
  const at = parisInstant(localDeadline(rule, date, calendar), rule.at);
  return at < startsAt ? { at, boundary } : { at: startsAt, boundary: 'exclusive' };
}
