import type { Request as HttpRequest, RequestHandler, Response } from 'express';
import { deny, type Principal } from '../../application/principal.ts';
import type { Request } from '../../application/request.ts';
import type { Services } from '../../application/services.ts';
import { isRejection, type Rejection } from '../../domain/kernel/rejection.ts';
import { authenticate } from './authentication.ts';
import { readCall, type CallParts } from './callParts.ts';
import { canonicalJson } from './canonicalJson.ts';
import { sendProblem } from './problem.ts';
import { pathParameterNames } from './pathParameters.ts';
import { refuse } from './refusal.ts';
import { json, send, type Reply, type TextReply } from './replies.ts';
import { etagOf, waitMsOf } from './requestHeaders.ts';
import { correlationIdOf } from './requestIds.ts';
import type { About, PublicRoute, SignedRoute } from './route.ts';

export interface ServeOptions {
  readonly services: Services;
  readonly cookieName: string;
  readonly logAnswer: (line: AnswerLine) => void;
}

/** What the log says of an answer: the route's template, never the address. */
export interface AnswerLine {
  readonly correlationId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly code?: string;
}

type Answer = Reply | TextReply | Rejection;

/** Answers a route that anybody may call. */
export const servePublic =
  (route: PublicRoute, about: About, options: ServeOptions): RequestHandler =>
  async (req, res) => {
    await exchange(req, res, route.path, options, () => route.handle(about));
  };

/** Answers a route of the signed-in: who asks, whether they may, what they send, then what they want. */
export function serveSigned(route: SignedRoute, options: ServeOptions): RequestHandler {
  const { services, cookieName } = options;
  const parts = { ...route, pathNames: pathParameterNames(route.path) };
  return async (req, res) => {
    await exchange(req, res, route.path, options, async (correlationId) => {
      const now = services.clock.now();
      const who = authenticate(req, () => req.host, { tokens: services.tokens, cookieName, now });
      if (isRejection(who)) return who;
      const call = await readCall(parts, req, ({ familyId }) =>
        route.access === 'signedIn' ? undefined : deny(who.principal, route.access, familyId),
      );
      if (isRejection(call)) return call;
      const { principal } = who;
      const identity = identityOf(call, principal, route, services);
      const request: Request = { principal, ...identity, correlationId, now };
      const result = await route.handle({ services, request, ...call });
      if (!('kind' in result)) return seenByReaders(result, req, services);
      if (result.kind === 'rejection') return result;
      const { revision } = result;
      const headers = { ETag: etagOf(revision) };
      return refuse('REVISION.STALE', { revision: Number(revision) }, { headers });
    });
  };
}

/**
 * The same key of the same person for the same act is the same request: what was done is not done again. Its digest
 * tells whether the same was asked.
 */
function identityOf(
  { idempotencyKey, path, query, body }: CallParts,
  { actor }: Principal,
  { operationId }: SignedRoute,
  { ids, tokens }: Services,
): Pick<Request, 'requestId' | 'digest'> {
  if (idempotencyKey === undefined) return { requestId: ids.next() };
  const { kind, id } = actor;
  const key = [kind, id, operationId, path, idempotencyKey];
  return {
    requestId: ids.derive(JSON.stringify(key)),
    digest: tokens.digest(canonicalJson([...key, query, body])),
  };
}

/** Waits, bounded, until read models show what was done, when the client prefers so. */
async function seenByReaders(
  reply: Reply,
  { headers }: HttpRequest,
  { readSide }: Services,
): Promise<Reply> {
  const waitMs = waitMsOf(headers);
  if (reply.position === undefined || waitMs === 0) return reply;
  // What was done stays done, whatever becomes of the readers.
  const seen = await readSide.waitFor(reply.position, waitMs).catch(() => false);
  if (!seen) return reply;
  const applied = { 'Preference-Applied': `wait=${waitMs / 1_000}` };
  return { ...reply, headers: { ...reply.headers, ...applied } };
}

async function exchange(
  req: HttpRequest,
  res: Response,
  route: string,
  { services, logAnswer }: ServeOptions,
  answer: (correlationId: string) => Promise<Answer>,
): Promise<void> {
  const start = performance.now();
  const correlationId = correlationIdOf(req, res, services.ids);
  const given = await answer(correlationId);
  const status = sendAnswer(req, res, given, correlationId);
  const line = { correlationId, method: req.method, route, status };
  const ms = Math.round(performance.now() - start);
  logAnswer('code' in given ? { ...line, ms, code: given.code } : { ...line, ms });
}

function sendAnswer(
  req: HttpRequest,
  res: Response,
  answer: Answer,
  correlationId: string,
): number {
  if ('kind' in answer) return sendProblem(req, res, answer, correlationId);
  if ('text' in answer) send(req, res, answer.status, answer.type, answer.text);
  else send(req, res, answer.status, json, JSON.stringify(answer.body), answer.headers);
  return answer.status;
}
