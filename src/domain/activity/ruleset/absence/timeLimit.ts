import { formatTime } from '../../../kernel/french/times.ts';
import { plural } from '../../../kernel/french/words.ts';
import { addDays, lastDayOf, monthOf, type LocalDate } from '../../../kernel/localDate.ts';
import { addHours, asLocalTime, parisInstant } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import { boundary } from '../deadline/dated.ts';
import type { Infer, Schema } from '../schema/schema.ts';
import { object, variants } from '../schema/structures.ts';
import { literal, localTime, oneOf, whole } from '../schema/values.ts';
import type { Absence } from './absencePart.ts';
import { dayUnits, lastOf, unitCount, type DayUnit } from './absentDays.ts';

const from = oneOf('first_day', 'each_day', 'last_day', 'return', 'month_end');
const hours = object({
  n: whole(1, 2_400),
  unit: literal('hour'),
  from,
  /** Hours pass from this time of that day. */
  at: localTime,
  boundary,
});
const inDays = <U extends DayUnit>(unit: U) =>
  object({ n: whole(0, 366), unit: literal(unit), from });

/** A delay in hours that elapse. */
export interface HourLimit extends Infer<typeof hours> {}
/** A delay in days: that day is not counted, and the last one is held until 24:00. */
export interface DayLimit {
  readonly n: number;
  readonly unit: DayUnit;
  readonly from: Infer<typeof from>;
}
/** Until when a proof may come, told from a day of the absence. */
export type TimeLimit = HourLimit | DayLimit;
const known = {
  hour: hours,
  ...Object.fromEntries(dayUnits.map((unit) => [unit, inDays(unit)])),
};
export const timeLimit: Schema<TimeLimit> = variants<TimeLimit>('unit', () => known);

function startDay({ from: since }: TimeLimit, absence: Absence, date: LocalDate): LocalDate {
  switch (since) {
    case 'first_day':
      return absence.first;
    case 'each_day':
      return date;
    case 'last_day':
      return absence.last;
    case 'return':
      return lastOf(1, 'service_day', addDays(absence.last, 1), absence.days) ?? absence.last;
    case 'month_end':
      return lastDayOf(monthOf(date));
  }
}

/** The limit for one day of an absence. */
export function limitFor(limit: TimeLimit, absence: Absence, date: LocalDate): Limit {
  const start = startDay(limit, absence, date);
  if (limit.unit === 'hour') {
    const at = addHours(parisInstant(start, limit.at), limit.n);
    return { at, boundary: limit.boundary };
  }
  const last = lastOf(limit.n, limit.unit, addDays(start, 1), absence.days) ?? start;
  return { at: parisInstant(last, asLocalTime('24:00')), boundary: 'exclusive' };
}

/** True when the second is sure to leave no more time than the first. */
export function noLonger(first: TimeLimit, second: TimeLimit): boolean {
  if (first.from !== second.from) return false;
  if (first.unit === second.unit) return second.n <= first.n;
  // Both pass without regard to the calendar: a day's limit holds until its end.
  if (first.unit === 'hour' && second.unit === 'calendar_day')
    return 24 * (second.n + 1) <= first.n;
  return first.unit === 'calendar_day' && second.unit === 'hour' && second.n <= 24 * first.n;
}

const starts = {
  first_day: 'le premier jour d’absence',
  each_day: 'chaque jour d’absence',
  last_day: 'le dernier jour d’absence',
  return: 'le jour du retour',
  month_end: 'le dernier jour du mois',
} as const satisfies Readonly<Record<TimeLimit['from'], string>>;

/** « au plus tard 2 jours ouvrés après le premier jour d’absence » */
export function limitLine(limit: TimeLimit): string {
  const start = starts[limit.from];
  if (limit.unit === 'hour') {
    const most = limit.boundary === 'inclusive' ? 'au plus tard' : 'moins de';
    return `${most} ${plural(limit.n, 'heure')} après ${start} à ${formatTime(limit.at)}`;
  }
  if (limit.n === 0) return `au plus tard ${start}`;
  return `au plus tard ${unitCount(limit.n, limit.unit)} après ${start}`;
}
