import { isId, type ActivityId, type ChildId } from '../../../domain/kernel/ids.ts';
import { isLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';

/** A box that was ticked: one child, one activity, one day. */
export interface Tick {
  readonly value: string;
  readonly childId: ChildId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
}

function parse(value: string): Tick | undefined {
  const [childId = '', activityId = '', date = '', ...more] = value.split('|');
  if (more.length > 0 || !isId(childId) || !isId(activityId) || !isLocalDate(date))
    return undefined;
  return { value, childId: childId as ChildId, activityId: activityId as ActivityId, date };
}

/** Values of one name in a form or an address: none, one or several. */
export const valuesOf = (field: unknown): string[] =>
  (Array.isArray(field) ? field : [field]).filter((value) => typeof value === 'string');

/** In the order of days. */
export const byDay = (ticks: readonly Tick[]): Tick[] =>
  [...ticks].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/** The boxes ticked under one name, once each, in the order of days. What was never a box is dropped. */
export const ticksOf = (field: unknown): Tick[] =>
  byDay([...new Set(valuesOf(field))].flatMap((value) => parse(value) ?? []));
