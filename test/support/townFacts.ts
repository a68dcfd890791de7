import { asId, type ActivityId, type ChildId, type FamilyId } from '../../src/domain/kernel/ids.ts';
import { addDays, asLocalDate, type LocalDate } from '../../src/domain/kernel/localDate.ts';
import { asCents, type Cents } from '../../src/domain/kernel/money.ts';
import { asLocalTime, parisInstant, type Instant } from '../../src/domain/kernel/parisTime.ts';
import type { NamedPeriod, TownCalendar } from '../../src/domain/kernel/townCalendar.ts';

export const day = asLocalDate;
export const hour = asLocalTime;
export const euros = (amount: number): Cents => asCents(Math.round(amount * 100));
export const childId = (text: string): ChildId => asId('child', text);
export const familyId = (text: string): FamilyId => asId('family', text);
export const activityId = (text: string): ActivityId => asId('activity', text);

/** What the clock on the town hall shows: `paris('2026-11-19 09:00')`. */
export const paris = (shown: string): Instant => {
  const [date = '', time = ''] = shown.split(' ');
  return parisInstant(asLocalDate(date), asLocalTime(time));
};

/** A moment some milliseconds earlier or later. */
export const shifted = (instant: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(instant) + milliseconds).toISOString() as Instant;

/** Easter Sunday in the Gregorian calendar (Oudin's algorithm): an independent witness for movable holidays. */
function easter(year: number): LocalDate {
  const g = year % 19;
  const c = Math.floor(year / 100);
  const h = (c - Math.floor(c / 4) - Math.floor((8 * c + 13) / 25) + 19 * g + 15) % 30;
  const i = h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - g) / 11));
  const j = (year + Math.floor(year / 4) + i + 2 - c + Math.floor(c / 4)) % 7;
  const fromMarch1 = i - j + 28;
  return addDays(asLocalDate(`${year}-03-01`), fromMarch1 - 1);
}

const fixedHolidays: Readonly<Record<string, string>> = {
  '01-01': 'Jour de l’an',
  '05-01': 'Fête du Travail',
  '05-08': 'Victoire de 1945',
  '07-14': 'Fête nationale',
  '08-15': 'Assomption',
  '11-01': 'Toussaint',
  '11-11': 'Armistice de 1918',
  '12-25': 'Noël',
};

/** Legal holidays in France (Code du travail, L3133-1). */
export function frenchHoliday(date: LocalDate): string | undefined {
  const sunday = easter(Number(date.slice(0, 4)));
  if (date === addDays(sunday, 1)) return 'Lundi de Pâques';
  if (date === addDays(sunday, 39)) return 'Ascension';
  if (date === addDays(sunday, 50)) return 'Lundi de Pentecôte';
  return fixedHolidays[date.slice(5)];
}

const holding = (periods: readonly NamedPeriod[], date: LocalDate): NamedPeriod | undefined =>
  periods.find(({ from, to }) => from <= date && date <= to);

export const period = (name: string, from: string, to = from): NamedPeriod => ({
  name,
  from: asLocalDate(from),
  to: asLocalDate(to),
});

/** A town's calendar, 2025 to 2028, with French holidays and what the test adds. */
export const townCalendar = ({
  schoolHolidays = [],
  closures = [],
  knownFrom = '2025-01-01',
  knownUntil = '2028-12-31',
}: {
  readonly schoolHolidays?: readonly NamedPeriod[];
  readonly closures?: readonly NamedPeriod[];
  readonly knownFrom?: string;
  readonly knownUntil?: string;
} = {}): TownCalendar => ({
  knownFrom: asLocalDate(knownFrom),
  knownUntil: asLocalDate(knownUntil),
  publicHoliday: frenchHoliday,
  schoolHoliday: (date) => holding(schoolHolidays, date),
  closure: (date) => holding(closures, date),
});
