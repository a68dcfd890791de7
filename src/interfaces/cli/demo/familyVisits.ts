import type { DemoSetting } from './demoSetting.ts';
import { dayLength, hour, schoolYearOf, schoolYearStart } from './townDays.ts';
import type { DayNumber, Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';
import type { DemoSession } from './townSessions.ts';

/** How a family books: for the whole year at the start of September, month by month, or now and then. */
export type Rhythm = 'year' | 'month' | 'sometimes';

/** When families sit down to book. One visit serves several days and all the brothers and sisters. */
export class FamilyVisits {
  constructor(
    private readonly setting: DemoSetting,
    /** The portal opened that day: who would have come earlier came in the fortnight that followed. */
    private readonly opening: DayNumber = 0,
  ) {}

  /** Nobody books before. */
  get opensAt(): Moment {
    return this.setting.days.at(this.opening, 12 * 60);
  }

  /** When a place in this session was asked for; undefined when that would be too late, or is yet to come. */
  momentFor(rhythm: Rhythm, child: DemoChild, session: DemoSession): Moment | undefined {
    const asked = this.usualMoment(rhythm, child, session);
    const at = Math.max(asked, this.firstVisit(child));
    return at < Math.min(session.bookingEnds, this.setting.until) ? at : undefined;
  }

  /** As `momentFor`, for a week of holidays: a month before, give or take. */
  momentForHolidays(child: DemoChild, session: DemoSession, week: DayNumber): Moment | undefined {
    const { days, dice } = this.setting;
    const home = child.homes[0].index;
    const ahead = 15 + Math.floor(dice('holidayVisit')(home, week) * 40);
    const asked = days.at(week - ahead, this.evening(home, week));
    const at = Math.max(asked, this.firstVisit(child));
    return at < Math.min(session.bookingEnds, this.setting.until) ? at : undefined;
  }

  private usualMoment(rhythm: Rhythm, child: DemoChild, session: DemoSession): Moment {
    const { days, dice } = this.setting;
    const home = child.homes[0].index;
    switch (rhythm) {
      case 'year': {
        const year = schoolYearOf(session.day);
        const day =
          schoolYearStart(year) - 11 + Math.floor(dice('yearVisit')(home, year) ** 0.8 * 24);
        return days.at(day, this.evening(home, year));
      }
      case 'month': {
        const first = session.day - Number(session.date.slice(8)) + 1;
        const day = first - 5 - Math.floor(dice('monthVisit')(home, first) * 12);
        return days.at(day, this.evening(home, first));
      }
      case 'sometimes': {
        const ahead = 0.2 + dice('visit')(child.index, session.day) * 9;
        return Math.floor((session.bookingEnds - ahead * dayLength) / 60_000) * 60_000;
      }
    }
  }

  private firstVisit(child: DemoChild): Moment {
    if (this.opening === 0) return 0;
    const home = child.homes[0].index;
    const day = this.opening + Math.floor(this.setting.dice('firstVisit')(home) * 14);
    return this.setting.days.at(day, this.evening(home, 0));
  }

  /** Minutes after midnight: half past twelve, or after dinner. */
  private evening(home: number, occasion: number): number {
    const chance = this.setting.dice('evening')(home, occasion);
    return chance < 0.25 ? 12 * 60 + 30 + chance * 200 : 18 * 60 + chance * 230;
  }
}

/** A moment between two, to the minute; undefined when there is less than an hour between them. */
export const between = (from: Moment, to: Moment, chance: number): Moment | undefined =>
  to - from < hour ? undefined : Math.floor((from + chance * (to - from)) / 60_000) * 60_000;
