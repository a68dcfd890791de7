import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, problemType } from './problem.ts';
import type { Refusal } from './refusal.ts';
import { lingerMs } from './unreadBody.ts';

/** Answers on a connection where no request is whole, and closes it, whatever the client goes on sending. */
export function answerRaw(socket: Socket, refusal: Refusal): void {
  const problem = problemOf(refusal);
  const text = JSON.stringify(problem);
  const more = Object.entries(refusal.headers ?? {}).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}\r\n` +
      `Content-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` +
      `Cache-Control: no-store\r\nConnection: close\r\n${more.join('')}\r\n${text}`,
  );
  // Node no longer watches a connection that it has told of: one that is never closed by its client would stay.
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}
