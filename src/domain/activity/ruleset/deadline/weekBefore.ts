import { weekdays } from '../../../kernel/localDate.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, localTime, weekday, whole } from '../schema/values.ts';
import { boundary, datedRule, dayOfWeekBefore, holidayShift } from './dated.ts';
import type { DeadlineShape } from './deadlineRule.ts';
import { shiftLines, untilWords } from './limitLines.ts';
import { shiftFaults, tooLateOnItsDay } from './tooLate.ts';
import { inWeekWords, weekdayWord } from './weekdayLines.ts';

const schema = object({
  type: literal('week_before'),
  weekday,
  /** Weeks before that of the session: 0 is the same week. */
  weeks: whole(0, 52),
  at: localTime,
  boundary,
  holidayShift,
});
/** A weekday of the Nth week before: the whole week closes at once, Monday to Sunday. */
export interface WeekBefore extends Infer<typeof schema> {}

export const weekBefore: DeadlineShape<WeekBefore> = {
  schema,
  faults({ weekday, weeks, at: hour, boundary, holidayShift }, at, context, report) {
    for (const day of weeks === 0 ? context.serviceDays : []) {
      const days = weekdays.indexOf(day) - weekdays.indexOf(weekday);
      if (days < 0)
        report([...at, 'weekday'], `Cette limite tombe après la séance du ${weekdayWord(day)}.`);
      const reason = days === 0 && tooLateOnItsDay(hour, boundary, context);
      if (reason) report([...at, 'at'], reason);
    }
    shiftFaults(holidayShift, boundary, at, context, report);
  },
  lines: ({ weekday, weeks, at, boundary, holidayShift }) => [
    `${untilWords(inWeekWords(weekday, weeks), at, boundary)}, pour toute la semaine`,
    ...shiftLines(holidayShift, boundary),
  ],
  compile: ({ weekday, weeks, at, ...dated }) =>
    datedRule(dated, ({ date }) => ({ day: dayOfWeekBefore(date, weekday, weeks), at })),
};
