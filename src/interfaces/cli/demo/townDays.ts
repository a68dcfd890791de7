import { asLocalDate, type LocalDate } from '../../../domain/kernel/localDate.ts';
import { asLocalTime, parisInstant } from '../../../domain/kernel/parisTime.ts';
import { isWorkingDay, type TownCalendar } from '../../../domain/kernel/townCalendar.ts';

/** Days since 1 January 1970: a year of a town asks for dates a hundred thousand times. */
export type DayNumber = number;
/** Milliseconds since 1 January 1970, UTC. */
export type Moment = number;

export const dayLength = 86_400_000;
export const hour = 3_600_000;

export const dayNumberOf = (date: LocalDate): DayNumber => Date.parse(date) / dayLength;
/** 0 for Monday to 6 for Sunday. */
export const weekdayNumberOf = (day: DayNumber): number => (day + 3) % 7;
export const mondayOf = (day: DayNumber): DayNumber => day - weekdayNumberOf(day);

function kept<T>(make: (day: DayNumber) => T): (day: DayNumber) => T {
  const made = new Map<DayNumber, T>();
  return (day) => {
    const known = made.get(day);
    if (known !== undefined) return known;
    const fresh = make(day);
    made.set(day, fresh);
    return fresh;
  };
}

const midnight = asLocalTime('00:00');

/** The town's days, each worked out once. */
export class TownDays {
  readonly dateOf = kept((day): LocalDate =>
    asLocalDate(new Date(day * dayLength).toISOString().slice(0, 10)),
  );
  readonly isWorking = kept((day) => isWorkingDay(this.calendar, this.dateOf(day)));
  private readonly startOf = kept((day) => Date.parse(parisInstant(this.dateOf(day), midnight)));

  constructor(readonly calendar: TownCalendar) {}

  /** The moment some minutes after midnight in France; elapsed minutes on the two days when clocks change. */
  at(day: DayNumber, minutes = 0): Moment {
    return this.startOf(day) + Math.round(minutes) * 60_000;
  }

  /** The day in France that holds a moment. */
  dayAt(moment: Moment): DayNumber {
    const day = Math.floor(moment / dayLength);
    return this.startOf(day + 1) <= moment ? day + 1 : day;
  }

  /** The first working day after this one. */
  workingAfter(day: DayNumber): DayNumber {
    let next = day + 1;
    while (!this.isWorking(next)) next += 1;
    return next;
  }

  /** The working day `count` working days before this one. */
  workingBefore(day: DayNumber, count: number): DayNumber {
    let before = day;
    for (let left = count; left > 0; left -= 1) {
      before -= 1;
      while (!this.isWorking(before)) before -= 1;
    }
    return before;
  }

  /** First day of the month that holds this day, or of one of the months around it. */
  firstOfMonth(day: DayNumber, months = 0): DayNumber {
    const date = new Date(day * dayLength);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / dayLength;
  }
}

/** First day of a school year: 1 September. */
export const schoolYearStart = (year: number): DayNumber => Date.UTC(year, 8, 1) / dayLength;

/** The year in which the school year of this day began. */
export function schoolYearOf(day: DayNumber): number {
  const year = new Date(day * dayLength).getUTCFullYear();
  return day >= schoolYearStart(year) ? year : year - 1;
}

/** The school year that a family has in mind: from the summer holidays on, the one that comes. */
export const schoolYearInMind = (today: DayNumber): number => schoolYearOf(today + 58);
