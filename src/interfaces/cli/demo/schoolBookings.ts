import type { ActivityKind } from '../../../domain/activity/activityTerms.ts';
import type { BookAct } from './demoActs.ts';
import type { DemoSetting } from './demoSetting.ts';
import type { Dice } from './dice.ts';
import { between, type FamilyVisits, type Rhythm } from './familyVisits.ts';
import { dayLength, hour, weekdayNumberOf, type Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';
import type { DemoSession } from './townSessions.ts';

const kinds = ['meal', 'beforeSchool', 'afterSchool'] as const;
type SchoolKind = (typeof kinds)[number];
const isSchoolKind = (kind: ActivityKind): kind is SchoolKind =>
  kinds.some((schoolKind) => schoolKind === kind);

/** How likely a child is to come on a given weekday of every week. */
const weekdayOdds: Readonly<Record<SchoolKind, readonly [full: number, part: number]>> = {
  meal: [1, 0.86],
  beforeSchool: [0.38, 0.1],
  afterSchool: [0.62, 0.28],
};
/** How likely a child of a family that books now and then is to come on a given day. */
const dailyOdds: Readonly<Record<SchoolKind, number>> = {
  meal: 0.13,
  beforeSchool: 0.02,
  afterSchool: 0.05,
};

export interface Booking {
  readonly child: DemoChild;
  readonly session: DemoSession;
  readonly at: Moment;
}

/** What families book at school: meals, mornings, evenings. Never full: accepted at once. */
export class SchoolBookings {
  private readonly work: Dice;
  private readonly rhythm: Dice;
  private readonly weekday: Dice;
  private readonly day: Dice;
  private readonly change: Dice;
  private readonly changeAt: Dice;

  constructor(private readonly setting: DemoSetting) {
    const { dice } = setting;
    this.work = dice('work');
    this.rhythm = dice('rhythm');
    this.weekday = dice('weekday');
    this.day = dice('day');
    this.change = dice('change');
    this.changeAt = dice('changeAt');
  }

  /** Bookings of one session, the demo guardian's children aside. */
  bookingsOf(session: DemoSession, visits: FamilyVisits): Booking[] {
    const { kind } = session.activity;
    if (!isSchoolKind(kind)) return [];
    const bookings: Booking[] = [];
    for (const child of this.setting.childrenOf(session.activity)) {
      const rhythm = this.rhythmFor(child, session, kind);
      if (!rhythm || child.homes[0].index === 0) continue;
      if (session.day < this.setting.servedFrom(child, session.activity)) continue;
      const at = visits.momentFor(rhythm, child, session);
      if (at !== undefined) bookings.push({ child, session, at });
    }
    return bookings;
  }

  /** The booking, and its cancellation if the family changed its mind: mostly in time. */
  actsOf({ child, session, at }: Booking, closedAt: Moment | undefined): BookAct[] {
    const { activity, date, day } = session;
    const by = this.setting.bookerOf(child, day);
    const end = Math.min(this.setting.until, closedAt ?? Number.POSITIVE_INFINITY);
    if (at >= end) return [];
    const place = { activityId: activity.activityId, date, childId: child.childId, by };
    const reserve: BookAct = { kind: 'reserve', at, ...place };
    const cancelAt = this.cancellationOf(child, session, at);
    return cancelAt === undefined || cancelAt >= end
      ? [reserve]
      : [reserve, { kind: 'cancel', at: cancelAt, ...place }];
  }

  private rhythmFor(child: DemoChild, session: DemoSession, kind: SchoolKind): Rhythm | undefined {
    const home = child.homes[0].index;
    const work = this.work(home);
    const ofDay = this.day(child.index, session.day, kinds.indexOf(kind));
    if (work >= 0.69) return ofDay < dailyOdds[kind] ? 'sometimes' : undefined;
    const weekday = weekdayNumberOf(session.day);
    const odds = weekdayOdds[kind][work < 0.28 ? 0 : 1];
    const usual = this.weekday(child.index, weekday, kinds.indexOf(kind)) < odds;
    if (!usual || ofDay > 0.95) return undefined;
    return this.rhythm(home) < 0.45 ? 'year' : 'month';
  }

  private cancellationOf(child: DemoChild, session: DemoSession, at: Moment): Moment | undefined {
    const chance = this.change(child.index, session.startsAt / 60_000);
    if (chance > 0.034) return undefined;
    const when = this.changeAt(child.index, session.day);
    const { cancellationEnds, startsAt } = session;
    if (chance < 0.008)
      return between(Math.max(at + hour, cancellationEnds), startsAt - hour / 2, when);
    const from = Math.max(at + hour, cancellationEnds - 12 * dayLength);
    return between(from, cancellationEnds - hour / 2, when);
  }
}
