import type { ChildEvent, Enrolment } from '../../domain/child/child.ts';
import type { ChildId, FamilyId } from '../../domain/kernel/ids.ts';
import type { Sealed } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** A child as agendas and lists need it; the name stays sealed. */
export interface ChildCard {
  readonly childId: ChildId;
  readonly familyIds: readonly FamilyId[];
  /** `ChildIdentity`, sealed. */
  readonly identity?: Sealed;
  readonly enrolments: readonly Enrolment[];
}

/** Children, a document each. */
export const children: Projection<ChildCard, ChildEvent> = {
  name: 'children',
  version: 1,
  indexes: [],
  handles: ['ChildRegistered', 'ChildLinkedToFamily', 'ChildEnrolled'],
  route: ({ childId }) => [childId],
  apply(card, event) {
    if (event.type === 'ChildRegistered') {
      const { childId, familyId, personal } = event;
      const known = { childId, familyIds: [familyId], enrolments: [] };
      return personal === undefined ? known : { ...known, identity: personal };
    }
    if (!card) return undefined;
    if (event.type === 'ChildLinkedToFamily')
      return { ...card, familyIds: [...card.familyIds, event.familyId] };
    const { activityId, from, to } = event;
    const enrolment = to === undefined ? { activityId, from } : { activityId, from, to };
    return { ...card, enrolments: [...card.enrolments, enrolment] };
  },
};
