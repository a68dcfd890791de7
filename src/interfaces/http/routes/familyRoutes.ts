import type { Guardian } from '../../../domain/family/family.ts';
import type { ChildId, FamilyId, GuardianId } from '../../../domain/kernel/ids.ts';
import type { CommandResult } from '../../../application/commandHandler.ts';
import type { Child, ChildEvent, ChildIdentity, Enrolment } from '../../../domain/child/child.ts';
import {
  EnrolmentBody,
  LinkFamilyBody,
  RegisterChildBody,
  RegisterFamilyBody,
} from '../dto/familyBodies.ts';
import { etagOf } from '../requestHeaders.ts';
import { refuse } from '../refusal.ts';
import type { Reply } from '../replies.ts';
import { route, type SignedRoute } from '../route.ts';
import { childView, familyView } from '../views/dossierViews.ts';
import { isDone } from './outcomes.ts';

const registerFamily = route({
  method: 'post',
  path: '/api/families',
  operationId: 'registerFamily',
  tag: 'Familles',
  summary: 'Ouvrir le dossier d’une famille',
  access: 'registerFamily',
  body: RegisterFamilyBody,
  answer: {
    status: 201,
    description: 'Le dossier est ouvert.',
    schema: 'Family',
    etag: true,
  },
  refusals: ['FAMILY.NO_GUARDIAN', 'FAMILY.ALREADY_REGISTERED', 'REQUEST.KEY_REUSED'],
  async handle({ services, request, body }) {
    const { ids, familyCommands } = services;
    // Ids follow from the request, so that a repeated one finds what the first one made.
    const familyId = ids.derive(`family/${request.requestId}`) as FamilyId;
    const given: readonly Omit<Guardian, 'guardianId'>[] = structuredClone(body.guardians);
    const guardians = given.map((guardian, index) => ({
      guardianId: ids.derive(`guardian/${request.requestId}/${index}`) as GuardianId,
      ...guardian,
    }));
    const { address, resident } = body;
    const household = { guardians, address };
    const result = await familyCommands.register({ familyId, resident, household }, request);
    if (!isDone(result)) return result;
    const guardianIds = guardians.map(({ guardianId }) => guardianId);
    return {
      status: 201,
      body: familyView(familyId, guardianIds),
      headers: { ETag: etagOf(result.revision) },
      position: result.position,
    };
  },
});

const registerChild = route({
  method: 'post',
  path: '/api/families/{familyId}/children',
  operationId: 'registerChild',
  tag: 'Familles',
  summary: 'Ouvrir le dossier d’un enfant',
  access: 'registerChild',
  body: RegisterChildBody,
  answer: { status: 201, description: 'Le dossier est ouvert.', schema: 'Child', etag: true },
  refusals: [
    'FAMILY.UNKNOWN',
    'CHILD.BORN_IN_THE_FUTURE',
    'CHILD.ALREADY_REGISTERED',
    'REQUEST.KEY_REUSED',
  ],
  async handle({ services, request, path: { familyId }, body }) {
    const childId = services.ids.derive(`child/${request.requestId}`) as ChildId;
    const identity: ChildIdentity = structuredClone(body);
    const result = await services.childCommands.register({ childId, familyId, identity }, request);
    if (!isDone(result)) return result;
    return childReply(result, 201);
  },
});

const linkFamily = route({
  method: 'post',
  path: '/api/children/{childId}/families',
  operationId: 'linkChildToFamily',
  tag: 'Familles',
  summary: 'Rattacher un enfant à son second foyer',
  description:
    'Un enfant en garde alternée appartient à deux familles. Le demander deux fois ne change rien.',
  access: 'registerChild',
  body: LinkFamilyBody,
  answer: { status: 200, description: 'L’enfant et ses familles.', schema: 'Child', etag: true },
  refusals: ['FAMILY.UNKNOWN', 'CHILD.UNKNOWN', 'REQUEST.KEY_REUSED'],
  async handle({ services, request, path: { childId }, body: { familyId } }) {
    const result = await services.childCommands.linkToFamily(childId, familyId, request);
    if (!isDone(result)) return result;
    return childReply(result, 200);
  },
});

const enrolChild = route({
  method: 'post',
  path: '/api/children/{childId}/enrolments',
  operationId: 'enrolChild',
  tag: 'Familles',
  summary: 'Inscrire un enfant à une activité',
  description: 'L’inscription ouvre l’activité à l’enfant : il reste à réserver les jours.',
  access: 'enrolChild',
  body: EnrolmentBody,
  ifMatch: 'optional',
  answer: {
    status: 200,
    description: 'L’enfant et ses inscriptions.',
    schema: 'Child',
    etag: true,
  },
  refusals: ['ACTIVITY.UNKNOWN', 'CHILD.UNKNOWN', 'CHILD.BAD_PERIOD', 'REQUEST.KEY_REUSED'],
  async handle({ services, request, path: { childId }, body, options }) {
    const enrolment: Enrolment = structuredClone(body);
    const result = await services.childCommands.enrol(childId, enrolment, request, options);
    if (!isDone(result)) return result;
    return childReply(result, 200);
  },
});

function childReply(
  { state, revision, position }: Extract<CommandResult<Child, ChildEvent>, { kind: 'done' }>,
  status: 200 | 201,
): Reply | ReturnType<typeof refuse> {
  if (state.status === 'unregistered') return refuse('CHILD.UNKNOWN');
  return { status, body: childView(state), headers: { ETag: etagOf(revision) }, position };
}

export const familyRoutes: readonly SignedRoute[] = [
  registerFamily,
  registerChild,
  enrolChild,
  linkFamily,
];
