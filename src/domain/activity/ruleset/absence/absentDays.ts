import { plural } from '../../../kernel/french/words.ts';
import { addDays, daysBetween, type LocalDate } from '../../../kernel/localDate.ts';
import type { RuleDays } from '../deadline/deadlineRule.ts';
import { oneOf } from '../schema/values.ts';

/** In which days a town counts: three different things (regulations, pitfall 2). */
export const dayUnits = ['calendar_day', 'working_day', 'service_day'] as const;
export type DayUnit = (typeof dayUnits)[number];
export const dayUnit = oneOf(...dayUnits);

/** What a unit is called, one and several. */
export const unitWords = {
  calendar_day: ['jour', 'jours'],
  working_day: ['jour ouvré', 'jours ouvrés'],
  service_day: ['jour de service', 'jours de service'],
} as const satisfies Readonly<Record<DayUnit, readonly [string, string]>>;

/** « 1 jour », « 3 jours ouvrés » */
export function unitCount(n: number, unit: DayUnit): string {
  const [one, several] = unitWords[unit];
  return plural(n, one, several);
}

/** Whether a day counts in a unit. */
export function counts(unit: DayUnit, date: LocalDate, days: RuleDays): boolean {
  if (unit === 'calendar_day') return true;
  return unit === 'working_day' ? days.isWorkingDay(date) : days.isServiceDay(date);
}

/** The days of a unit from one day to another, both included. */
export const counted = (
  unit: DayUnit,
  from: LocalDate,
  to: LocalDate,
  days: RuleDays,
): LocalDate[] => daysBetween(from, to).filter((date) => counts(unit, date, days));

/** No count goes further than two years: a calendar without service days must end too. */
const farthest = 730;

/** The last of `n` days of a unit that begin with `from`, itself counted when it is one; undefined for none. */
export function lastOf(
  n: number,
  unit: DayUnit,
  from: LocalDate,
  days: RuleDays,
): LocalDate | undefined {
  let last: LocalDate | undefined;
  let left = n;
  for (let ahead = 0; left > 0 && ahead <= farthest; ahead += 1) {
    const date = addDays(from, ahead);
    if (!counts(unit, date, days)) continue;
    last = date;
    left -= 1;
  }
  return last;
}
