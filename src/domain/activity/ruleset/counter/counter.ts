import { addDays, addMonths, firstDayOf, monthOf } from '../../../kernel/localDate.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { DeadlineContext, RulePeriod } from '../deadline/deadlineRule.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { oneOf } from '../schema/values.ts';

/** How long occurrences are added up before the count starts anew. The school year is 1 September to 31 August. */
export const occurrenceWindow = oneOf('month', 'period', 'school_year', 'civil_year', 'ever');
export type OccurrenceWindow = Infer<typeof occurrenceWindow>;
/** Whose occurrences are added up: the child's own, or those of all the family's children. */
export const countedFor = oneOf('child', 'family');

/** What is added up, for whom, until when: a regulation that is silent about it is asked. */
export const counterMembers = { window: occurrenceWindow, per: countedFor } as const;
export interface Counter {
  readonly window: OccurrenceWindow;
  readonly per: Infer<typeof countedFor>;
}

/** The days that count together; without an end, they count for ever. */
export interface Span {
  readonly from?: LocalDate;
  /** The first day of the next count. */
  readonly resetsOn?: LocalDate;
}

const startOfYear = (year: number, monthAndDay: string): LocalDate =>
  `${String(year).padStart(4, '0')}-${monthAndDay}` as LocalDate;
const yearFrom = (year: number, monthAndDay: string): Span => ({
  from: startOfYear(year, monthAndDay),
  resetsOn: startOfYear(year + 1, monthAndDay),
});

/** The count that a day belongs to. Undefined for a count by period on a day that stands in none. */
export function spanOn(
  window: OccurrenceWindow,
  date: LocalDate,
  period?: RulePeriod,
): Span | undefined {
  const year = Number(date.slice(0, 4));
  switch (window) {
    case 'month':
      return { from: firstDayOf(monthOf(date)), resetsOn: firstDayOf(addMonths(monthOf(date), 1)) };
    case 'period':
      return period && period.from <= date && date <= period.to
        ? { from: period.from, resetsOn: addDays(period.to, 1) }
        : undefined;
    case 'school_year':
      return yearFrom(date.slice(5) < '09-01' ? year - 1 : year, '09-01');
    case 'civil_year':
      return yearFrom(year, '01-01');
    case 'ever':
      return {};
  }
}

const holds = ({ from, resetsOn }: Span, date: LocalDate): boolean =>
  (from === undefined || from <= date) && (resetsOn === undefined || date < resetsOn);

/** The how-many-th one is that comes after these, of which those of the same count alone are added up. */
export const occurrenceAfter = (earlier: readonly LocalDate[], span: Span): number =>
  1 + earlier.filter((date) => holds(span, date)).length;

export function counterFaults(
  { window }: Counter,
  at: Path,
  { periods }: DeadlineContext,
  report: Report,
): void {
  if (window === 'period' && Object.keys(periods).length === 0)
    report([...at, 'window'], 'Cette activité n’a pas de période.');
}

const windowWords = {
  month: 'par mois',
  period: 'par période',
  school_year: 'par année scolaire',
  civil_year: 'par année civile',
  ever: 'en tout',
} as const satisfies Record<OccurrenceWindow, string>;
const perWords = { child: 'par enfant', family: 'par famille' } as const;

/** « par année scolaire et par enfant », « en tout, par famille » */
export const counterWords = ({ window, per }: Counter): string =>
  `${windowWords[window]}${window === 'ever' ? ',' : ' et'} ${perWords[per]}`;

const resets = {
  month: 'le compte repart de zéro le 1er de chaque mois',
  period: 'le compte repart de zéro au début de chaque période',
  school_year: 'le compte repart de zéro le 1er septembre',
  civil_year: 'le compte repart de zéro le 1er janvier',
  ever: 'le compte ne repart jamais de zéro',
} as const satisfies Record<OccurrenceWindow, string>;

/** « le compte repart de zéro le 1er septembre » */
export const resetWords = ({ window }: Counter): string => resets[window];
