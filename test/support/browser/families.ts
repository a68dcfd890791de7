import type { ChildId } from '../../../src/domain/kernel/ids.ts';
import type { Principal } from '../../../src/application/principal.ts';
import type { SmallTown } from './smallTown.ts';

/** A family of its own for one test: two guardians, two children. */
export interface Household {
  readonly first: Principal;
  readonly second: Principal;
  /** Seven years old. */
  readonly child: ChildId;
  /** Four years old. */
  readonly brother: ChildId;
}

/** `id` names the family apart from those of all other tests. */
export async function household(
  town: SmallTown,
  id: string,
  [child, brother]: readonly [string, string] = ['Lou', 'Max'],
  lastName = 'Lebrun',
): Promise<Household> {
  const { guardians, children } = await town.settle({
    family: id,
    lastName,
    guardians: ['Aline', 'Karim'],
    children: [
      { firstName: child, birthDate: '2019-04-03', schoolClass: 'CE1' },
      { firstName: brother, birthDate: '2022-06-01', schoolClass: 'PS' },
    ],
  });
  return {
    first: guardians[0]!,
    second: guardians[1]!,
    child: children[0]!,
    brother: children[1]!,
  };
}
