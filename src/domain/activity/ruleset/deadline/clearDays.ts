import { plural } from '../../../kernel/french/words.ts';
import { addDays } from '../../../kernel/localDate.ts';
import { asLocalTime } from '../../../kernel/parisTime.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { literal, whole } from '../schema/values.ts';
import { anchor, anchorDay, anchorFaults, daysBeforeWords } from './anchor.ts';
import { boundary, datedRule, holidayShift } from './dated.ts';
import type { DeadlineShape } from './deadlineRule.ts';
import { latestWords, shiftLines } from './limitLines.ts';
import { shiftFaults } from './tooLate.ts';

const schema = object({
  type: literal('clear_days'),
  /** Whole days that lie between the act and the session: neither the one nor the other counts. */
  n: whole(1, 366),
  anchor,
  /** A day ends when the next begins: `exclusive` where nothing is said. */
  boundary: optional(boundary),
  holidayShift,
});
/** « 7 jours francs »: until the end of the eighth day before. */
export interface ClearDays extends Infer<typeof schema> {}

const endOfDay = asLocalTime('24:00');

export const clearDays: DeadlineShape<ClearDays> = {
  schema,
  faults({ anchor, boundary = 'exclusive', holidayShift }, at, context, report) {
    anchorFaults(anchor, at, context, report);
    shiftFaults(holidayShift, boundary, at, context, report);
  },
  lines({ n, anchor, boundary = 'exclusive', holidayShift }) {
    const clear = plural(n, 'jour franc', 'jours francs');
    const latest = latestWords(daysBeforeWords(n + 1, 'calendar_day', anchor), endOfDay, boundary);
    return [`${latest}, soit ${clear}`, ...shiftLines(holidayShift, boundary)];
  },
  compile: ({ n, anchor, boundary = 'exclusive', holidayShift }) =>
    datedRule({ boundary, holidayShift }, (session) => {
      const day = anchorDay(anchor, session);
      return day && { day: addDays(day, -(n + 1)), at: endOfDay };
    }),
};
