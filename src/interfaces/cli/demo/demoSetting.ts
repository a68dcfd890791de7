import { ageOn } from '../../../domain/kernel/localDate.ts';
import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';
import { groupOf } from '../../../domain/reservation/placement.ts';
import type { Booker } from './demoActs.ts';
import { pick, type DiceBox } from './dice.ts';
import { centres, townActivities, type CentrePlaces, type DemoActivity } from './townActivities.ts';
import { dayNumberOf, mondayOf, schoolYearInMind, schoolYearStart } from './townDays.ts';
import type { DayNumber, Moment, TownDays } from './townDays.ts';
import { townFamilies, type DemoChild, type DemoFamilies } from './townFamilies.ts';
import type { DemoSession, SessionRules } from './townSessions.ts';

/** The town, its people and its present moment: what every part of the plan looks at. */
export class DemoSetting {
  readonly days: TownDays;
  readonly families: DemoFamilies;
  readonly activities: readonly DemoActivity[];
  /** The school year in mind: its first calendar year. */
  readonly year: number;
  /** Nobody acts later: yesterday at 22 h. */
  readonly until: Moment;
  /** Staff have answered what was asked before: a working day lies between this and `until`. */
  readonly answeredUntil: Moment;
  private readonly sessions = new Map<DemoActivity, Map<DayNumber, DemoSession | undefined>>();
  private readonly byActivity: ReadonlyMap<DemoActivity, readonly DemoChild[]>;

  constructor(
    private readonly rules: SessionRules,
    readonly dice: DiceBox,
    readonly today: DayNumber,
    homes: number,
  ) {
    this.days = rules.days;
    this.year = schoolYearInMind(today);
    this.until = this.days.at(today - 1, 22 * 60);
    this.answeredUntil = this.days.at(this.days.workingBefore(today, 2));
    this.families = townFamilies(homes, this.year, dice);
    this.activities = townActivities(centres.map((_, centre) => this.placesOf(centre)));
    this.byActivity = new Map(
      this.activities.map((activity) => [
        activity,
        this.families.children.filter(servedBy(activity)),
      ]),
    );
  }

  /** Nothing when the activity has no session that day. */
  sessionOf(activity: DemoActivity, day: DayNumber): DemoSession | undefined {
    let known = this.sessions.get(activity);
    if (!known)
      this.sessions.set(activity, (known = new Map<DayNumber, DemoSession | undefined>()));
    if (!known.has(day)) known.set(day, this.rules.sessionOf(activity, day));
    return known.get(day);
  }

  sessionsOn(day: DayNumber): DemoSession[] {
    return this.activities.flatMap((activity) => this.sessionOf(activity, day) ?? []);
  }

  /** Children of the school or of the leisure centre, whatever their age. */
  childrenOf(activity: DemoActivity): readonly DemoChild[] {
    return this.byActivity.get(activity) ?? [];
  }

  /** The first day on which a child may go there: when school begins, or the third birthday. */
  servedFrom(child: DemoChild, activity: DemoActivity): DayNumber {
    if ('school' in activity.serves) return schoolYearStart(this.year - child.level);
    return dayNumberOf(child.identity.birthDate) + Math.ceil(3 * 365.25);
  }

  /** The age group in which the child is counted that day, if the session is for it. */
  groupFor(child: DemoChild, session: DemoSession): AgeGroup | undefined {
    if (session.day < this.servedFrom(child, session.activity)) return undefined;
    const age = ageOn(child.identity.birthDate, session.date);
    return groupOf(session.terms.groups, age);
  }

  /** Who books for a child that day: separated parents take turns by the week, couples as it comes. */
  bookerOf(child: DemoChild, day: DayNumber): Booker {
    const [first, second] = child.homes;
    const home = second && Math.floor(mondayOf(day) / 7) % 2 === 0 ? second : first;
    return pick(home.bookers, this.dice('booker')(home.index, Math.floor(day / 31)) ** 1.6);
  }

  /** Places of a leisure centre: fewer than half of the children who go there at times. */
  private placesOf(centre: number): CentrePlaces {
    const count = (isSmall: boolean): number =>
      this.families.children.filter(
        (child) => child.leisure && child.centre === centre && child.level < 3 === isSmall,
      ).length;
    const places = (of: number): number => Math.max(2, Math.round(of * 0.42));
    return { small: places(count(true)), big: places(count(false)) };
  }
}

const servedBy =
  ({ serves }: DemoActivity) =>
  (child: DemoChild): boolean =>
    'school' in serves
      ? child.school === serves.school
      : child.leisure && child.centre === serves.centre;
