import { addDays, type LocalDate } from '../../../kernel/localDate.ts';
import { counts, dayUnit, unitCount } from '../absence/absentDays.ts';
import type { RuleDays } from '../deadline/deadlineRule.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, whole } from '../schema/values.ts';

export const answerBy = object({
  n: whole(1, 366),
  unit: dayUnit,
  before: literal('period_start'),
});
/** Until which day the town answers those who wait. */
export interface AnswerBy extends Infer<typeof answerBy> {}

/** Days looked back: two years; a calendar in which nothing counts sets no day. */
const farthest = 730;

/** The last day on which the town answers. */
export function answerDay(
  { n, unit }: AnswerBy,
  periodStart: LocalDate,
  days: RuleDays,
): LocalDate | undefined {
  let left = n;
  for (let back = 1; back <= farthest; back += 1) {
    const date = addDays(periodStart, -back);
    if (counts(unit, date, days)) left -= 1;
    if (left === 0) return date;
  }
  return undefined;
}

/** « réponse au plus tard 8 jours avant le début de la période » */
export const answerLine = ({ n, unit }: AnswerBy): string =>
  `réponse au plus tard ${unitCount(n, unit)} avant le début de la période`;
