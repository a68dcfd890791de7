import type { ChildEvent } from '../../domain/child/child.ts';
import type { FamilyEvent } from '../../domain/family/family.ts';
import type { ChildId, FamilyId, GuardianId } from '../../domain/kernel/ids.ts';
import type { Sealed, SealedEvent } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** A family's dossier; names stay sealed. */
export interface Dossier {
  readonly familyId: FamilyId;
  readonly guardianIds: readonly GuardianId[];
  readonly resident: boolean;
  /** `Household`, sealed. */
  readonly household?: Sealed;
  readonly childIds: readonly ChildId[];
}

type Event = FamilyEvent | Extract<ChildEvent, { type: 'ChildRegistered' | 'ChildLinkedToFamily' }>;

const blank = (familyId: FamilyId): Dossier => ({
  familyId,
  guardianIds: [],
  resident: false,
  childIds: [],
});

function after(dossier: Dossier, event: SealedEvent<Event>): Dossier {
  if (event.type === 'FamilyRegistered') {
    const { guardianIds, resident, personal } = event;
    const known = { ...dossier, guardianIds, resident };
    return personal === undefined ? known : { ...known, household: personal };
  }
  const { childId } = event;
  if (dossier.childIds.includes(childId)) return dossier;
  return { ...dossier, childIds: [...dossier.childIds, childId] };
}

/** Families, a document each. */
export const dossiers: Projection<Dossier, Event> = {
  name: 'dossiers',
  version: 1,
  indexes: [],
  handles: ['FamilyRegistered', 'ChildRegistered', 'ChildLinkedToFamily'],
  route: ({ familyId }) => [familyId],
  apply: (dossier, event) => after(dossier ?? blank(event.familyId), event),
};
