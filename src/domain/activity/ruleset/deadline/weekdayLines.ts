import { NBSP } from '../../../kernel/french/typography.ts';
import { joinList } from '../../../kernel/french/words.ts';
import { weekdays, type Weekday } from '../../../kernel/localDate.ts';
import type { LocalTime } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import { sameDayWords, untilWords } from './limitLines.ts';

const names = {
  MON: 'lundi',
  TUE: 'mardi',
  WED: 'mercredi',
  THU: 'jeudi',
  FRI: 'vendredi',
  SAT: 'samedi',
  SUN: 'dimanche',
} as const satisfies Record<Weekday, string>;
/** « lundi » */
export const weekdayWord = (day: Weekday): string => names[day];

/** « mardi de la semaine précédente », « lundi de la 3e semaine précédente », « lundi de la même semaine » */
export function inWeekWords(day: Weekday, weeksBefore: number): string {
  const rank = weeksBefore === 1 ? '' : `${weeksBefore}e${NBSP}`;
  return weeksBefore === 0
    ? `${weekdayWord(day)} de la même semaine`
    : `${weekdayWord(day)} de la ${rank}semaine précédente`;
}

interface Row {
  readonly closes: Weekday;
  readonly weeksBefore: number;
  readonly at?: LocalTime;
}

/** « avant le vendredi précédent à 9 h »: within six days, the weekday alone tells which. */
function rowWords(served: Weekday, row: Row, at: LocalTime, side: Limit['boundary']): string {
  const { closes, weeksBefore } = row;
  const days = 7 * weeksBefore + weekdays.indexOf(served) - weekdays.indexOf(closes);
  if (days === 0) return sameDayWords(at, side);
  const day = days < 7 ? `${weekdayWord(closes)} précédent` : inWeekWords(closes, weeksBefore);
  return untilWords(day, at, side);
}

interface Table {
  readonly rows: Readonly<Partial<Record<Weekday, Row>>>;
  readonly at: LocalTime;
  readonly boundary: Limit['boundary'];
}

/** « avant le vendredi précédent à 9 h pour le lundi et le mardi », one line for the days that share a limit. */
export function tableLines({ rows, at, boundary }: Table): string[] {
  const served = new Map<string, string[]>();
  for (const day of weekdays) {
    const row = rows[day];
    if (!row) continue;
    const until = rowWords(day, row, row.at ?? at, boundary);
    served.set(until, [...(served.get(until) ?? []), `le ${weekdayWord(day)}`]);
  }
  return [...served].map(([until, days]) => `${until} pour ${joinList(days)}`);
}
