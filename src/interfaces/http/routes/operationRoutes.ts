import { missingParts } from '../readiness.ts';
import { refuse } from '../refusal.ts';
import { route, type PublicRoute, type SignedRoute } from '../route.ts';
import { projectionView } from '../views/operationViews.ts';

const tag = 'Exploitation';

const listProjections = route({
  method: 'get',
  path: '/api/projections',
  operationId: 'listProjections',
  tag,
  summary: 'Lire l’état des lectures',
  access: 'readProjections',
  answer: { status: 200, description: 'Chaque lecture, et son retard.', schema: 'ProjectionList' },
  refusals: [],
  async handle({ services }) {
    const status = await services.readSide.status();
    return { status: 200, body: { projections: status.map(projectionView) } };
  },
});

const rebuildProjection = route({
  method: 'post',
  path: '/api/projections/{projection}/rebuild',
  operationId: 'rebuildProjection',
  tag,
  summary: 'Reconstruire une lecture',
  description: 'À côté de la lecture servie, qui reste lisible jusqu’à l’échange.',
  access: 'rebuildProjection',
  answer: { status: 202, description: 'La reconstruction est demandée.', schema: 'Rebuild' },
  refusals: ['PROJECTION.UNKNOWN'],
  async handle({ services: { readSide }, path: { projection } }) {
    const known = await readSide.status();
    if (!known.some(({ projection: name }) => name === projection))
      return refuse('PROJECTION.UNKNOWN');
    await readSide.rebuild(projection);
    return { status: 202, body: { projection } };
  },
});

export const projectionRoutes: readonly SignedRoute[] = [listProjections, rebuildProjection];

const health: PublicRoute = {
  method: 'get',
  path: '/health',
  operationId: 'health',
  tag,
  summary: 'Le portail est-il en marche ?',
  access: 'public',
  answer: { status: 200, description: 'Il l’est.', schema: 'Health' },
  refusals: [],
  async handle() {
    return { status: 200, body: { status: 'up' } };
  },
};

const ready: PublicRoute = {
  method: 'get',
  path: '/ready',
  operationId: 'ready',
  tag,
  summary: 'Le portail est-il prêt à servir ?',
  description:
    'Les événements, les lectures et les clés répondent, et chaque lecture suit. Sinon 503, avec le code et le titre de ce qui manque\u00a0: `events`, `readModels`, `keys`, `projections`.',
  access: 'public',
  answer: { status: 200, description: 'Il l’est.', schema: 'Readiness' },
  refusals: ['PORTAL.NOT_READY'],
  async handle({ services, maxLag }) {
    const missing = await missingParts(services, maxLag);
    if (missing.length === 0) return { status: 200, body: { status: 'ready' } };
    return refuse('PORTAL.NOT_READY', {}, { headers: { 'Retry-After': '5' }, missing });
  },
};

export const probeRoutes: readonly PublicRoute[] = [health, ready];
