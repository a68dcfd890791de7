import type { Child } from '../../../domain/child/child.ts';
import type { FamilyId } from '../../../domain/kernel/ids.ts';
import { day, id, list, object } from './schemaWords.ts';

export const dossierSchemas = {
  Family: object({ familyId: id, guardianIds: list(id) }),
  Child: object({
    childId: id,
    familyIds: list(id),
    enrolments: list(object({ activityId: id, from: day }, { to: day })),
  }),
};

export const familyView = (familyId: FamilyId, guardianIds: readonly string[]): object => ({
  familyId,
  guardianIds,
});

/** A child's dossier without its name: whoever wrote it knows it. */
export const childView = (child: Extract<Child, { status: 'registered' }>): object => {
  const { childId, familyIds, enrolments } = child;
  return { childId, familyIds, enrolments };
};
