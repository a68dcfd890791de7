import { DateTime } from 'luxon';
import type { Brand } from './ids.ts';

/** A calendar day in France, `YYYY-MM-DD`. Compares as text. */
export type LocalDate = Brand<'LocalDate'>;
/** A calendar month, `YYYY-MM`. Compares as text. */
export type YearMonth = Brand<'YearMonth'>;

export const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof weekdays)[number];

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const utc = (date: LocalDate): DateTime => DateTime.fromISO(date, { zone: 'utc' });
const toDate = (day: DateTime): LocalDate => day.toFormat('yyyy-MM-dd') as LocalDate;

// Days are counted as whole numbers since 1970, which needs no time zone and costs a hundredth of a calendar object.
const dayMs = 86_400_000;
const dayNumber = (date: LocalDate): number => Date.parse(date) / dayMs;
const ofDayNumber = (day: number): LocalDate =>
  new Date(day * dayMs).toISOString().slice(0, 10) as LocalDate;

/** True for a day that exists between 1900 and 2199 (`2027-02-29` does not). */
export const isLocalDate = (text: string): text is LocalDate =>
  datePattern.test(text) &&
  text >= '1900' &&
  text < '2200' &&
  Number.isFinite(Date.parse(text)) &&
  ofDayNumber(dayNumber(text as LocalDate)) === text;

/** Brands a day. Throws a RangeError when no such day exists. */
export function asLocalDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`no such day: ${text}`);
  return text;
}

export const isYearMonth = (text: string): text is YearMonth =>
  /^\d{4}-\d{2}$/.test(text) && isLocalDate(`${text}-01`);

export function asYearMonth(text: string): YearMonth {
  if (!isYearMonth(text)) throw new RangeError(`no such month: ${text}`);
  return text;
}

export const monthOf = (date: LocalDate): YearMonth => date.slice(0, 7) as YearMonth;
export const firstDayOf = (month: YearMonth): LocalDate => `${month}-01` as LocalDate;
export const addDays = (date: LocalDate, days: number): LocalDate =>
  ofDayNumber(dayNumber(date) + days);
export const addMonths = (month: YearMonth, months: number): YearMonth =>
  monthOf(toDate(utc(firstDayOf(month)).plus({ months })));

/** The last day of a month: 28 to 31. */
export const lastDayOf = (month: YearMonth): LocalDate =>
  toDate(utc(firstDayOf(month)).endOf('month'));

export const weekdayOf = (date: LocalDate): Weekday => {
  // 1 January 1970 was a Thursday.
  const weekday = weekdays[(((dayNumber(date) + 3) % 7) + 7) % 7];
  if (!weekday) throw new RangeError(`no such day: ${date}`);
  return weekday;
};

/** The Monday of the week that holds this day. */
export const mondayOf = (date: LocalDate): LocalDate =>
  addDays(date, -weekdays.indexOf(weekdayOf(date)));

/** All days from `from` to `to`, both included; none when they are in the wrong order. */
export function daysBetween(from: LocalDate, to: LocalDate): LocalDate[] {
  const first = dayNumber(from);
  const count = Math.max(0, dayNumber(to) - first + 1);
  return Array.from({ length: count }, (_, day) => ofDayNumber(first + day));
}

export const daysOf = (month: YearMonth): LocalDate[] =>
  daysBetween(firstDayOf(month), lastDayOf(month));

/** Whole years of age on a day. Born on 29 February: a year older on 1 March of common years. */
export const ageOn = (birthDate: LocalDate, date: LocalDate): number =>
  Number(date.slice(0, 4)) -
  Number(birthDate.slice(0, 4)) -
  (date.slice(5) < birthDate.slice(5) ? 1 : 0);
