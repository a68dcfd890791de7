import { addDays, weekdayOf, type LocalDate } from './localDate.ts';

/** A run of days, both ends included, with the name that families read. */
export interface NamedPeriod {
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The days that shape a town's year: facts handed to the domain, never looked up by it. */
export interface TownCalendar {
  /** First and last day that the calendar knows; there is no session outside of them. */
  readonly knownFrom: LocalDate;
  readonly knownUntil: LocalDate;
  /** Name of the French public holiday on that day, if any. */
  readonly publicHoliday: (date: LocalDate) => string | undefined;
  /** The school holidays of the town's zone (or a bridge of its own) that hold that day, if any. */
  readonly schoolHoliday: (date: LocalDate) => NamedPeriod | undefined;
  /** The town's own closure on that day, if any. */
  readonly closure: (date: LocalDate) => NamedPeriod | undefined;
}

/** Working days skip week-ends, public holidays and the town's closures (DESIGN section 5). */
export function isWorkingDay(calendar: TownCalendar, date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  return (
    weekday !== 'SAT' &&
    weekday !== 'SUN' &&
    calendar.publicHoliday(date) === undefined &&
    calendar.closure(date) === undefined
  );
}

/** The day `count` working days before `date`, not counting `date` itself. Looks back two years at most. */
export function workingDaysBefore(
  calendar: TownCalendar,
  date: LocalDate,
  count: number,
): LocalDate {
  let day = date;
  let left = count;
  for (let steps = 0; left > 0; steps += 1) {
    if (steps > 730) throw new RangeError('no working day within two years');
    day = addDays(day, -1);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return day;
}
