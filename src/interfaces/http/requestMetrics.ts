import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request, type RequestHandler } from 'express';
import type { Ids } from '../../application/ports/ids.ts';
import type { Metrics, MetricsReport } from '../../application/ports/metrics.ts';
import { bearerTokenIn } from './authentication.ts';
import { sendProblem } from './problem.ts';
import { refuse } from './refusal.ts';
import { send } from './replies.ts';
import { correlationIdOf } from './requestIds.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The pattern that answered, never the address: an address holds ids, and anybody can make up new ones. */
function routeOf(request: Request): string {
  // Express types it as anything; it is absent where no route was met.
  const { route } = request as { readonly route?: { readonly path?: unknown } };
  const path = route?.path;
  return typeof path === 'string' ? path.replaceAll(/:(\w+)/g, '{$1}') : 'other';
}

/** Counts every request and how long its answer took. Comes first of all. */
const countRequests =
  (metrics: Pick<Metrics, 'requestEnded'>): RequestHandler =>
  (req, res, next) => {
    const start = performance.now();
    res.once('close', () => {
      const method = methods.includes(req.method) ? req.method : 'other';
      // Cut off before the end: nobody has read this status.
      const status = res.writableFinished ? res.statusCode : 0;
      metrics.requestEnded(method, routeOf(req), status, (performance.now() - start) / 1_000);
    });
    next();
  };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What the portal counts, for whoever carries the token. Takes as long for a wrong token as for the right one. */
function serveReport(report: MetricsReport, token: string, ids: Ids): RequestHandler {
  const expected = digest(token);
  return async (req, res) => {
    const given = bearerTokenIn(req.headers.authorization);
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      const headers = { 'WWW-Authenticate': 'Bearer realm="metrics"' };
      const refusal = refuse('ACCESS.SIGN_IN', {}, { headers });
      sendProblem(req, res, refusal, correlationIdOf(req, res, ids));
      return;
    }
    const { type, text } = await report.read();
    send(req, res, 200, type, text);
  };
}

export interface RequestMetricsOptions {
  readonly metrics: Pick<Metrics, 'requestEnded'> & MetricsReport;
  /** Who may read `/metrics`. */
  readonly token: string;
  readonly ids: Ids;
}

/** Counts all that comes after it, and answers `/metrics`. Not mounted, `/metrics` is an unknown address. */
export function requestMetrics({ metrics, token, ids }: RequestMetricsOptions): Router {
  const router = Router({ caseSensitive: true });
  router.use(countRequests(metrics));
  router.get('/metrics', serveReport(metrics, token, ids));
  return router;
}
