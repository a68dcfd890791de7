import type { DefineActivity } from '../../src/domain/activity/activity.ts';
import type { ActivityTerms } from '../../src/domain/activity/activityTerms.ts';
import type { Enrolment, RegisterChild } from '../../src/domain/child/child.ts';
import type { RegisterFamily } from '../../src/domain/family/family.ts';
import { asId, type ActivityId, type ChildId, type FamilyId } from '../../src/domain/kernel/ids.ts';
import { asLocalDate } from '../../src/domain/kernel/localDate.ts';
import { asInstant } from '../../src/domain/kernel/parisTime.ts';
import { uuidOf } from '../../src/infrastructure/uuids.ts';

export interface BenchChild {
  readonly child: RegisterChild;
  readonly enrolments: readonly Enrolment[];
}

export interface BenchFamily {
  readonly family: RegisterFamily;
  readonly children: readonly BenchChild[];
}

/** A town of any size, all invented, the same at every run. */
export interface BenchTown {
  readonly activities: readonly DefineActivity[];
  readonly families: readonly BenchFamily[];
}

/** When the dossiers were opened: before anybody books. */
export const openedAt = asInstant('2026-07-01T08:00:00.000Z');
export const openedOn = asLocalDate('2026-07-01');

const childrenPerFamily = 2;

export const familyIdOf = (family: number): FamilyId =>
  asId('family', uuidOf(`bench/family/${family}`));

function familyOf(
  index: number,
  activitiesOf: (child: number) => readonly ActivityId[],
): BenchFamily {
  const familyId = familyIdOf(index);
  const guardianId = asId('guardian', uuidOf(`bench/guardian/${index}`));
  const lastName = `Delmas ${index}`;
  const address = `${index}, rue des Tilleuls\n46140 Luzech`;
  const email = `parent.${index}@example.fr`;
  const guardians = [
    { guardianId, firstName: 'Camille', lastName, email, phone: '06 00 00 00 00' },
  ];
  const children = Array.from({ length: childrenPerFamily }, (_, rank): BenchChild => {
    const number = index * childrenPerFamily + rank;
    const childId: ChildId = asId('child', uuidOf(`bench/child/${number}`));
    const birthDate = asLocalDate(`${2016 + (number % 7)}-0${1 + (number % 9)}-15`);
    const identity = { firstName: `Léa ${number}`, lastName, birthDate, schoolClass: 'CE1' };
    const enrolments = activitiesOf(number).map((activityId) => ({ activityId, from: openedOn }));
    return { child: { childId, familyId, identity }, enrolments };
  });
  return { family: { familyId, resident: true, household: { guardians, address } }, children };
}

/** So many children, two a family; `activitiesOf` says where each is enrolled. */
export const familiesWith = (
  children: number,
  activitiesOf: (child: number) => readonly ActivityId[],
): BenchFamily[] =>
  Array.from({ length: Math.ceil(children / childrenPerFamily) }, (_, index) =>
    familyOf(index, activitiesOf),
  );

/** An activity of a facility of its own; `code` tells it from the others. */
export const activityOf = (
  code: string,
  kind: DefineActivity['kind'],
  name: string,
  terms: ActivityTerms,
): DefineActivity => ({
  activityId: asId('activity', uuidOf(`bench/activity/${code}`)),
  kind,
  name,
  facility: {
    facilityId: asId('facility', uuidOf(`bench/facility/${code}`)),
    name: `École ${code}`,
  },
  effectiveFrom: openedOn,
  terms,
});
