import { parisInstant } from '../../../kernel/parisTime.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { literal, localTime } from '../schema/values.ts';
import { boundary } from './dated.ts';
import type { DeadlineShape } from './deadlineRule.ts';
import { clockWords, hourWords, latestWords } from './limitLines.ts';
import { tooLateOnItsDay } from './tooLate.ts';

const schema = object({
  type: literal('same_day'),
  /** Where the act is open on the day alone, from this hour on. */
  from: optional(localTime),
  until: localTime,
  boundary,
});
/** On the day of the session, until an hour or between two hours. */
export interface SameDay extends Infer<typeof schema> {}

export const sameDay: DeadlineShape<SameDay> = {
  schema,
  faults({ from, until, boundary }, at, context, report) {
    if (from !== undefined && from >= until)
      report([...at, 'from'], 'L’heure d’ouverture ne précède pas l’heure de fermeture.');
    const reason = tooLateOnItsDay(until, boundary, context);
    if (reason) report([...at, 'until'], reason);
  },
  lines: ({ from, until, boundary }) => [
    from === undefined
      ? latestWords('le jour même', until, boundary)
      : `le jour même, à partir de ${clockWords(from)} et ${hourWords(until, boundary)}`,
  ],
  compile({ from, until, boundary: side }) {
    return ({ date }) => {
      const closes = { at: parisInstant(date, until), boundary: side };
      return from === undefined ? { closes } : { opensAt: parisInstant(date, from), closes };
    };
  },
};
