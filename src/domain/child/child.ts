import { assertNever, type Decider } from '../kernel/decider.ts';
import type { ActivityId, ChildId, FamilyId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import { isErased, type Personal } from '../kernel/personal.ts';
import { reject, type Decision } from '../kernel/rejection.ts';

export interface ChildIdentity {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: LocalDate;
  /** Class at school, as the town writes it (« CE1 »). */
  readonly schoolClass?: string;
}

/** An enrolment (inscription) opens an activity to a child from a date on, until `to` where it is set (included). */
export interface Enrolment {
  readonly activityId: ActivityId;
  readonly from: LocalDate;
  readonly to?: LocalDate;
}

export type ChildEvent =
  | {
      readonly type: 'ChildRegistered';
      readonly childId: ChildId;
      readonly familyId: FamilyId;
      readonly personal: Personal<ChildIdentity>;
    }
  | {
      /** A child may belong to two families (garde alternée). */
      readonly type: 'ChildLinkedToFamily';
      readonly childId: ChildId;
      readonly familyId: FamilyId;
    }
  | ({
      readonly type: 'ChildEnrolled';
      readonly childId: ChildId;
      /** Every family of the child at that time: each sees the enrolment. */
      readonly familyIds: readonly FamilyId[];
    } & Enrolment);

export interface RegisteredChild {
  readonly status: 'registered';
  readonly childId: ChildId;
  readonly familyIds: readonly FamilyId[];
  readonly identity: Personal<ChildIdentity>;
  readonly enrolments: readonly Enrolment[];
}

export type Child = { readonly status: 'unregistered' } | RegisteredChild;

export const child: Decider<Child, ChildEvent> = {
  initial: { status: 'unregistered' },
  evolve(state, event) {
    if (event.type === 'ChildRegistered') {
      const { childId, familyId, personal } = event;
      return {
        status: 'registered',
        childId,
        familyIds: [familyId],
        identity: personal,
        enrolments: [],
      };
    }
    if (state.status === 'unregistered') return state;
    switch (event.type) {
      case 'ChildLinkedToFamily':
        return { ...state, familyIds: [...state.familyIds, event.familyId] };
      case 'ChildEnrolled': {
        const { activityId, from, to } = event;
        const enrolment = to === undefined ? { activityId, from } : { activityId, from, to };
        return { ...state, enrolments: [...state.enrolments, enrolment] };
      }
      default:
        return assertNever(event);
    }
  },
};

/** Born on: `undefined` once the child's data has been erased. */
export const birthDateOf = ({ identity }: RegisteredChild): LocalDate | undefined =>
  isErased(identity) ? undefined : identity.birthDate;

export const isEnrolledOn = (
  { enrolments }: Pick<RegisteredChild, 'enrolments'>,
  activityId: ActivityId,
  date: LocalDate,
): boolean =>
  enrolments.some(
    (enrolment) =>
      enrolment.activityId === activityId &&
      enrolment.from <= date &&
      (enrolment.to === undefined || date <= enrolment.to),
  );

export interface RegisterChild {
  readonly childId: ChildId;
  readonly familyId: FamilyId;
  readonly identity: ChildIdentity;
}

/** Opens a child's dossier in a family. `CHILD.ALREADY_REGISTERED`, `CHILD.BORN_IN_THE_FUTURE`. */
export function registerChild(
  state: Child,
  { childId, familyId, identity }: RegisterChild,
  today: LocalDate,
): Decision<ChildEvent> {
  if (state.status === 'registered') return reject('CHILD.ALREADY_REGISTERED');
  if (identity.birthDate > today) return reject('CHILD.BORN_IN_THE_FUTURE');
  return [{ type: 'ChildRegistered', childId, familyId, personal: identity }];
}

/** Adds the child to a second household. Nothing new when it already belongs to it. `CHILD.UNKNOWN`. */
export function linkToFamily(state: Child, familyId: FamilyId): Decision<ChildEvent> {
  if (state.status === 'unregistered') return reject('CHILD.UNKNOWN');
  if (state.familyIds.includes(familyId)) return [];
  return [{ type: 'ChildLinkedToFamily', childId: state.childId, familyId }];
}

/** Opens an activity to a child. Nothing new when the same enrolment stands. `CHILD.UNKNOWN`, `CHILD.BAD_PERIOD`. */
export function enrol(state: Child, enrolment: Enrolment): Decision<ChildEvent> {
  if (state.status === 'unregistered') return reject('CHILD.UNKNOWN');
  const { activityId, from, to } = enrolment;
  if (to !== undefined && to < from) return reject('CHILD.BAD_PERIOD', { from, to });
  const covered = state.enrolments.some(
    (other) =>
      other.activityId === activityId &&
      other.from <= from &&
      (other.to === undefined || (to !== undefined && to <= other.to)),
  );
  if (covered) return [];
  const { childId, familyIds } = state;
  return [{ type: 'ChildEnrolled', childId, familyIds, ...enrolment }];
}
