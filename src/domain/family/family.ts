import type { Decider } from '../kernel/decider.ts';
import type { FamilyId, GuardianId } from '../kernel/ids.ts';
import type { Personal } from '../kernel/personal.ts';
import { reject, type Decision } from '../kernel/rejection.ts';

/** A guardian (responsable) as the dossier knows them. `phone` as typed, with spaces. */
export interface Guardian {
  readonly guardianId: GuardianId;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone?: string;
}

export interface Household {
  readonly guardians: readonly Guardian[];
  readonly address: string;
}

export type FamilyEvent = {
  readonly type: 'FamilyRegistered';
  readonly familyId: FamilyId;
  /** Who may act for the family; their names stand under `personal`. */
  readonly guardianIds: readonly GuardianId[];
  /** Inside the commune or not: prices may depend on it. */
  readonly resident: boolean;
  readonly personal: Personal<Household>;
};

export type Family =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered';
      readonly familyId: FamilyId;
      readonly guardianIds: readonly GuardianId[];
      readonly resident: boolean;
      readonly household: Personal<Household>;
    };

export const family: Decider<Family, FamilyEvent> = {
  initial: { status: 'unregistered' },
  evolve(_state, { familyId, guardianIds, resident, personal }) {
    return { status: 'registered', familyId, guardianIds, resident, household: personal };
  },
};

export interface RegisterFamily {
  readonly familyId: FamilyId;
  readonly resident: boolean;
  readonly household: Household;
}

/** Opens a family's dossier. `FAMILY.ALREADY_REGISTERED`, `FAMILY.NO_GUARDIAN`. */
export function registerFamily(
  state: Family,
  { familyId, resident, household }: RegisterFamily,
): Decision<FamilyEvent> {
  if (state.status === 'registered') return reject('FAMILY.ALREADY_REGISTERED');
  if (household.guardians.length === 0) return reject('FAMILY.NO_GUARDIAN');
  const guardianIds = household.guardians.map(({ guardianId }) => guardianId);
  return [{ type: 'FamilyRegistered', familyId, guardianIds, resident, personal: household }];
}
