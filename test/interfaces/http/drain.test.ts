import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainable } from '../../../src/interfaces/http/drain.ts';
import { rawConnection, type RawConnection } from '../../support/rawHttp.ts';

const arrivalMs = 50;

describe('a server that stops', () => {
  let server: Server;
  let connection: RawConnection;
  let drain: () => Promise<void>;
  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => response.end('done'));
    });
    drain = drainable(server, { arrivalMs, graceMs: 10_000 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    connection = await rawConnection(`http://127.0.0.1:${port}`);
  });
  afterEach(() => {
    connection.socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const head = 'POST / HTTP/1.1\r\nHost: portail\r\nContent-Length: 4\r\n\r\n';

  it('answers a request that came whole in time, though the loop was held until too late', async () => {
    connection.write(head);
    await once(server, 'request');
    const closed = drain();
    connection.write('body');
    holdTheLoop(4 * arrivalMs);
    expect(await connection.closed()).to.match(/^HTTP\/1\.1 200 .*done/s);
    await closed;
  });

  it('refuses a request that did not come whole', async () => {
    connection.write(`${head}bo`);
    await once(server, 'request');
    const closed = drain();
    expect(await connection.closed()).to.match(/^HTTP\/1\.1 503 .*Retry-After: 5/s);
    await closed;
  });
});

/** As a slow disk would, or many requests at once. */
function holdTheLoop(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
