import { NBSP } from '../../../kernel/french/typography.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import { anyDeadline, deadlineLines } from '../deadline/deadline.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { orNull, whole } from '../schema/values.ts';
import { CLAUSE, type AbsencePart, type Verdict } from './absencePart.ts';
import { dayUnit, lastOf, unitWords } from './absentDays.ts';
import { compileNotice, keptBy, noticed, noticeFaults } from './noticeLimit.ts';
import { firstDays } from './waiting.ts';

const schema = object({
  n: whole(1, 31),
  /** How the free days and those after them are counted, from the first day absent. */
  unit: dayUnit,
  /** How many days are billed then; null: all that follow. */
  billedNext: orNull(whole(1, 366)),
  /** Told from the first billed day; null: no warning spares them. */
  unlessNotice: orNull(anyDeadline),
});
/** The first days are free whatever happens, the next ones billed unless announced (carence inversée). */
export interface InverseWaiting extends Infer<typeof schema> {}

export const inverseWaiting: AbsencePart<InverseWaiting> = {
  schema,
  faults({ unlessNotice }, at, context, report) {
    if (unlessNotice) noticeFaults(unlessNotice, [...at, 'unlessNotice'], context, report);
  },
  line({ n, unit, billedNext, unlessNotice }, context) {
    const free = `${firstDays(n, unit)} ${n === 1 ? 'n’est pas dû' : 'ne sont pas dus'}`;
    const unless = unlessNotice
      ? `, sauf absence signalée ${deadlineLines(unlessNotice, context).join(CLAUSE)}`
      : '';
    return `${free}, ${nextDays(billedNext, unit)}${unless}`;
  },
  compile({ n, unit, billedNext, unlessNotice }, context) {
    const limitOf = unlessNotice && compileNotice(unlessNotice, context);
    return (absence) => {
      const { first, dates, days } = absence;
      const freeUntil = lastOf(n, unit, first, days);
      const isFree = (date: LocalDate): boolean => freeUntil !== undefined && date <= freeUntil;
      const firstBilled = dates.find((date) => !isFree(date));
      const billedUntil =
        billedNext === null ? undefined : lastOf(n + billedNext, unit, first, days);
      const limit = firstBilled && limitOf ? limitOf(absence, firstBilled) : 'never';
      const billed: Verdict | undefined = noticed(absence, limit)
        ? undefined
        : { due: true, why: 'not_announced', ...keptBy(limit) };
      return (date) => {
        if (isFree(date)) return { due: false, why: 'first_days_free' };
        return billedUntil === undefined || date <= billedUntil ? billed : undefined;
      };
    };
  },
};

function nextDays(billedNext: number | null, unit: InverseWaiting['unit']): string {
  if (billedNext === null) return 'les suivants restent dus';
  if (billedNext === 1) return 'le suivant reste dû';
  return `les ${billedNext}${NBSP}${unitWords[unit][1]} suivants restent dus`;
}
