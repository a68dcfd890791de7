import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { whole } from '../schema/values.ts';
import type { AbsencePart } from './absencePart.ts';
import { counted, dayUnit, unitCount } from './absentDays.ts';

const schema = object({ n: whole(2, 366), unit: dayUnit });
/** Only an absence of so many days in a row is excused, and then as a whole. */
export interface MinConsecutive extends Infer<typeof schema> {}

export const minConsecutive: AbsencePart<MinConsecutive> = {
  schema,
  faults: () => undefined,
  line: ({ n, unit }) => `à partir de ${unitCount(n, unit)} d’absence de suite`,
  compile: ({ n, unit }) => {
    const short = { due: true, why: 'too_short' } as const;
    return ({ from, to, days }) => {
      const verdict = counted(unit, from, to, days).length < n ? short : undefined;
      return () => verdict;
    };
  },
};
