import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { NamedPeriod, TownCalendar } from '../../../domain/kernel/townCalendar.ts';
import {
  dayLength,
  dayNumberOf,
  schoolYearOf,
  schoolYearStart,
  weekdayNumberOf,
  type DayNumber,
} from './townDays.ts';

const [monday, friday] = [0, 4];
const dateOf = (day: DayNumber): LocalDate =>
  new Date(day * dayLength).toISOString().slice(0, 10) as LocalDate;

/** Whole weeks, so that weekdays stay; the nearest to whole years, so that seasons stay too. */
const weeksOf = (years: number): number => Math.round((years * 365.25) / 7) * 7;

const shifted = ({ name, from, to }: NamedPeriod, days: number): NamedPeriod => ({
  name,
  from: dateOf(dayNumberOf(from) + days),
  to: dateOf(dayNumberOf(to) + days),
});

/** The school holidays of a later year, after the pattern of the last year that is known. */
function patternHoliday(base: TownCalendar, date: LocalDate): NamedPeriod | undefined {
  const day = dayNumberOf(date);
  const last = schoolYearOf(dayNumberOf(base.knownUntil));
  const years = schoolYearOf(day) - last;
  const shift = weeksOf(years);
  // The rentrée stays on 1 September: what the shift moves across it is put back.
  const [start, end] = [schoolYearStart(last), schoolYearStart(last + 1) - 1];
  const model = dateOf(Math.min(Math.max(day - shift, start), end));
  const found = base.schoolHoliday(model);
  if (!found) return undefined;
  const period = shifted(found, shift);
  const isSummer = dayNumberOf(found.to) >= end;
  return isSummer ? { ...period, to: dateOf(schoolYearStart(last + years + 1) - 1) } : period;
}

/** A bridge between a public holiday and the week-end, on which the demo town closes. */
function bridgeOn(base: TownCalendar, date: LocalDate): NamedPeriod | undefined {
  const day = dayNumberOf(date);
  const weekday = weekdayNumberOf(day);
  const beside = weekday === monday ? day + 1 : weekday === friday ? day - 1 : undefined;
  const holiday = beside !== undefined && base.publicHoliday(dateOf(beside));
  if (!holiday || base.publicHoliday(date) !== undefined) return undefined;
  return { name: `Pont (${holiday})`, from: date, to: date };
}

/**
 * The demo town's calendar: the real one as far as it is known, then its last year again, so that the demo also lives
 * after the file of school holidays ends. The town closes on bridges. Never for a real town.
 */
export function demoCalendar(base: TownCalendar): TownCalendar {
  const closures = new Map<LocalDate, NamedPeriod | undefined>();
  const holidays = new Map<LocalDate, NamedPeriod | undefined>();
  const once = (
    known: Map<LocalDate, NamedPeriod | undefined>,
    date: LocalDate,
    find: (base: TownCalendar, date: LocalDate) => NamedPeriod | undefined,
  ) => {
    if (!known.has(date)) known.set(date, find(base, date));
    return known.get(date);
  };
  return {
    knownFrom: base.knownFrom,
    knownUntil: '2199-08-31' as LocalDate,
    publicHoliday: base.publicHoliday,
    schoolHoliday: (date) =>
      date <= base.knownUntil ? base.schoolHoliday(date) : once(holidays, date, patternHoliday),
    closure: (date) => base.closure(date) ?? once(closures, date, bridgeOn),
  };
}
