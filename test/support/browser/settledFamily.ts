import type { Services } from '../../../src/application/services.ts';
import { asId, type ChildId } from '../../../src/domain/kernel/ids.ts';
import type { Principal } from '../../../src/application/principal.ts';
import { agent, request } from '../commandSide.ts';
import { childId, day, familyId } from '../townFacts.ts';
import { smallTownActivities } from './smallTownActivities.ts';

/** A family in words; `family` is its id, and the start of its people's ids. */
export interface Named {
  readonly family: string;
  readonly lastName: string;
  readonly guardians: readonly string[];
  readonly children: readonly {
    readonly firstName: string;
    readonly birthDate: string;
    readonly schoolClass?: string;
  }[];
  readonly address?: string;
}

export interface SettledFamily {
  readonly guardians: readonly Principal[];
  /** `{family}-1`, `{family}-2`… */
  readonly children: readonly ChildId[];
}

/** The nth guardian of a family of the small town, signed in. */
export const guardianOfSmallTown = (family: string, guardian = 1): Principal => ({
  actor: { kind: 'guardian', id: `${family}-responsable-${guardian}` },
  familyId: family as NonNullable<Principal['familyId']>,
});

/** Opens the dossiers of a family through the real commands; its children are enrolled in every activity. */
export async function registerFamily(
  { familyCommands, childCommands }: Services,
  { family, lastName, guardians, children, address = '3, rue du Pont\n46140 Luzech' }: Named,
): Promise<SettledFamily> {
  const asked = request(agent, `settle-${family}`);
  const household = {
    address,
    guardians: guardians.map((firstName, index) => ({
      guardianId: asId('guardian', `${family}-responsable-${index + 1}`),
      firstName,
      lastName,
      email: `${family}-${index + 1}@exemple.fr`,
    })),
  };
  await familyCommands.register({ familyId: familyId(family), resident: true, household }, asked);
  const ids = children.map((_, index) => childId(`${family}-${index + 1}`));
  for (const [index, { firstName, birthDate, schoolClass }] of children.entries()) {
    const child = ids[index]!;
    const identity = {
      firstName,
      lastName,
      birthDate: day(birthDate),
      ...(schoolClass === undefined ? {} : { schoolClass }),
    };
    await childCommands.register({ childId: child, familyId: familyId(family), identity }, asked);
    for (const { activityId } of smallTownActivities)
      await childCommands.enrol(
        child,
        { activityId, from: day('2026-09-01') },
        { ...asked, requestId: `${asked.requestId}/${activityId}` },
      );
  }
  return {
    guardians: guardians.map((_, index) => guardianOfSmallTown(family, index + 1)),
    children: ids,
  };
}
