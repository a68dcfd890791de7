import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ids } from '../../application/ports/ids.ts';

/** What a client or a proxy may send as `X-Request-Id`: anything else is replaced. */
const sane = /^[A-Za-z0-9._~-]{8,64}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const known = new WeakMap<IncomingMessage, string>();

/**
 * The correlation id of a request: a UUID, in the log, in events and in problems (`instance`). A client's own
 * `X-Request-Id` is answered back; one that is no UUID is not stored, since its text might say who asks.
 */
export function correlationIdOf(req: IncomingMessage, res: ServerResponse, ids: Ids): string {
  const found = known.get(req);
  if (found !== undefined) return found;
  const given = req.headers['x-request-id'];
  const token = typeof given === 'string' && sane.test(given) ? given : ids.next();
  const correlationId = uuid.test(token) ? token : ids.derive(`request/${token}`);
  known.set(req, correlationId);
  res.setHeader('X-Request-Id', token);
  return correlationId;
}
