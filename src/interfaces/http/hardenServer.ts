import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { RejectionCode } from '../rejections.ts';
import { problemOf, problemType } from './problem.ts';
import { refuse } from './refusal.ts';
import { maxBodyBytes } from './jsonBody.ts';

/** Limits that Node takes only when a server is made. */
const options: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  // How often the timeouts below are looked at.
  connectionsCheckingInterval: 2_000,
  requireHostHeader: true,
};

/** A server that slow, huge or broken requests can't hold. */
export const createHardServer = (listener: RequestListener): Server =>
  hardenServer(createServer(options, listener));

/** Sets the limits of a server, and answers in French those that never become a request. */
export function hardenServer(server: Server): Server {
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  // Longer than what reverse proxies keep (60 s): they close first, and no request falls into a closing connection.
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  server.on('clientError', answerBrokenRequest);
  server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
    // « 100-continue »: a body that is too long is refused before it is sent.
    if (Number(req.headers['content-length'] ?? 0) <= maxBodyBytes) res.writeContinue();
    server.emit('request', req, res);
  });
  return server;
}

const codes: Readonly<Record<string, RejectionCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST.TIMEOUT',
  HPE_HEADER_OVERFLOW: 'REQUEST.HEADERS_TOO_LARGE',
};

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function answerBrokenRequest(
  error: NodeJS.ErrnoException,
  socket: Socket & { readonly _httpMessage?: ServerResponse },
): void {
  // An answer that has begun must not be continued with another one.
  if (!socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const refusal = refuse(codes[error.code ?? ''] ?? 'REQUEST.UNREADABLE');
  const problem = problemOf(refusal);
  const text = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${reasons[problem.status] ?? 'Error'}\r\n` +
      `Content-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
      `Cache-Control: no-store\r\nConnection: close\r\n\r\n${text}`,
  );
}
