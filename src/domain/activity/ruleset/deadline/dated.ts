import {
  addDays,
  mondayOf,
  weekdays,
  type LocalDate,
  type Weekday,
} from '../../../kernel/localDate.ts';
import { parisInstant, type Instant, type LocalTime } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import { list, object } from '../schema/structures.ts';
import type { Infer, Schema } from '../schema/schema.ts';
import { localDate, moment, oneOf, type LocalMoment } from '../schema/values.ts';
import type { ActWindow, DeadlineRule, RuleDays, RuleSession } from './deadlineRule.ts';

/** « avant 9 h » excludes 9 h sharp, « jusqu'à 9 h » includes it: the town says which. */
export const boundary = oneOf('exclusive', 'inclusive');

const explicit = object({
  explicit: list(object({ date: localDate, limit: moment }), 1),
});
/** What a limit that falls on a public holiday becomes; `explicit` prints it session by session. */
export type HolidayShift =
  'none' | 'previous_working_day' | 'previous_service_day' | Infer<typeof explicit>;
const words = oneOf('none', 'previous_working_day', 'previous_service_day');
export const holidayShift: Schema<HolidayShift> = {
  json: () => ({ oneOf: [words.json(), explicit.json()] }),
  check: (value, at, report) =>
    (typeof value === 'object' ? explicit : words).check(value, at, report),
};

/** A day and an hour on the clocks of France. */
export interface Wall {
  readonly day: LocalDate;
  readonly at: LocalTime;
}

/** `2026-09-18T24:00` as its day and its hour. */
export function dayAndTime(written: LocalMoment): Wall {
  const [day, at] = written.split('T') as [LocalDate, LocalTime];
  return { day, at };
}

/** The instant of a moment on the clocks of France. */
export function instantAt(written: LocalMoment): Instant {
  const { day, at } = dayAndTime(written);
  return parisInstant(day, at);
}

/** A moment on the clocks of France as a limit. */
export const limitAt = (written: LocalMoment, side: Limit['boundary']): Limit => ({
  at: instantAt(written),
  boundary: side,
});

/** Days looked back for one that is free: two years, then the limit stays where it was. */
const farthest = 730;

/** Moves a limit's day as the town declares; the hour stays. */
export function shifted(shift: HolidayShift, day: LocalDate, days: RuleDays): LocalDate {
  if (typeof shift === 'object' || shift === 'none' || !days.isPublicHoliday(day)) return day;
  const fits = shift === 'previous_working_day' ? days.isWorkingDay : days.isServiceDay;
  for (let back = 1; back <= farthest; back += 1) {
    const earlier = addDays(day, -back);
    if (fits(earlier)) return earlier;
  }
  return day;
}

/** The windows that a town printed for some sessions, by the day of the session. */
export const printedWindows = (
  shift: HolidayShift,
  side: Limit['boundary'],
): ReadonlyMap<LocalDate, ActWindow> =>
  new Map(
    (typeof shift === 'object' ? shift.explicit : []).map(({ date, limit }) => [
      date,
      { closes: limitAt(limit, side) },
    ]),
  );

/** Where a limit would fall but for holidays; undefined where it falls nowhere: the act is never open. */
type Falls = (session: RuleSession, days: RuleDays) => Wall | undefined;

/** A limit on a day at an hour: what is printed for a session first, then the day moved off holidays. */
export function datedRule(
  {
    boundary: side,
    holidayShift: shift,
  }: { boundary: Limit['boundary']; holidayShift: HolidayShift },
  falls: Falls,
): DeadlineRule {
  const printed = printedWindows(shift, side);
  return (session, days) => {
    const own = printed.get(session.date);
    if (own) return own;
    const wall = falls(session, days);
    if (!wall) return 'never';
    return {
      closes: { at: parisInstant(shifted(shift, wall.day, days), wall.at), boundary: side },
    };
  };
}

/** A weekday of the Nth week before that of a day; 0: of the same week. */
export const dayOfWeekBefore = (date: LocalDate, day: Weekday, weeks: number): LocalDate =>
  addDays(mondayOf(date), weekdays.indexOf(day) - 7 * weeks);
