import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that says exactly what a test tells it, byte for byte. */
export interface RawConnection {
  readonly socket: Socket;
  write(text: string | Buffer): void;
  /** Everything received once the text includes this, or the other side has closed; fails after 10 s. */
  until(expected: string): Promise<string>;
  /** Everything received once the other side has closed; fails after 10 s. */
  closed(): Promise<string>;
}

export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  let ended = false;
  let look = (): void => undefined;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    look();
  });
  // A reset is an end too: what matters is what was received before.
  for (const end of ['close', 'error'])
    socket.on(end, () => {
      ended = true;
      look();
    });
  await once(socket, 'connect');

  const when = (holds: () => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`only received: ${text}`)), 10_000);
      look = () => {
        if (!holds() && !ended) return;
        clearTimeout(timer);
        resolve(text);
      };
      look();
    });
  return {
    socket,
    write: (sent) => void socket.write(sent),
    until: (expected) => when(() => text.includes(expected)),
    closed: () => when(() => ended),
  };
}
