import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBodyBytes } from './bodyBytes.ts';

/** How long a client that still sends what is refused may take to notice the answer. Milliseconds. */
export const lingerMs = 500;

/** Whether a part of the body has not come yet that may be longer than what the portal reads. */
export const leavesBody = ({ complete, headers }: IncomingMessage): boolean =>
  !complete &&
  (headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > maxBodyBytes);

/**
 * Ends an answer whose header says « Connection: close », and the connection with it: the rest of the body is never
 * read. The answer leaves whole, but the connection is closed a moment later: closed at once, it would be reset while
 * the client still sends, and the answer lost.
 */
export function endLeavingBody(res: ServerResponse, text: string): void {
  res.write(text);
  const timer = setTimeout(() => res.end(), lingerMs);
  res.once('close', () => clearTimeout(timer));
}
