import type { CommandResult } from '../../../application/commandHandler.ts';
import { activities } from '../../../application/aggregates.ts';
import type { Activity, ActivityEvent, DefineActivity } from '../../../domain/activity/activity.ts';
import { ChangeTermsBody, DefineActivityBody } from '../dto/activityBodies.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Reply } from '../replies.ts';
import { etagOf } from '../requestHeaders.ts';
import { route, type SignedRoute } from '../route.ts';
import { activityView } from '../views/activityViews.ts';
import { isDone } from './outcomes.ts';

const faultsOfTerms = [
  'ACTIVITY.NO_WEEKDAY',
  'ACTIVITY.BAD_HOURS',
  'ACTIVITY.NO_AGE_GROUP',
  'ACTIVITY.BAD_AGE_GROUP',
  'ACTIVITY.AGE_GROUPS_OVERLAP',
  'ACTIVITY.BAD_DEADLINE',
  'ACTIVITY.NO_DEADLINE_FOR_WEEKDAY',
  'ACTIVITY.BAD_PRICE',
] as const;

const listActivities = route({
  method: 'get',
  path: '/api/activities',
  operationId: 'listActivities',
  tag: 'Activités',
  summary: 'Lire toutes les activités',
  access: 'signedIn',
  answer: { status: 200, description: 'Les activités et leurs règles.', schema: 'ActivityList' },
  refusals: [],
  async handle({ services }) {
    const all = await services.activityDirectory.all();
    return { status: 200, body: { activities: all.map(activityView) } };
  },
});

const readActivity = route({
  method: 'get',
  path: '/api/activities/{activityId}',
  operationId: 'readActivity',
  tag: 'Activités',
  summary: 'Lire une activité',
  access: 'signedIn',
  answer: { status: 200, description: 'L’activité et ses règles.', schema: 'Activity', etag: true },
  refusals: ['ACTIVITY.UNKNOWN'],
  async handle({ services, path: { activityId } }) {
    const { state, revision } = await services.handler.load(activities, activityId);
    return activityReply(state, { status: 200, headers: { ETag: etagOf(revision) } });
  },
});

const defineActivity = route({
  method: 'post',
  path: '/api/activities',
  operationId: 'defineActivity',
  tag: 'Activités',
  summary: 'Définir une activité',
  access: 'defineActivity',
  body: DefineActivityBody,
  answer: {
    status: 201,
    description: 'L’activité est définie.',
    schema: 'Activity',
    etag: true,
    location: true,
  },
  refusals: ['ACTIVITY.ALREADY_DEFINED', 'REQUEST.KEY_REUSED', ...faultsOfTerms],
  async handle({ services, request, body }) {
    const definition: DefineActivity = structuredClone(body);
    const result = await services.activityCommands.define(definition, request);
    if (!isDone(result)) return result;
    const location = { Location: `/api/activities/${definition.activityId}` };
    return doneReply(result, 201, location);
  },
});

const changeTerms = route({
  method: 'post',
  path: '/api/activities/{activityId}/terms',
  operationId: 'changeActivityTerms',
  tag: 'Activités',
  summary: 'Programmer de nouvelles règles',
  description:
    'Elles s’appliquent aux séances à partir de leur date d’effet : ce qui est passé garde les règles de son jour.',
  access: 'defineActivity',
  body: ChangeTermsBody,
  ifMatch: 'required',
  answer: {
    status: 201,
    description: 'Les règles sont programmées.',
    schema: 'Activity',
    etag: true,
  },
  refusals: [
    'ACTIVITY.UNKNOWN',
    'ACTIVITY.TERMS_IN_THE_PAST',
    'ACTIVITY.TERMS_OUT_OF_ORDER',
    'REQUEST.KEY_REUSED',
    ...faultsOfTerms,
  ],
  async handle({ services, request, path: { activityId }, body, options }) {
    const change: Pick<DefineActivity, 'effectiveFrom' | 'terms'> = structuredClone(body);
    const result = await services.activityCommands.changeTerms(
      activityId,
      change,
      request,
      options,
    );
    if (!isDone(result)) return result;
    return doneReply(result, 201);
  },
});

const doneReply = (
  { state, revision, position }: Extract<CommandResult<Activity, ActivityEvent>, { kind: 'done' }>,
  status: 201,
  headers: Readonly<Record<string, string>> = {},
): Reply | Refusal =>
  activityReply(state, { status, headers: { ETag: etagOf(revision), ...headers }, position });

const activityReply = (state: Activity, reply: Omit<Reply, 'body'>): Reply | Refusal =>
  state.status === 'undefined'
    ? refuse('ACTIVITY.UNKNOWN')
    : { ...reply, body: activityView(state) };

export const activityRoutes: readonly SignedRoute[] = [
  listActivities,
  readActivity,
  defineActivity,
  changeTerms,
];
