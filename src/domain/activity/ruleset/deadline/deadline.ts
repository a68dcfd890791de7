import { isBefore, type Limit } from '../../../kernel/sessionTerms.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import { reference, variants } from '../schema/structures.ts';
import { clearDays, type ClearDays } from './clearDays.ts';
import { dateList, type DateList } from './dateList.ts';
import type { DeadlineContext, DeadlineRule, DeadlineShape } from './deadlineRule.ts';
import { monthCutoff, type MonthCutoff } from './monthCutoff.ts';
import { never, type Never } from './never.ts';
import { none, type None } from './none.ts';
import { offset, type Offset } from './offset.ts';
import { sameDay, type SameDay } from './sameDay.ts';
import { weekBefore, type WeekBefore } from './weekBefore.ts';
import { weekdayTable, type WeekdayTable } from './weekdayTable.ts';
import { window, type Window } from './window.ts';

/** When an act closes: the shapes seen in real regulations, each in a file of its own. */
export type Deadline =
  | None
  | Never
  | Offset
  | ClearDays
  | WeekdayTable
  | WeekBefore
  | MonthCutoff
  | DateList
  | Window
  | SameDay;

type Shapes = { readonly [T in Deadline['type']]: DeadlineShape<Extract<Deadline, { type: T }>> };
const shapes: Shapes = {
  none,
  never,
  offset,
  clear_days: clearDays,
  weekday_table: weekdayTable,
  week_before: weekBefore,
  month_cutoff: monthCutoff,
  date_list: dateList,
  window,
  same_day: sameDay,
};

const schema: Schema<Deadline> = variants<Deadline>('type', () =>
  Object.fromEntries(Object.entries(shapes).map(([type, shape]) => [type, shape.schema])),
);
/** Any deadline, where a rule holds one. */
export const anyDeadline: Schema<Deadline> = reference('deadline', () => schema);
/** What the published schema refers to. */
export const deadlineDefinitions: Readonly<Record<string, Schema<unknown>>> = { deadline: schema };

const shapeOf = (deadline: Deadline): DeadlineShape<Deadline> =>
  shapes[deadline.type] as unknown as DeadlineShape<Deadline>;

export const deadlineFaults = (
  deadline: Deadline,
  at: Path,
  context: DeadlineContext,
  report: Report,
): void => shapeOf(deadline).faults(deadline, at, context, report);

export const deadlineLines = (deadline: Deadline, context: DeadlineContext): readonly string[] =>
  shapeOf(deadline).lines(deadline, context);

/** The window of an act; never open once the session has begun. */
export function compileDeadline(deadline: Deadline, context: DeadlineContext): DeadlineRule {
  const rule = shapeOf(deadline).compile(deadline, context);
  return (session, days, audience) => {
    const opening = rule(session, days, audience);
    if (typeof opening === 'string') return opening;
    const start: Limit = { at: session.startsAt, boundary: 'exclusive' };
    return isBefore(opening.closes.at, start) ? opening : { ...opening, closes: start };
  };
}
