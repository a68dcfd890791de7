import { NBSP } from '../../../kernel/french/typography.ts';
import { addDays, type LocalDate } from '../../../kernel/localDate.ts';
import {
  addHours,
  asLocalTime,
  localDateAt,
  localTimeAt,
  parisInstant,
  type Instant,
} from '../../../kernel/parisTime.ts';
import type { Infer } from '../schema/schema.ts';
import { object, variants } from '../schema/structures.ts';
import { literal, localTime, whole } from '../schema/values.ts';
import { anchor, anchorDay, anchorFaults, daysBeforeWords, type DayUnit } from './anchor.ts';
import {
  boundary,
  datedRule,
  holidayShift,
  printedWindows,
  shifted,
  type HolidayShift,
} from './dated.ts';
import type { DeadlineRule, DeadlineShape, RuleDays } from './deadlineRule.ts';
import { latestWords, shiftLines } from './limitLines.ts';
import { shiftFaults, tooLateOnItsDay } from './tooLate.ts';
import { weekdayHoursBefore } from './weekdayHours.ts';

const days = <const U extends DayUnit>(unit: U) =>
  object({
    type: literal('offset'),
    n: whole(0, 366),
    unit: literal(unit),
    at: localTime,
    anchor,
    boundary,
    holidayShift,
  });
const hours = <const U extends 'hour' | 'hour_excl_weekend'>(unit: U) =>
  object({
    type: literal('offset'),
    n: whole(1, 2000),
    unit: literal(unit),
    anchor: literal('slot_start'),
    boundary,
    holidayShift,
  });
const units = {
  calendar_day: days('calendar_day'),
  working_day: days('working_day'),
  service_day: days('service_day'),
  hour: hours('hour'),
  hour_excl_weekend: hours('hour_excl_weekend'),
} as const;

/** N days before, at an hour; the day itself is not counted. */
export type DayOffset = Infer<(typeof units)[DayUnit]>;
/** N elapsed hours before the slot begins. */
export type HourOffset = Infer<(typeof units)['hour' | 'hour_excl_weekend']>;
/** So many days or hours before. */
export type Offset = DayOffset | HourOffset;

export const offset: DeadlineShape<Offset> = {
  schema: variants<Offset>('unit', () => units),
  faults(deadline, at, context, report) {
    const { boundary, holidayShift } = deadline;
    if (isOfDays(deadline)) {
      anchorFaults(deadline.anchor, at, context, report);
      const reason = deadline.n === 0 && tooLateOnItsDay(deadline.at, boundary, context);
      if (reason) report([...at, 'at'], reason);
    }
    shiftFaults(holidayShift, boundary, at, context, report);
  },
  lines: (deadline) => [
    isOfDays(deadline)
      ? latestWords(
          daysBeforeWords(deadline.n, deadline.unit, deadline.anchor),
          deadline.at,
          deadline.boundary,
        )
      : hourLine(deadline),
    ...shiftLines(deadline.holidayShift, deadline.boundary),
  ],
  compile: (deadline) => (isOfDays(deadline) ? dayRule(deadline) : hourRule(deadline)),
};

const isOfDays = (deadline: Offset): deadline is DayOffset => 'at' in deadline;

/** « au moins 48 heures » holds the forty-eighth hour sharp, « plus de 48 heures » leaves it out. */
function hourLine({ n, unit, boundary }: HourOffset): string {
  const hours = n === 1 ? 'une heure' : `${n}${NBSP}heures`;
  const more = n === 1 ? 'plus d’' : 'plus de ';
  const least = boundary === 'inclusive' ? 'au moins ' : more;
  const skips = unit === 'hour' ? '' : ', sans compter le samedi ni le dimanche';
  return `${least}${hours} avant la séance${skips}`;
}

function dayRule({ n, unit, at, anchor, ...dated }: DayOffset): DeadlineRule {
  return datedRule(dated, (session, days) => {
    const from = anchorDay(anchor, session);
    const day = from && daysBefore(from, n, unit, days);
    return day && { day, at };
  });
}

/** Days looked back while counting: ten years. A town that never works sets no limit. */
const farthest = 3660;

function daysBefore(
  from: LocalDate,
  n: number,
  unit: DayUnit,
  { isWorkingDay, isServiceDay }: RuleDays,
): LocalDate | undefined {
  if (unit === 'calendar_day') return addDays(from, -n);
  const counts = unit === 'working_day' ? isWorkingDay : isServiceDay;
  let [day, left] = [from, n];
  for (let back = 0; left > 0; back += 1) {
    if (back === farthest) return undefined;
    day = addDays(day, -1);
    if (counts(day)) left -= 1;
  }
  return day;
}

function hourRule({ n, unit, boundary: side, holidayShift: shift }: HourOffset): DeadlineRule {
  const printed = printedWindows(shift, side);
  const before =
    unit === 'hour'
      ? (startsAt: Instant) => addHours(startsAt, -n)
      : (startsAt: Instant) => weekdayHoursBefore(startsAt, n);
  return ({ date, startsAt }, days) =>
    printed.get(date) ?? {
      closes: { at: movedOff(shift, before(startsAt), days), boundary: side },
    };
}

/** Off a holiday, to the same hour; a limit at midnight belongs to the day that ends. */
function movedOff(shift: HolidayShift, limit: Instant, days: RuleDays): Instant {
  if (typeof shift === 'object' || shift === 'none') return limit;
  const shown = localTimeAt(limit);
  const [day, at] =
    shown === '00:00'
      ? [addDays(localDateAt(limit), -1), asLocalTime('24:00')]
      : [localDateAt(limit), shown];
  const moved = shifted(shift, day, days);
  return moved === day ? limit : parisInstant(moved, at);
}
