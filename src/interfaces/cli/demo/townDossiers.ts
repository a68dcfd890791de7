import { asLocalDate } from '../../../domain/kernel/localDate.ts';
import type { Dossiers } from './demoActs.ts';
import type { DemoSetting } from './demoSetting.ts';
import { schoolClasses } from './schoolClasses.ts';
import type { DemoActivity } from './townActivities.ts';
import type { DayNumber, Moment } from './townDays.ts';
import type { DemoChild } from './townFamilies.ts';

const minute = 60_000;
const lastLevel = schoolClasses.length - 1;

const activitiesOf = (setting: DemoSetting, child: DemoChild): DemoActivity[] =>
  setting.activities.filter((activity) => setting.childrenOf(activity).includes(child));

/** What the family desk wrote in the weeks before the portal opened. */
export function townDossiers(setting: DemoSetting, opening: DayNumber): Dossiers {
  const { days, families, activities, dice, year } = setting;
  const openingDate = days.dateOf(opening);
  const definedAt = days.at(days.workingBefore(opening, 21), 10 * 60);
  const desk = (home: number): Moment =>
    days.at(days.workingBefore(opening, 2 + Math.floor(dice('desk')(home) * 15)), 9 * 60) +
    Math.floor(dice('deskAt')(home) * 450) * minute;
  return {
    activities: activities.map(({ activityId, kind, name, facility, terms }, index) => ({
      definition: { activityId, kind, name, facility, terms, effectiveFrom: openingDate },
      at: definedAt + index * 4 * minute,
    })),
    families: families.homes.map(({ index, family }) => ({ family, at: desk(index) })),
    children: families.children.map(({ childId, identity, homes }) => ({
      child: { childId, familyId: homes[0].family.familyId, identity },
      at: desk(homes[0].index) + 2 * minute,
    })),
    secondHouseholds: families.children.flatMap(({ childId, homes: [first, second] }) =>
      second
        ? [
            {
              childId,
              familyId: second.family.familyId,
              at: Math.max(desk(first.index), desk(second.index)) + 5 * minute,
            },
          ]
        : [],
    ),
    enrolments: families.children.flatMap((child) =>
      activitiesOf(setting, child).map((activity) => {
        const { activityId } = activity;
        const from = days.dateOf(Math.max(opening, setting.servedFrom(child, activity)));
        const leaves = child.level === lastLevel;
        const at = desk(child.homes[0].index) + 8 * minute;
        return {
          childId: child.childId,
          enrolment: leaves
            ? { activityId, from, to: asLocalDate(`${year + 1}-08-31`) }
            : { activityId, from },
          at,
        };
      }),
    ),
  };
}
