import { weekdayOf, weekdays } from '../../../kernel/localDate.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional, table } from '../schema/structures.ts';
import { literal, localTime, weekday, whole } from '../schema/values.ts';
import { boundary, datedRule, dayOfWeekBefore, holidayShift } from './dated.ts';
import type { DeadlineShape } from './deadlineRule.ts';
import { shiftLines } from './limitLines.ts';
import { shiftFaults, tooLateOnItsDay } from './tooLate.ts';
import { tableLines } from './weekdayLines.ts';

const row = object({
  /** The day on which it closes. */
  closes: weekday,
  /** Weeks before that of the session: 0 is the same week. */
  weeksBefore: whole(0, 52),
  /** Another hour than the table's. */
  at: optional(localTime),
});
const schema = object({
  type: literal('weekday_table'),
  rows: table(weekdays, row),
  at: localTime,
  boundary,
  holidayShift,
});
/** For each weekday served, the weekday and hour on which it closes. */
export interface WeekdayTable extends Infer<typeof schema> {}

export const weekdayTable: DeadlineShape<WeekdayTable> = {
  schema,
  faults({ rows, at: hour, boundary, holidayShift }, at, context, report) {
    for (const day of context.serviceDays)
      if (!rows[day])
        report([...at, 'rows', day], 'Ce jour est servi, et aucune ligne ne dit sa limite.');
    for (const day of weekdays) {
      const own = rows[day];
      if (own?.weeksBefore !== 0) continue;
      const days = weekdays.indexOf(day) - weekdays.indexOf(own.closes);
      const reason =
        days < 0
          ? 'Cette limite tombe après la séance.'
          : days === 0 && tooLateOnItsDay(own.at ?? hour, boundary, context);
      if (reason) report([...at, 'rows', day], reason);
    }
    shiftFaults(holidayShift, boundary, at, context, report);
  },
  lines: (deadline) => [
    ...tableLines(deadline),
    ...shiftLines(deadline.holidayShift, deadline.boundary),
  ],
  compile: ({ rows, at, ...dated }) =>
    datedRule(dated, ({ date }) => {
      const own = rows[weekdayOf(date)];
      return own && { day: dayOfWeekBefore(date, own.closes, own.weeksBefore), at: own.at ?? at };
    }),
};
