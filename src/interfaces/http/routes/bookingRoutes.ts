import { families } from '../../../application/aggregates.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import { SubmissionBody } from '../dto/bookingBodies.ts';
import { AgendaQueryParameters } from '../dto/queries.ts';
import { refuse } from '../refusal.ts';
import { route, type SignedRoute } from '../route.ts';
import { agendaView } from '../views/agendaViews.ts';
import { receiptView } from '../views/receiptViews.ts';

const readAgenda = route({
  method: 'get',
  path: '/api/families/{familyId}/agenda',
  operationId: 'readAgenda',
  tag: 'Réservations',
  summary: 'Lire un mois de l’agenda d’une famille',
  description:
    'Chaque jour, chaque enfant, chaque activité : ce qui est réservé, ce qu’une demande donnerait maintenant, jusqu’à quand, à quel prix.',
  access: 'readAgenda',
  query: AgendaQueryParameters,
  answer: { status: 200, description: 'Le mois.', schema: 'Agenda' },
  refusals: ['FAMILY.UNKNOWN'],
  async handle({ services, request, path: { familyId }, query: { month, childId } }) {
    const { state } = await services.handler.load(families, familyId);
    if (state.status === 'unregistered') return refuse('FAMILY.UNKNOWN');
    const view = await services.agenda.month(familyId, month, request.now, childId);
    return { status: 200, body: agendaView(view) };
  },
});

const submit = route({
  method: 'post',
  path: '/api/families/{familyId}/submissions',
  operationId: 'submitDays',
  tag: 'Réservations',
  summary: 'Réserver et annuler des jours',
  description:
    'Chaque jour est décidé pour lui-même, et toutes les réponses tiennent sur un accusé de réception. Un jour refusé est une ligne de l’accusé, avec son code et sa phrase : la demande entière est acceptée (201). Renvoyée avec la même clé « Idempotency-Key », elle répond par le même accusé.',
  access: 'book',
  body: SubmissionBody,
  answer: {
    status: 201,
    description: 'L’accusé de réception, avec la réponse de chaque jour.',
    schema: 'Receipt',
    location: true,
  },
  refusals: ['RECEIPT.EMPTY', 'SUBMISSION.TOO_LONG', 'REQUEST.KEY_REUSED'],
  async handle({ services, request, path: { familyId }, body: { book, cancel } }) {
    const submission = { familyId, book, cancel };
    const submitted = await services.submissions.submit(submission, request);
    if (isRejection(submitted)) return submitted;
    const { receipt, position } = submitted;
    return {
      status: 201,
      body: receiptView(receipt),
      headers: { Location: `/api/receipts/${receipt.receiptId}` },
      position,
    };
  },
});

const readReceipt = route({
  method: 'get',
  path: '/api/receipts/{receiptId}',
  operationId: 'readReceipt',
  tag: 'Réservations',
  summary: 'Relire un accusé de réception',
  access: 'signedIn',
  answer: { status: 200, description: 'L’accusé de réception.', schema: 'Receipt' },
  refusals: ['RECEIPT.UNKNOWN'],
  async handle({ services, request, path: { receiptId } }) {
    const receipt = await services.submissions.receipt(receiptId, request);
    return isRejection(receipt) ? receipt : { status: 200, body: receiptView(receipt) };
  },
});

export const bookingRoutes: readonly SignedRoute[] = [readAgenda, submit, readReceipt];
