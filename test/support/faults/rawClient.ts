import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Milliseconds between two bytes that ask whether a connection that was ended is closed. */
const PROBE_MS = 50;

/** A client that minds nothing: it sends on after an answer, and never closes by itself. */
export interface RawClient {
  readonly socket: Socket;
  /** Everything received so far. */
  received(): string;
  /** Milliseconds from the connection to its close; undefined while it stands. */
  lasted(): number | undefined;
  /** Resolves once the portal takes nothing more: it has closed both ways, not only its own. */
  readonly closed: Promise<void>;
  /** Resolves once the text was received, or the connection has ended. */
  until(text: string): Promise<void>;
  write(bytes: string | Buffer): void;
}

export async function rawClient(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.setEncoding('utf8');
  // A reset is an end too, and comes as an error first.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const start = performance.now();
  let text = '';
  let lasted: number | undefined;
  let look = (): void => undefined;
  socket.on('data', (chunk: string) => {
    text += chunk;
    look();
  });
  let probing: NodeJS.Timeout | undefined;
  socket.once('end', () => {
    probing = setInterval(() => socket.write('x'), PROBE_MS);
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      clearInterval(probing);
      lasted = performance.now() - start;
      look();
      resolve();
    });
  });
  return {
    socket,
    received: () => text,
    lasted: () => lasted,
    closed,
    until: (expected) =>
      new Promise((resolve) => {
        look = () => {
          if (text.includes(expected) || lasted !== undefined) resolve();
        };
        look();
      }),
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
    },
  };
}

/** The head of a request, up to the blank line that ends it. */
export const headOf = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): string =>
  `${method} ${path} HTTP/1.1\r\nHost: portail\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
