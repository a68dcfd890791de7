import { weekdayOf, type LocalDate } from '../../../kernel/localDate.ts';
import { isWorkingDay, type TownCalendar } from '../../../kernel/townCalendar.ts';
import { asLocalTime, parisInstant } from '../../../kernel/parisTime.ts';
import type { AbsenceDays } from '../absence/absencePart.ts';
import type { ActivityRules } from '../activityRules.ts';
import type { RuleSession } from '../deadline/deadlineRule.ts';
import type { Ruleset } from '../ruleset.ts';

/** Why an activity does not take place on a day. */
export type NoService = 'weekday' | 'public_holiday' | 'closure' | 'school_calendar' | 'period';

/** The days of one activity, as its ruleset and the calendar tell them. */
export interface ActivityDays extends AbsenceDays {
  readonly whyNoService: (date: LocalDate) => NoService | undefined;
}

interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly activities?: readonly string[];
}
const concerns = ({ from, to, activities }: Days, name: string, date: LocalDate): boolean =>
  from <= date && date <= to && (!activities || activities.includes(name));

/** The end of a day on which the hours of a session are not told: nothing of that day is after its beginning. */
const END_OF_DAY = asLocalTime('24:00');

/** Joins the town's calendar with the closures and extra days of its ruleset. */
export function activityDays(
  { calendar: own = {} }: Pick<Ruleset, 'calendar'>,
  name: string,
  { serviceDays, season, slot, periods }: ActivityRules,
  calendar: TownCalendar,
): ActivityDays {
  const extra = (own.extraServiceDays ?? []).map(({ date, ...day }) => ({
    from: date,
    to: date,
    ...day,
  }));
  const isExtra = (date: LocalDate): boolean => extra.some((day) => concerns(day, name, date));
  const isClosed = (date: LocalDate): boolean =>
    calendar.closure(date) !== undefined ||
    (own.closures ?? []).some((closure) => concerns(closure, name, date));
  const periodOn = (date: LocalDate) =>
    Object.entries(periods ?? {}).find(([, { from, to }]) => from <= date && date <= to);
  const whyNoService = (date: LocalDate): NoService | undefined => {
    if (isExtra(date)) return undefined;
    if (!serviceDays.includes(weekdayOf(date))) return 'weekday';
    if (calendar.publicHoliday(date) !== undefined) return 'public_holiday';
    if (isClosed(date)) return 'closure';
    const onHoliday = calendar.schoolHoliday(date) !== undefined;
    if (season !== 'all_year' && onHoliday !== (season === 'school_holidays'))
      return 'school_calendar';
    return periods && !periodOn(date) ? 'period' : undefined;
  };
  return {
    whyNoService,
    isServiceDay: (date) => whyNoService(date) === undefined,
    isPublicHoliday: (date) => calendar.publicHoliday(date) !== undefined,
    isWorkingDay: (date) => isWorkingDay(calendar, date) && !isClosed(date),
    sessionOn(date): RuleSession {
      const period = periodOn(date);
      const startsAt = parisInstant(date, slot?.start ?? END_OF_DAY);
      return period
        ? { date, startsAt, period: period[0], periodStart: period[1].from }
        : { date, startsAt };
    },
  };
}
