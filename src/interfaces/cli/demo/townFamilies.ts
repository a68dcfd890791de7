import type { ChildIdentity } from '../../../domain/child/child.ts';
import type { RegisterFamily } from '../../../domain/family/family.ts';
import { asId, type ChildId } from '../../../domain/kernel/ids.ts';
import { asLocalDate } from '../../../domain/kernel/localDate.ts';
import type { Booker } from './demoActs.ts';
import { demoFamily } from './demoPeople.ts';
import { pick, type DiceBox } from './dice.ts';
import { birthYearOf, schoolClasses } from './schoolClasses.ts';
import { schools } from './townActivities.ts';
import {
  communes,
  firstNames,
  lastNames,
  outsideCommunes,
  parentNames,
  streets,
} from './townNames.ts';

/** A household of the demo town. The first one is the demo guardian's. */
export interface DemoHome {
  readonly index: number;
  readonly family: RegisterFamily;
  readonly bookers: readonly Booker[];
  readonly school: number;
}

export interface DemoChild {
  readonly index: number;
  readonly childId: ChildId;
  readonly identity: ChildIdentity;
  /** Index of the class in `schoolClasses`. */
  readonly level: number;
  readonly school: number;
  readonly centre: number;
  /** Goes to the leisure centre too. */
  readonly leisure: boolean;
  /** One household, or two of separated parents who take turns by the week. */
  readonly homes: readonly [DemoHome, DemoHome?];
}

export interface DemoFamilies {
  readonly homes: readonly DemoHome[];
  readonly children: readonly DemoChild[];
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
const twoDigits = (number: number): string => String(number).padStart(2, '0');
const schoolOf = (chance: number): number => {
  let left = chance;
  const found = schools.findIndex(({ share }) => (left -= share) < 0);
  return found < 0 ? 0 : found;
};

/** Households where only one parent lives, whose child also lives with the other one, the household after it. */
const separated = [10, 20, 30];

function demoHome(): DemoHome {
  const { familyId, lastName, guardians, address } = demoFamily;
  const people = guardians.map(({ guardianId, firstName }, i) => ({
    guardianId,
    firstName,
    lastName,
    email: `${plain(firstName)}.${plain(lastName)}@example.fr`,
    phone: `06 00 00 00 ${twoDigits(i + 1)}`,
  }));
  const family = { familyId, resident: true, household: { guardians: people, address } };
  return {
    index: 0,
    family,
    bookers: people.map(({ guardianId }) => ({ familyId, guardianId })),
    school: 0,
  };
}

function homeOf(index: number, dice: DiceBox): DemoHome {
  if (index === 0) return demoHome();
  const other = separated.includes(index - 1) ? index - 1 : index;
  const school = schoolOf(dice('school')(other));
  const number = String(index + 1).padStart(3, '0');
  const familyId = asId('family', `famille-${number}`);
  const resident = dice('resident')(index) >= 0.08;
  const alone = other !== index || separated.includes(index) || dice('alone')(index) < 0.27;
  const lastName = pick(lastNames, dice('lastName')(index));
  const guardians = Array.from({ length: alone ? 1 : 2 }, (_, i) => {
    const firstName = pick(parentNames, dice('parentName')(index, i));
    const ownName = i === 1 && dice('ownName')(index) < 0.3;
    const name = ownName ? pick(lastNames, dice('otherName')(index)) : lastName;
    return {
      guardianId: asId('guardian', `responsable-${number}-${i + 1}`),
      firstName,
      lastName: name,
      email: `${plain(firstName)}.${plain(name)}.${number}${i === 0 ? '' : 'b'}@example.fr`,
      phone: `06 00 00 00 ${twoDigits(Math.floor(dice('phone')(index, i) * 100))}`,
    };
  });
  const places = resident ? (communes[school] ?? outsideCommunes) : outsideCommunes;
  const [commune, postcode] = pick(places, dice('commune')(index));
  const house = 1 + Math.floor(dice('house')(index) * 60);
  const address = `${house}, ${pick(streets, dice('street')(index))}\n${postcode} ${commune}`;
  return {
    index,
    family: { familyId, resident, household: { guardians, address } },
    bookers: guardians.map(({ guardianId }) => ({ familyId, guardianId })),
    school,
  };
}

/** How many children each household has: seven for four households, three at the most. */
function childrenPerHome(homes: number, dice: DiceBox): number[] {
  const counts = Array.from({ length: homes }, () => 1);
  counts[0] = 3;
  const fixed = new Set([0, ...separated, ...separated.map((index) => index + 1)]);
  const order = counts
    .map((_, index) => index)
    .filter((index) => !fixed.has(index))
    .sort((a, b) => dice('large')(a) - dice('large')(b));
  // The second household of separated parents has no other child: who lives in both is counted once.
  for (const index of separated) if (index + 1 < homes) counts[index + 1] = 0;
  let left = Math.round(homes * 1.75) - counts.reduce((sum, count) => sum + count, 0);
  const second = Math.min(order.length, Math.ceil(left * 0.72));
  for (const [rank, index] of [...order.slice(0, second), ...order].entries()) {
    const has = counts[index] ?? 1;
    if (left > 0 && has < (rank < second ? 2 : 3)) {
      counts[index] = has + 1;
      left -= 1;
    }
  }
  return counts;
}

/** Different classes for brothers and sisters. */
function levelsOf(home: DemoHome, count: number, dice: DiceBox): number[] {
  if (home.index === 0) return demoFamily.children.map(({ level }) => level);
  return schoolClasses
    .map((_, level) => level)
    .sort((a, b) => dice('level')(home.index, a) - dice('level')(home.index, b))
    .slice(0, count)
    .sort((a, b) => b - a);
}

/**
 * The people of the demo town, all invented: the same seed gives the same people. Classes are those of the school year
 * that begins in September of `year`; four hundred homes have seven hundred children.
 */
export function townFamilies(homes: number, year: number, dice: DiceBox): DemoFamilies {
  const all = Array.from({ length: homes }, (_, index) => homeOf(index, dice));
  const counts = childrenPerHome(homes, dice);
  // A small town sends more of its children to the leisure centre, so that it fills there too.
  const leisureShare = homes < 120 ? 0.75 : 0.3;
  const children: DemoChild[] = [];
  for (const home of all) {
    for (const [rank, level] of levelsOf(home, counts[home.index] ?? 1, dice).entries()) {
      const index = children.length;
      const known = home.index === 0 ? demoFamily.children[rank] : undefined;
      // The youngest were born early in the year: all are three when school begins.
      const month = 1 + Math.floor(dice('month')(index) * (level === 0 ? 5 : 12));
      const day = 1 + Math.floor(dice('day')(index) * 28);
      const second = separated.includes(home.index) ? all[home.index + 1] : undefined;
      children.push({
        index,
        childId: known?.childId ?? asId('child', `enfant-${String(index + 1).padStart(4, '0')}`),
        identity: {
          firstName: known?.firstName ?? pick(firstNames, dice('firstName')(index)),
          lastName: home.family.household.guardians[0]?.lastName ?? demoFamily.lastName,
          birthDate: asLocalDate(
            `${birthYearOf(level, year)}-${twoDigits(month)}-${twoDigits(day)}`,
          ),
          schoolClass: schoolClasses[level] ?? 'PS',
        },
        level,
        school: home.school,
        centre: schools[home.school]?.centre ?? 0,
        leisure: home.index === 0 || dice('leisure')(index) < leisureShare,
        homes: second ? [home, second] : [home],
      });
    }
  }
  return { homes: all, children };
}
