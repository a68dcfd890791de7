import { NBSP } from '../../../kernel/french/typography.ts';
import { localDateAt } from '../../../kernel/parisTime.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { oneOf, whole } from '../schema/values.ts';
import { warnedAt, type AbsencePart } from './absencePart.ts';
import { dayUnit, lastOf, unitWords, type DayUnit } from './absentDays.ts';

const schema = object({
  n: whole(1, 31),
  unit: dayUnit,
  /** Counted from the day of the family's warning, or from the first day of absence; that day is the first counted. */
  from: oneOf('notice', 'first_absence'),
});
/** Days that stay due although the absence is excused (délai de carence). */
export interface Waiting extends Infer<typeof schema> {}

const few = ['', 'le premier', 'les deux premiers', 'les trois premiers', 'les quatre premiers'];

/** « les trois premiers jours ouvrés » */
export const firstDays = (n: number, unit: DayUnit): string =>
  `${few[n] ?? `les ${n}${NBSP}premiers`} ${unitWords[unit][n === 1 ? 0 : 1]}`;

export const waiting: AbsencePart<Waiting> = {
  schema,
  faults: () => undefined,
  line({ n, unit, from }) {
    const since = from === 'notice' ? 'du jour où vous prévenez' : 'du premier jour d’absence';
    return `${firstDays(n, unit)} à compter ${since} ${n === 1 ? 'reste dû' : 'restent dus'}`;
  },
  compile({ n, unit, from }) {
    return (absence) => {
      const warned = warnedAt(absence);
      const start = from === 'first_absence' ? absence.first : warned && localDateAt(warned);
      if (start === undefined) return () => ({ due: true, why: 'no_notice' });
      const last = lastOf(n, unit, start, absence.days);
      return (date) =>
        last !== undefined && date <= last ? { due: true, why: 'waiting' } : undefined;
    };
  },
};
