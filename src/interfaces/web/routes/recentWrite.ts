import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { Position } from '../../../application/ports/eventStore.ts';
import type { WebContext } from '../webContext.ts';

/** What the visitor's browser sent last, by its place in the log: any process of the portal waits for it. */
const cookieName = 'vu';
/** After a minute, read models that are still behind are told of by the state of the portal, not by waiting. */
const rememberedSeconds = 60;

const positionIn = (request: Request): Position | undefined => {
  const text = parseCookie(request.headers.cookie ?? '')[cookieName];
  return text !== undefined && /^\d{1,19}$/.test(text) ? BigInt(text) : undefined;
};

/** Remembers a change, and waits until the read models show it, or until the time is over (milliseconds). */
export async function noteWrite(
  { services, secure }: WebContext,
  response: Response,
  position: Position,
  timeoutMs: number,
): Promise<void> {
  const cookie = { name: cookieName, value: `${position}`, maxAge: rememberedSeconds, secure };
  response.append(
    'set-cookie',
    stringifySetCookie({ ...cookie, path: '/', httpOnly: true, sameSite: 'lax' }),
  );
  await services.readSide.waitFor(position, timeoutMs);
}

/** Waits until the pages show what this browser sent last; false when they don't within the time (milliseconds). */
export async function showsLastWrite(
  { services }: WebContext,
  request: Request,
  timeoutMs: number,
): Promise<boolean> {
  const position = positionIn(request);
  return position === undefined || services.readSide.waitFor(position, timeoutMs);
}
