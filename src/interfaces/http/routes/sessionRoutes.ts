import { sessionBooks, sessionId } from '../../../application/aggregates.ts';
import type { BookResult } from '../../../application/reservation/reservationCommands.ts';
import type { ReservationId } from '../../../domain/kernel/ids.ts';
import { ClosureBody, RefusalBody } from '../dto/bookingBodies.ts';
import { DayQueryParameters, PageQueryParameters } from '../dto/queries.ts';
import { refuse } from '../refusal.ts';
import { etagOf } from '../requestHeaders.ts';
import { route, type SignedRoute } from '../route.ts';
import { bookView, queuedView, sessionView } from '../views/sessionViews.ts';
import { isDone } from './outcomes.ts';

const tag = 'Séances';

const listSessions = route({
  method: 'get',
  path: '/api/sessions',
  operationId: 'listSessions',
  tag,
  summary: 'Lire les séances d’un jour',
  access: 'readSessions',
  query: DayQueryParameters,
  answer: { status: 200, description: 'Les séances, et leurs places.', schema: 'SessionList' },
  refusals: [],
  async handle({ services, request, query: { date } }) {
    const sessions = await services.sessions.onDay(date, request.now);
    return { status: 200, body: { date, sessions: sessions.map(sessionView) } };
  },
});

const readSession = route({
  method: 'get',
  path: '/api/sessions/{activityId}/{date}',
  operationId: 'readSession',
  tag,
  summary: 'Lire le livre d’une séance',
  description:
    'Places, réservations et liste d’attente. Son « ETag » sert aux décisions (« If-Match »).',
  access: 'readSessions',
  answer: { status: 200, description: 'Le livre.', schema: 'SessionBook', etag: true },
  refusals: ['SESSION.UNKNOWN'],
  async handle({ services, request, path: { activityId, date } }) {
    const summary = await services.sessions.find(activityId, date, request.now);
    if (!summary) return refuse('SESSION.UNKNOWN');
    const { state, revision } = await services.handler.load(
      sessionBooks,
      sessionId(activityId, date),
    );
    return {
      status: 200,
      body: bookView(state, summary),
      headers: { ETag: etagOf(revision) },
    };
  },
});

const validateBooking = route({
  method: 'post',
  path: '/api/sessions/{activityId}/{date}/reservations/{reservationId}/validation',
  operationId: 'validateBooking',
  tag,
  summary: 'Accepter une réservation',
  description: 'Avant le début de la séance.',
  access: 'decideBooking',
  ifMatch: 'optional',
  answer: {
    status: 200,
    description: 'La réservation est acceptée.',
    schema: 'Decision',
    etag: true,
  },
  refusals: [
    'ACTIVITY.UNKNOWN',
    'RESERVATION.UNKNOWN',
    'RESERVATION.NOT_AWAITING',
    'RESERVATION.NO_SESSION',
    'RESERVATION.AGE',
    'RESERVATION.TOO_LATE_TO_ACCEPT',
  ],
  async handle({ services, request, path: { reservationId, ...session }, options }) {
    const { reservationCommands } = services;
    return decided(
      await reservationCommands.validate(session, reservationId, request, options),
      reservationId,
    );
  },
});

const refuseBooking = route({
  method: 'post',
  path: '/api/sessions/{activityId}/{date}/reservations/{reservationId}/refusal',
  operationId: 'refuseBooking',
  tag,
  summary: 'Refuser une réservation',
  description:
    'La place va à la première famille qui attend. Possible aussi après la séance, pour que nulle demande ne reste sans réponse.',
  access: 'decideBooking',
  body: RefusalBody,
  ifMatch: 'optional',
  answer: {
    status: 200,
    description: 'La réservation est refusée.',
    schema: 'Decision',
    etag: true,
  },
  refusals: [
    'RESERVATION.UNKNOWN',
    'RESERVATION.NOT_AWAITING',
    'RESERVATION.REASON_MISSING',
    'ACTIVITY.UNKNOWN',
    'REQUEST.KEY_REUSED',
  ],
  async handle({ services, request, path: { reservationId, ...session }, body, options }) {
    const { reservationCommands } = services;
    const { reason } = body;
    return decided(
      await reservationCommands.refuse(session, reservationId, reason, request, options),
      reservationId,
    );
  },
});

function decided(result: BookResult, reservationId: ReservationId) {
  if (!isDone(result)) return result;
  const reservation = result.state.reservations.get(reservationId);
  if (!reservation) return refuse('RESERVATION.UNKNOWN');
  return {
    status: 200,
    body: { reservationId, status: reservation.status },
    headers: { ETag: etagOf(result.revision) },
    position: result.position,
  };
}

const closeSession = route({
  method: 'post',
  path: '/api/sessions/{activityId}/{date}/closure',
  operationId: 'closeSession',
  tag,
  summary: 'Annuler une séance',
  description:
    'Avant qu’elle commence. Toutes ses réservations finissent sans frais, et les familles lisent pourquoi.',
  access: 'closeSession',
  body: ClosureBody,
  ifMatch: 'optional',
  answer: { status: 200, description: 'La séance est annulée.', schema: 'Closure', etag: true },
  refusals: [
    'ACTIVITY.UNKNOWN',
    'RESERVATION.NO_SESSION',
    'SESSION.TOO_LATE_TO_CLOSE',
    'SESSION.REASON_MISSING',
    'REQUEST.KEY_REUSED',
  ],
  async handle({ services, request, path, body: { reason }, options }) {
    const result = await services.reservationCommands.close(path, reason, request, options);
    if (!isDone(result)) return result;
    const { state, revision, position } = result;
    const { status, closedBecause = reason } = state;
    const headers = { ETag: etagOf(revision) };
    return { status: 200, body: { status, closedBecause }, headers, position };
  },
});

const readQueue = route({
  method: 'get',
  path: '/api/validation-queue',
  operationId: 'readValidationQueue',
  tag,
  summary: 'Lire les réservations à valider',
  description: 'La séance la plus proche d’abord.',
  access: 'decideBooking',
  query: PageQueryParameters,
  answer: { status: 200, description: 'Une page de la file.', schema: 'ValidationQueue' },
  refusals: [],
  async handle({ services, request, query: { limit = 50, skip = 0 } }) {
    const { validationQueue } = services;
    const [total, bookings] = await Promise.all([
      validationQueue.count(),
      validationQueue.list(request.now, { limit, skip }),
    ]);
    return { status: 200, body: { total, skip, limit, bookings: bookings.map(queuedView) } };
  },
});

export const sessionRoutes: readonly SignedRoute[] = [
  listSessions,
  readSession,
  validateBooking,
  refuseBooking,
  closeSession,
  readQueue,
];
