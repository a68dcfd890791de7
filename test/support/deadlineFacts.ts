import { expect } from 'chai';
import {
  anyDeadline,
  compileDeadline,
  deadlineFaults,
  deadlineLines,
  type Deadline,
} from '../../src/domain/activity/ruleset/deadline/deadline.ts';
import type {
  ActWindow,
  Audience,
  DeadlineContext,
  Opening,
  RuleDays,
  RuleSession,
} from '../../src/domain/activity/ruleset/deadline/deadlineRule.ts';
import { conforms, faultsOf } from '../../src/domain/activity/ruleset/schema/schema.ts';
import { weekdayOf } from '../../src/domain/kernel/localDate.ts';
import {
  asInstant,
  localDateAt,
  localTimeAt,
  type Instant,
} from '../../src/domain/kernel/parisTime.ts';
import { isBefore, type Limit } from '../../src/domain/kernel/sessionTerms.ts';
import { isWorkingDay, type TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { day, hour, paris, townCalendar } from './townFacts.ts';

/** An activity of Monday, Tuesday, Thursday and Friday at noon. */
export const canteen: DeadlineContext = {
  serviceDays: ['MON', 'TUE', 'THU', 'FRI'],
  starts: [hour('12:00')],
  periods: {},
};

/** Holidays of autumn and of Christmas, Monday to Friday at 8. */
export const holidayCentre: DeadlineContext = {
  serviceDays: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
  starts: [hour('08:00')],
  periods: {
    'TOUSSAINT-2026': { name: 'Toussaint', from: day('2026-10-19'), to: day('2026-10-30') },
    'NOEL-2026': { name: 'Noël', from: day('2026-12-21'), to: day('2026-12-31') },
  },
};

/** The days of a town as an activity counts them: its service days without holidays and closures. */
export const ruleDays = (
  { serviceDays }: DeadlineContext,
  calendar: TownCalendar = townCalendar(),
): RuleDays => ({
  isPublicHoliday: (date) => calendar.publicHoliday(date) !== undefined,
  isWorkingDay: (date) => isWorkingDay(calendar, date),
  isServiceDay: (date) =>
    serviceDays.includes(weekdayOf(date)) &&
    calendar.publicHoliday(date) === undefined &&
    calendar.closure(date) === undefined,
});

export interface Around {
  readonly context?: DeadlineContext;
  readonly calendar?: TownCalendar;
  readonly audience?: Audience;
}

/** `2026-11-16`: the session of that day at its activity's hour; `2026-11-16 08:30` at another. */
export function sessionOf(
  when: string,
  { starts, periods }: DeadlineContext = canteen,
): RuleSession {
  const [date = '', start = starts[0] ?? '12:00'] = when.split(' ');
  const found = Object.entries(periods).find(([, { from, to }]) => from <= date && date <= to);
  const session = { date: day(date), startsAt: paris(`${date} ${start}`) };
  return found ? { ...session, period: found[0], periodStart: found[1].from } : session;
}

/** What a deadline says of one session. */
export const opening = (
  deadline: Deadline,
  when: string,
  { context = canteen, calendar, audience = 'all' }: Around = {},
): Opening =>
  compileDeadline(deadline, context)(
    sessionOf(when, context),
    ruleDays(context, calendar),
    audience,
  );

export function windowOf(deadline: Deadline, when: string, around?: Around): ActWindow {
  const found = opening(deadline, when, around);
  if (typeof found === 'string') expect.fail(found);
  return found;
}

/** `2026-11-13 09:00`, as clocks in France show it; the end of a day is the first minute of the next. */
export const shown = (at: Instant): string => `${localDateAt(at)} ${localTimeAt(at)}`;

/** The limit of a session as clocks show it. */
export const closes = (deadline: Deadline, when: string, around?: Around): string =>
  shown(windowOf(deadline, when, around).closes.at);

/** Whether an act at a moment is before the limit: `2026-11-13 09:00` in France, or an instant. */
export const inTime = (deadline: Deadline, when: string, act: string, around?: Around): boolean =>
  isBefore(
    act.includes(' ') ? paris(act) : asInstant(act),
    windowOf(deadline, when, around).closes,
  );

export const before = (at: string): Limit => ({ at: paris(at), boundary: 'exclusive' });
export const upTo = (at: string): Limit => ({ at: paris(at), boundary: 'inclusive' });

type Found = readonly [path: string, reason: string];
/** Every fault of what a town wrote, with its path. */
export function faultsIn(written: unknown, context: DeadlineContext = canteen): Found[] {
  const found: Found[] = faultsOf(anyDeadline, written).map(({ path, reason }) => [
    path.join('/'),
    reason,
  ]);
  if (conforms(anyDeadline, written))
    deadlineFaults(written, [], context, (path, reason) => found.push([path.join('/'), reason]));
  return found;
}

/** Its sentences; non-breaking spaces are shown as `~`. */
export const saidOf = (deadline: Deadline, context: DeadlineContext = canteen): string[] =>
  deadlineLines(deadline, context).map((line) => line.replaceAll('\u00a0', '~'));
