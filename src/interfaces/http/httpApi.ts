import { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import type { Services } from '../../application/services.ts';
import { sessionCookieName } from './authentication.ts';
import { ClientLeftError } from './bodyBytes.ts';
import { openApiDocument } from './openapi/document.ts';
import { problemTypePath, sendProblem } from './problem.ts';
import { defaultMaxLag } from './readiness.ts';
import { refuse } from './refusal.ts';
import { correlationIdOf } from './requestIds.ts';
import type { About } from './route.ts';
import { routes } from './routes/all.ts';
import { servePublic, serveSigned, type AnswerLine } from './serve.ts';
import { refusalOf, traceOf } from './technicalFaults.ts';
import { apiPage, type PageShell } from './openapi/apiPage.tsx';

export interface HttpApiOptions {
  /** Families reach the portal over https: the session cookie is then `__Host-session`. */
  readonly secure: boolean;
  /** Surrounds the page that documents the API; a bare page when there is none. */
  readonly shell?: PageShell;
  /** Positions that a read model may be behind before `/ready` says no: 10,000 unless told. */
  readonly maxLag?: bigint;
  /** One log line per answer. True unless told. */
  readonly logAnswers?: boolean;
}

/**
 * The JSON API: /api/*, /health, /ready and /problemes/*. What it doesn't know outside of /api goes to the next
 * handler; errors never do.
 */
export function createHttpApi(services: Services, options: HttpApiOptions): Router {
  const { secure, shell, maxLag = defaultMaxLag, logAnswers = true } = options;
  const document = once(() => openApiDocument(routes));
  const text = once(() => JSON.stringify(document()));
  const page = once(() => apiPage(document(), shell));
  const about: About = { services, document: text, page, maxLag };
  const served = {
    services,
    cookieName: sessionCookieName(secure),
    logAnswer: logAnswers
      ? (line: AnswerLine) => services.log.info({ ...line }, 'answered')
      : () => undefined,
  };

  const router = Router({ caseSensitive: true });
  const methodsOf = new Map<string, Set<string>>();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const handler =
      route.access === 'public' ? servePublic(route, about, served) : serveSigned(route, served);
    router.route(path)[route.method](handler);
    const methods = methodsOf.get(path) ?? new Set(['OPTIONS']);
    methodsOf.set(path, methods.add(route.method.toUpperCase()));
    if (route.method === 'get') methods.add('HEAD');
  }
  for (const [path, methods] of methodsOf)
    router.all(path, otherMethods([...methods].sort().join(', '), services));
  router.get(`${problemTypePath}/:slug`, leadToDocumentation);
  router.use('/api', unknownRoute(services));
  router.use(answerErrors(services));
  return router;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const otherMethods =
  (allow: string, { ids }: Services): RequestHandler =>
  (req, res) => {
    const correlationId = correlationIdOf(req, res, ids);
    if (req.method === 'OPTIONS') res.status(204).set('Allow', allow).end();
    else
      sendProblem(
        req,
        res,
        refuse('METHOD.NOT_ALLOWED', {}, { headers: { Allow: allow } }),
        correlationId,
      );
  };

const unknownRoute =
  ({ ids }: Services): RequestHandler =>
  (req, res) => {
    sendProblem(req, res, refuse('ROUTE.UNKNOWN'), correlationIdOf(req, res, ids));
  };

/** The type of a problem, opened in a browser. */
const leadToDocumentation: RequestHandler<{ slug: string }> = (req, res, next) => {
  const { slug } = req.params;
  if (/^[a-z-]{1,64}$/.test(slug)) res.redirect(303, `/api#${slug}`);
  else next();
};

/** The one place where errors become answers: nothing of their message is told, and it is not logged either. */
const answerErrors =
  ({ ids, log }: Services): ErrorRequestHandler =>
  // Express knows error handlers by their four parameters; this one ends every error.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  (error: unknown, req: Request, res, _next) => {
    if (error instanceof ClientLeftError || res.headersSent) {
      req.destroy();
      return;
    }
    const correlationId = correlationIdOf(req, res, ids);
    const refusal = refusalOf(error);
    const status = sendProblem(req, res, refusal, correlationId);
    const line = { correlationId, method: req.method, status, code: refusal.code };
    if (status >= 500) log.error({ ...line, ...traceOf(error) }, 'failed');
    else log.info(line, 'answered');
  };
