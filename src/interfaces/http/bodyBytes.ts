import type { IncomingMessage } from 'node:http';

/** The longest body that any route takes. */
export const maxBodyBytes = 256 * 1024;

/** Nobody is there to answer. */
export class ClientLeftError extends Error {
  override readonly name = 'ClientLeftError';
}

/**
 * The body; undefined as soon as it is too long, or says that it will be: the rest then stays unread. Rejects with
 * ClientLeftError when the client leaves before the end.
 */
export function readBytes(req: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (): void => {
      req.off('data', take).off('end', end).off('close', leave).off('error', leave);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      stop();
      req.pause();
      resolve(undefined);
    };
    const end = (): void => {
      stop();
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks, length));
    };
    const leave = (): void => {
      stop();
      reject(new ClientLeftError('the client left before the end of the body'));
    };
    req.on('data', take).on('end', end).on('close', leave).on('error', leave);
  });
}
