import { parseCookie } from 'cookie';
import type { IncomingMessage } from 'node:http';
import type { SignedTokens } from '../../application/ports/signedTokens.ts';
import type { Principal } from '../../application/principal.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Over https the browser itself binds the cookie to this host and to secure connections. */
export const sessionCookieName = (secure: boolean): string =>
  secure ? '__Host-session' : 'session';

export interface SignedInRequest {
  readonly kind: 'signedIn';
  readonly principal: Principal;
}

const challenge = { headers: { 'WWW-Authenticate': 'Bearer realm="portail"' } };
const bearer = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;
/** The token of `Authorization: Bearer`, if there is one. */
export const bearerTokenIn = (authorization: string | undefined): string | undefined =>
  bearer.exec(authorization ?? '')?.[1];
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Who asks: by `Authorization: Bearer`, else by the session cookie. A browser sends the cookie by itself, so a change
 * asked with it must prove that it comes from a page of the portal. `ACCESS.SIGN_IN`, `ACCESS.CROSS_SITE`.
 */
export function authenticate(
  req: IncomingMessage,
  host: () => string | undefined,
  { tokens, cookieName, now }: { tokens: SignedTokens; cookieName: string; now: Instant },
): SignedInRequest | Refusal {
  const { authorization } = req.headers;
  const token =
    authorization === undefined
      ? sessionTokenIn(req.headers.cookie, cookieName)
      : bearerTokenIn(authorization);
  const principal = token === undefined ? undefined : tokens.verify(token, now);
  if (!principal) return refuse('ACCESS.SIGN_IN', {}, challenge);
  const byCookie = authorization === undefined;
  if (byCookie && !safeMethods.includes(req.method ?? '') && !isSameOrigin(req, host()))
    return refuse('ACCESS.CROSS_SITE');
  return { kind: 'signedIn', principal };
}

/** The token in the session cookie, for the API and for pages; the first when there are several. */
export const sessionTokenIn = (
  header: string | undefined,
  cookieName: string,
): string | undefined => parseCookie(header ?? '')[cookieName];

/** Fetch metadata where the browser sends them (all of today's do), the origin otherwise. */
function isSameOrigin({ headers }: IncomingMessage, host: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined || host === undefined) return false;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
