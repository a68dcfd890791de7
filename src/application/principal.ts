import { isStaff, type Actor } from '../domain/kernel/actor.ts';
import type { FamilyId } from '../domain/kernel/ids.ts';
import { reject, type Rejection } from '../domain/kernel/rejection.ts';

/** Who is signed in: an actor, and for a guardian the family that they act for. */
export interface Principal {
  readonly actor: Actor;
  readonly familyId?: FamilyId;
}

type Rule = (principal: Principal, familyId: FamilyId | undefined) => boolean;

const staff: Rule = ({ actor }) => isStaff(actor);
const portalItself: Rule = ({ actor }) => actor.kind === 'system';
const supervisor: Rule = ({ actor }) => actor.kind === 'supervisor';
const ownFamilyOrStaff: Rule = ({ actor, familyId }, asked) =>
  isStaff(actor) || (actor.kind === 'guardian' && asked !== undefined && familyId === asked);

/** Who may do what: read a row aloud, « a session is closed by staff ». */
const rules = {
  readAgenda: ownFamilyOrStaff,
  book: ownFamilyOrStaff,
  readReceipt: ownFamilyOrStaff,
  registerFamily: staff,
  registerChild: staff,
  enrolChild: staff,
  decideBooking: staff,
  promoteWaiting: portalItself,
  readSessions: staff,
  closeSession: staff,
  defineActivity: supervisor,
  readProjections: supervisor,
  rebuildProjection: supervisor,
} satisfies Record<string, Rule>;

export type Action = keyof typeof rules;

/** Nothing when the action is allowed; `ACCESS.DENIED` otherwise. `familyId`: whose data the action touches. */
export const deny = (
  principal: Principal,
  action: Action,
  familyId?: FamilyId,
): Rejection | undefined =>
  rules[action](principal, familyId) ? undefined : reject('ACCESS.DENIED', { action });
