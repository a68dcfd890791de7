import { stringifySetCookie } from 'cookie';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { FamilyId } from '../../../domain/kernel/ids.ts';
import { addHours } from '../../../domain/kernel/parisTime.ts';
import { isStaff } from '../../../domain/kernel/actor.ts';
import type { Principal } from '../../../application/principal.ts';
import type { Request as AppRequest } from '../../../application/request.ts';
import { sessionCookieName, sessionTokenIn } from '../../http/authentication.ts';
import type { WebContext } from '../webContext.ts';
import { sendMessage } from './respond.ts';

interface Visitor {
  readonly principal: Principal;
  readonly token: string;
  /** The proof that forms of this visitor carry. */
  readonly csrf: string;
}

const visitors = new WeakMap<Request, Visitor>();

/** A working day of the desk, an evening of a parent. */
const sessionHours = 12;

/** Who is signed in, if anybody. */
export const visitorOf = (request: Request): Principal | undefined =>
  visitors.get(request)?.principal;

/** The proof that forms of this visitor carry. */
export const csrfOf = (request: Request): string => visitors.get(request)?.csrf ?? '';

/** Reads the session cookie. A token that is altered or too old is nobody's. */
export const identify =
  ({ services, secure }: WebContext): RequestHandler =>
  (request, _response, next) => {
    const token = sessionTokenIn(request.headers.cookie, sessionCookieName(secure));
    const principal = token && services.tokens.verify(token, services.clock.now());
    if (token && principal)
      visitors.set(request, { principal, token, csrf: services.tokens.formProof(token) });
    next();
  };

export function signIn(
  { services, secure }: WebContext,
  response: Response,
  principal: Principal,
): void {
  const token = services.tokens.issue(principal, addHours(services.clock.now(), sessionHours));
  const maxAge = sessionHours * 3600;
  setCookie(response, secure, token, maxAge);
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

/** A form of this portal carries a proof bound to the session: other sites can't send it. */
export const checkForm =
  (context: WebContext): RequestHandler =>
  async (request, response, next) => {
    const visitor = visitors.get(request);
    if (!visitor) return response.redirect(303, context.signInPath);
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
