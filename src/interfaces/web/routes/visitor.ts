import { stringifySetCookie } from 'cookie';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { FamilyId } from '../../../domain/kernel/ids.ts';
import { addHours, type Instant } from '../../../domain/kernel/parisTime.ts';
import { isStaff } from '../../../domain/kernel/actor.ts';
import type { Principal } from '../../../application/principal.ts';
import type { Request as AppRequest } from '../../../application/request.ts';
import { sessionCookieName, sessionTokenIn } from '../../http/authentication.ts';
import type { WebContext } from '../webContext.ts';
import { endedHref } from './comeBack.ts';
import { sendMessage } from './respond.ts';

interface Visitor {
  readonly principal: Principal;
  readonly token: string;
  /** The proof that forms of this visitor carry. */
  readonly csrf: string;
}

const visitors = new WeakMap<Request, Visitor>();

/** How long a session lasts after its last page: a working day of the desk, an evening of a parent. */
const idleHours = 12;
/** Pages make it last, up to a week after the sign-in. */
const longestHours = 7 * 24;
/** A page so soon after another one changes nothing: a cookie with each would say no more. */
const renewedAfterMs = 5 * 60_000;

/** Who is signed in, if anybody. */
export const visitorOf = (request: Request): Principal | undefined =>
  visitors.get(request)?.principal;

/** The proof that forms of this visitor carry. */
export const csrfOf = (request: Request): string => visitors.get(request)?.csrf ?? '';

/** Whether caches may keep what is there, with its headers: what is the same for everybody. */
const isKept = (path: string): boolean =>
  path.startsWith('/assets/') || path.startsWith('/.well-known/');

/** Reads the session cookie, and makes it last. A token that is altered or too old is nobody's. */
export const identify =
  (context: WebContext): RequestHandler =>
  (request, response, next) => {
    const { services, secure } = context;
    const token = sessionTokenIn(request.headers.cookie, sessionCookieName(secure));
    const principal = token && services.tokens.verify(token, services.clock.now());
    if (token && principal) {
      visitors.set(request, { principal, token, csrf: services.tokens.formProof(token) });
      if (!isKept(request.path)) prolong(context, response, principal, token);
    }
    next();
  };

export const signIn = (context: WebContext, response: Response, principal: Principal): void =>
  issueSession(context, response, principal, context.services.clock.now());

/** A session goes on with each page: whoever fills in the portal is not thrown out of it (RGAA 13.1). */
function prolong(
  context: WebContext,
  response: Response,
  principal: Principal,
  token: string,
): void {
  const { tokens, clock } = context.services;
  const { since, expiresAt } = tokens.lifetime(token) ?? {};
  if (since === undefined || expiresAt === undefined) return;
  const whole = Date.parse(addHours(clock.now(), idleHours));
  if (whole - Date.parse(expiresAt) < renewedAfterMs) return;
  if (expiresAt < addHours(since, longestHours)) issueSession(context, response, principal, since);
}

function issueSession(
  { services, secure }: WebContext,
  response: Response,
  principal: Principal,
  since: Instant,
): void {
  const now = services.clock.now();
  const [idle, longest] = [addHours(now, idleHours), addHours(since, longestHours)];
  const expiresAt = idle < longest ? idle : longest;
  const maxAge = Math.floor((Date.parse(expiresAt) - Date.parse(now)) / 1_000);
  setCookie(response, secure, services.tokens.issue(principal, expiresAt, since), maxAge);
}

export const signOut = ({ secure }: WebContext, response: Response): void =>
  setCookie(response, secure, '', 0);

function setCookie(response: Response, secure: boolean, value: string, maxAge: number): void {
  const name = sessionCookieName(secure);
  response.append(
    'set-cookie',
    stringifySetCookie({ name, value, maxAge, secure, path: '/', httpOnly: true, sameSite: 'lax' }),
  );
}

/**
 * For forms: whoever sends one was signed in, and is told that it has ended and that nothing was done. `comeBack` says
 * where what the form held is found again after signing in.
 */
export const whileSignedIn =
  (
    { services, signInPath }: WebContext,
    comeBack?: (request: Request, now: Instant) => string | undefined,
  ): RequestHandler =>
  (request, response, next) => {
    if (visitors.has(request)) return next();
    response.redirect(303, endedHref(signInPath, comeBack?.(request, services.clock.now())));
  };

/** A form of this portal carries a proof bound to the session: other sites can't send it. */
export const checkForm =
  (context: WebContext): RequestHandler =>
  async (request, response, next) => {
    const visitor = visitors.get(request);
    if (!visitor) return response.redirect(303, endedHref(context.signInPath, undefined));
    const { csrf } = request.body as { csrf?: unknown };
    if (typeof csrf === 'string' && context.services.tokens.checkFormProof(visitor.token, csrf))
      next();
    else await sendMessage(context, request, response, 'formTooOld');
  };

type Signed<P> = (
  request: Request,
  response: Response,
  principal: P,
  next: NextFunction,
) => Promise<void>;

/** A page for a guardian, for their own family. */
export const forGuardian =
  (
    context: WebContext,
    handle: Signed<Principal & { readonly familyId: FamilyId }>,
  ): RequestHandler =>
  async (request, response, next) => {
    const principal = visitorOf(request);
    if (!principal) return response.redirect(303, context.signInPath);
    const { actor, familyId } = principal;
    if (actor.kind !== 'guardian' || familyId === undefined)
      return sendMessage(context, request, response, 'forbidden');
    return handle(request, response, { actor, familyId }, next);
  };

/** A page for staff, or for supervisors alone. */
export const forStaff =
  (context: WebContext, handle: Signed<Principal>, only?: 'supervisor'): RequestHandler =>
  async (request, response, next) => {
    const principal = visitorOf(request);
    if (!principal) return response.redirect(303, context.signInPath);
    const allowed = only ? principal.actor.kind === only : isStaff(principal.actor);
    if (!allowed) return sendMessage(context, request, response, 'forbidden');
    return handle(request, response, principal, next);
  };

/** The application's request for one of a person: `key` makes sending it twice harmless. */
export function appRequest(
  { services }: WebContext,
  principal: Principal,
  key?: string,
): AppRequest {
  const { kind, id } = principal.actor;
  const requestId =
    key === undefined ? services.ids.next() : services.ids.derive(`${kind}/${id}/${key}`);
  return { principal, requestId, correlationId: requestId, now: services.clock.now() };
}
