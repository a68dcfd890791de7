import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { RejectionCode } from '../rejections.ts';
import { maxBodyBytes } from './bodyBytes.ts';
import { answerRaw } from './rawAnswer.ts';
import { refuse } from './refusal.ts';

/** What a connection may take before it is cut. Milliseconds, under Node's own names where it has them. */
export interface ServerLimits {
  /** For the headers to come, from the first instant of a connection: one that says nothing is cut too. */
  readonly headersTimeout: number;
  /** For the whole request to come. */
  readonly requestTimeout: number;
  /** For the answer to be taken, from the headers of its request on. */
  readonly answerTimeout: number;
  /** Between an answer and the next request. */
  readonly keepAliveTimeout: number;
  /** How often the first two are looked at. */
  readonly connectionsCheckingInterval: number;
  /** At once; further ones are closed before they cost anything. */
  readonly maxConnections: number;
}

/** The limits of production; docs/operations.md tells them. */
export const serverLimits: ServerLimits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  answerTimeout: 60_000,
  // Longer than what reverse proxies keep (60 s): they close first, and no request falls into a closing connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  // Below what systems give a process to open, so that the stores never lack a file.
  maxConnections: 10_000,
};

/** A server that slow, huge or broken requests can't hold. */
export const createHardServer = (
  listener: RequestListener,
  limits: ServerLimits = serverLimits,
): Server => {
  // Node takes these only when a server is made.
  const { connectionsCheckingInterval } = limits;
  const options = {
    maxHeaderSize: 16 * 1024,
    connectionsCheckingInterval,
    requireHostHeader: true,
  };
  return hardenServer(createServer(options, listener), limits);
};

/** Sets the limits of a server, and answers in French those that never become a request. */
export function hardenServer(server: Server, limits: ServerLimits = serverLimits): Server {
  server.headersTimeout = limits.headersTimeout;
  server.requestTimeout = limits.requestTimeout;
  server.keepAliveTimeout = limits.keepAliveTimeout;
  server.maxConnections = limits.maxConnections;
  server.maxHeadersCount = 100;
  server.on('clientError', answerBrokenRequest);
  server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
    // « 100-continue »: a body that is too long is refused before it is sent.
    if (Number(req.headers['content-length'] ?? 0) <= maxBodyBytes) res.writeContinue();
    server.emit('request', req, res);
  });
  server.prependListener('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
    // Nothing of Node's own ends an answer that nobody takes.
    const timer = setTimeout(() => socket.destroy(), limits.answerTimeout);
    res.once('close', () => clearTimeout(timer));
  });
  return server;
}

const codes: Readonly<Record<string, RejectionCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST.TIMEOUT',
  HPE_HEADER_OVERFLOW: 'REQUEST.HEADERS_TOO_LARGE',
};

function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Socket & { readonly _httpMessage?: ServerResponse },
): void {
  // An answer that has begun must not be continued with another one.
  if (!socket.writable || socket._httpMessage?.headersSent) socket.destroy();
  else answerRaw(socket, refuse(codes[error.code ?? ''] ?? 'REQUEST.UNREADABLE'));
}
