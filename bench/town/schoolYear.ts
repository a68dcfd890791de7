import { sessionOn } from '../../src/domain/activity/sessionOn.ts';
import { activity as activityDecider, type Activity } from '../../src/domain/activity/activity.ts';
import { fold } from '../../src/domain/kernel/decider.ts';
import type { ActivityId } from '../../src/domain/kernel/ids.ts';
import { daysOf, type YearMonth } from '../../src/domain/kernel/localDate.ts';
import type { Session } from '../../src/domain/kernel/sessionTerms.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { openedAt, activityOf, familiesWith, type BenchTown } from './benchTown.ts';
import { leisureTerms, schoolTerms } from './townTerms.ts';

const childrenPerSchool = 200;

/** A town with a school for two hundred children, each with five activities: three at school, two at its centre. */
export function schoolTown(children: number): BenchTown {
  const schools = Math.ceil(children / childrenPerSchool);
  const activities = Array.from({ length: schools }, (_, school) => [
    activityOf(`matin-${school}`, 'beforeSchool', 'Garderie du matin', schoolTerms(100, 120)),
    activityOf(`cantine-${school}`, 'meal', 'Cantine', schoolTerms(140, 299)),
    activityOf(`soir-${school}`, 'afterSchool', 'Garderie du soir', schoolTerms(100, 185)),
    activityOf(
      `mercredi-${school}`,
      'wednesday',
      'Mercredi loisirs',
      leisureTerms('schoolTerm', 32),
    ),
    activityOf(
      `vacances-${school}`,
      'holidays',
      'Accueil des vacances',
      leisureTerms('schoolHolidays', 24),
    ),
  ]);
  const activitiesOf = (child: number) =>
    (activities[Math.floor(child / childrenPerSchool)] ?? []).map(({ activityId }) => activityId);
  return { activities: activities.flat(), families: familiesWith(children, activitiesOf) };
}

/** What the rules say about each session of a town, worked out once. */
export class TownSessions {
  private readonly states: ReadonlyMap<ActivityId, Activity>;
  private readonly known = new Map<string, readonly Session[]>();

  constructor(
    town: BenchTown,
    readonly calendar: TownCalendar,
  ) {
    this.states = new Map(
      town.activities.map((definition) => [
        definition.activityId,
        fold(activityDecider, [{ type: 'ActivityDefined' as const, ...definition }]),
      ]),
    );
  }

  /** The sessions of a month, in order. */
  of(activityId: ActivityId, month: YearMonth): readonly Session[] {
    const key = `${activityId}/${month}`;
    let found = this.known.get(key);
    if (!found) {
      const state = this.states.get(activityId) ?? activityDecider.initial;
      found = daysOf(month)
        .map((date) => sessionOn(state, date, openedAt, this.calendar))
        .filter((terms) => terms.status === 'session');
      this.known.set(key, found);
    }
    return found;
  }
}
