import { addDays, firstDayOf, monthOf, type LocalDate } from '../../../kernel/localDate.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, localTime, whole } from '../schema/values.ts';
import { boundary, datedRule, holidayShift } from './dated.ts';
import type { DeadlineShape } from './deadlineRule.ts';
import { shiftLines, untilWords } from './limitLines.ts';
import { shiftFaults } from './tooLate.ts';

const schema = object({
  type: literal('month_cutoff'),
  /** The 31st is the last day of shorter months. */
  dayOfPreviousMonth: whole(1, 31, 'un jour du mois'),
  at: localTime,
  boundary,
  holidayShift,
});
/** A day of the month before: the whole month closes at once. */
export interface MonthCutoff extends Infer<typeof schema> {}

export const monthCutoff: DeadlineShape<MonthCutoff> = {
  schema,
  faults({ boundary, holidayShift }, at, context, report) {
    shiftFaults(holidayShift, boundary, at, context, report);
  },
  lines: ({ dayOfPreviousMonth, at, boundary, holidayShift }) => [
    `${untilWords(dayWords(dayOfPreviousMonth), at, boundary)}, pour tout le mois${
      dayOfPreviousMonth === 29 || dayOfPreviousMonth === 30
        ? ' (le dernier jour, si le mois précédent est plus court)'
        : ''
    }`,
    ...shiftLines(holidayShift, boundary),
  ],
  compile: ({ dayOfPreviousMonth, at, ...dated }) =>
    datedRule(dated, ({ date }) => ({ day: inMonthBefore(date, dayOfPreviousMonth), at })),
};

function dayWords(day: number): string {
  if (day === 31) return 'dernier jour du mois précédent';
  return `${day === 1 ? '1er' : day} du mois précédent`;
}

function inMonthBefore(date: LocalDate, day: number): LocalDate {
  const last = addDays(firstDayOf(monthOf(date)), -1);
  return addDays(last, Math.min(0, day - Number(last.slice(8))));
}
