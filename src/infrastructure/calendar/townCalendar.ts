import { asLocalDate, daysBetween, type LocalDate } from '../../domain/kernel/localDate.ts';
import type { NamedPeriod, TownCalendar } from '../../domain/kernel/townCalendar.ts';
import { PublicHolidays } from './publicHolidays.ts';
import {
  bundledSchoolHolidays,
  parseSchoolHolidays,
  schoolYearStart,
  type SchoolZone,
} from './schoolHolidaysFile.ts';

export interface TownCalendarOptions {
  readonly zone: SchoolZone;
  /** Text of the file of school holidays; the one that comes with the portal unless told. */
  readonly schoolHolidaysCsv?: string;
  /** The town's own closures, both ends included. */
  readonly closures: readonly NamedPeriod[];
  /** `FR` unless told; `FR-57`, `FR-67`, `FR-68`, `FR-GP`… have public holidays of their own. */
  readonly publicHolidayRegion?: string;
}

/** Each day of the periods, for look-ups in constant time; the first period named wins. */
function byDay(periods: readonly NamedPeriod[]): ReadonlyMap<LocalDate, NamedPeriod> {
  const days = new Map<LocalDate, NamedPeriod>();
  for (const period of periods)
    for (const day of daysBetween(period.from, period.to))
      if (!days.has(day)) days.set(day, period);
  return days;
}

/**
 * The town's calendar. It knows whole school years: from the 1 September before the first school holidays of the file
 * to the end of its last summer. Throws SchoolHolidaysFileError, and a RangeError for an unknown region.
 */
export function loadTownCalendar({
  zone,
  schoolHolidaysCsv,
  closures,
  publicHolidayRegion = 'FR',
}: TownCalendarOptions): TownCalendar {
  const holidays = parseSchoolHolidays(schoolHolidaysCsv ?? bundledSchoolHolidays())[zone];
  const [first] = holidays;
  const last = holidays.at(-1);
  if (!first || !last) throw new RangeError(`no school holidays in zone ${zone}`);
  const endOfAugust = asLocalDate(`${last.to.slice(0, 4)}-08-31`);
  const publicHolidays = new PublicHolidays(publicHolidayRegion);
  const schoolDaysOff = byDay(holidays);
  const closedDays = byDay(closures);
  return {
    knownFrom: schoolYearStart(first.from),
    knownUntil: last.to > endOfAugust ? last.to : endOfAugust,
    publicHoliday: (date) => publicHolidays.nameOn(date),
    schoolHoliday: (date) => schoolDaysOff.get(date),
    closure: (date) => closedDays.get(date),
  };
}
