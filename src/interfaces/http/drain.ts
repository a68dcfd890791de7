import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerRaw } from './rawAnswer.ts';
import { refuse } from './refusal.ts';

/** What a shutdown waits for. Milliseconds. */
export interface DrainBounds {
  /** For requests under way to come whole; the others are then refused. */
  readonly arrivalMs: number;
  /** For requests that came whole to be answered; what is left is then cut. */
  readonly graceMs: number;
}

/** The bounds of production; docs/operations.md tells them. */
export const drainBounds: DrainBounds = { arrivalMs: 3_000, graceMs: 10_000 };

/** Of the loop: each reads what has come, up to 2 MB of a connection; the first ends where it began. */
const TURNS = 2;

/**
 * Watches a server, and answers how to stop it: it takes no new connection, answers every request that comes whole in
 * time, refuses the others with 503, and closes each connection after its answer. Resolves once all are closed.
 */
export function drainable(server: Server, bounds = drainBounds): () => Promise<void> {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  let draining = false;
  const closeAfter = (res: ServerResponse): void => {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_req: IncomingMessage, res: ServerResponse) => {
    if (draining) closeAfter(res);
    answers.add(res);
    res.once('close', () => answers.delete(res));
  });

  const refuseUnsent = async (): Promise<void> => {
    // What came in time may not be read yet: a loop that was held runs its timers first.
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    const answered = new Set(
      [...answers].flatMap(({ req, headersSent }) =>
        req.complete || headersSent ? [req.socket] : [],
      ),
    );
    for (const socket of sockets)
      if (socket.bytesRead === 0) socket.destroy();
      else if (!answered.has(socket)) answerRaw(socket, stopping());
  };

  return async () => {
    if (!server.listening) return;
    draining = true;
    const closed = once(server, 'close');
    server.close();
    for (const res of answers) closeAfter(res);
    // A connection kept alive falls idle when its request ends: nothing else would close it.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const refusing = setTimeout(() => void refuseUnsent(), bounds.arrivalMs);
    const cut = setTimeout(() => server.closeAllConnections(), bounds.graceMs);
    await closed;
    clearInterval(idle);
    clearTimeout(refusing);
    clearTimeout(cut);
  };
}

const stopping = () => refuse('PORTAL.STOPPING', {}, { headers: { 'Retry-After': '5' } });
