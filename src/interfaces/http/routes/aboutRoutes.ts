import type { PublicRoute } from '../route.ts';

const tag = 'Exploitation';

const page: PublicRoute = {
  method: 'get',
  path: '/api',
  operationId: 'readApiPage',
  tag,
  summary: 'Parcourir cette documentation',
  access: 'public',
  answer: { status: 200, description: 'Une page HTML.', type: 'text/html; charset=utf-8' },
  refusals: [],
  async handle(about) {
    return { status: 200, type: 'text/html; charset=utf-8', text: about.page() };
  },
};

const document: PublicRoute = {
  method: 'get',
  path: '/api/openapi.json',
  operationId: 'readOpenApi',
  tag,
  summary: 'Lire la description de l’API (OpenAPI 3.1)',
  access: 'public',
  answer: { status: 200, description: 'Le document.', type: 'application/json; charset=utf-8' },
  refusals: [],
  async handle(about) {
    return { status: 200, type: 'application/json; charset=utf-8', text: about.document() };
  },
};

export const aboutRoutes: readonly PublicRoute[] = [page, document];
