import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Position } from '../../application/ports/eventStore.ts';
import { maxBodyBytes } from './jsonBody.ts';

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

/** How long a client that still sends a refused body may take to notice the answer. */
const lingerMs = 500;

/** Sends a text at once. A HEAD request gets the same headers and no text. */
export function send(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const leaveUnread = !req.complete && isTooLong(req);
  res.writeHead(status, {
    ...common,
    'Content-Security-Policy': policyOf(type),
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    ...(leaveUnread ? { Connection: 'close' } : {}),
    ...headers,
  });
  if (!leaveUnread || req.method === 'HEAD') {
    res.end(text);
    return;
  }
  // The rest of a body that is too long is never read. The answer leaves whole, but the connection is closed a
  // moment later: closed at once, it would be reset while the client still sends, and the answer lost.
  res.write(text);
  const timer = setTimeout(() => res.end(), lingerMs);
  res.once('close', () => clearTimeout(timer));
}

/** Whether what remains of the body is longer than what the portal reads. */
const isTooLong = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined ||
  Number(headers['content-length'] ?? 0) > maxBodyBytes;

export const json = 'application/json; charset=utf-8';
