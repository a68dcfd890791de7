import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Position } from '../../application/ports/eventStore.ts';
import { endLeavingBody, leavesBody } from './unreadBody.ts';

/** What a route answers with. */
export interface Reply {
  readonly status: number;
  /** Plain JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the last event of the command stands, so that `Prefer: wait` can wait for it. */
  readonly position?: Position | undefined;
}

/** An answer that is no JSON of a schema: a page, a document. */
export interface TextReply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const common = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What JSON may do when a browser shows it: nothing. A page may use what comes from the portal itself. */
const policyOf = (type: string): string =>
  type.startsWith('text/html')
    ? `${nothing}; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'`
    : nothing;

/** Sends a text at once. A HEAD request gets the same headers and no text. */
export function send(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const leaving = leavesBody(req);
  res.writeHead(status, {
    ...common,
    'Content-Security-Policy': policyOf(type),
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    ...(leaving ? { Connection: 'close' } : {}),
    ...headers,
  });
  if (leaving && req.method !== 'HEAD') endLeavingBody(res, text);
  else res.end(text);
}

export const json = 'application/json; charset=utf-8';
