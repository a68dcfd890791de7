import { expect } from 'chai';
import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hardenServer } from '../../../src/interfaces/http/hardenServer.ts';
import { createHttpApi } from '../../../src/interfaces/http/httpApi.ts';
import { maxBodyBytes } from '../../../src/interfaces/http/bodyBytes.ts';
import { apiTown, booking, type ApiTown } from '../../support/apiTown.ts';
import { rawConnection, type RawConnection } from '../../support/rawHttp.ts';

describe('what a connection may cost', () => {
  let town: ApiTown;
  let path: string;
  let head: string;
  const opened: RawConnection[] = [];
  before(async () => {
    town = await apiTown();
    const { martin, portal } = town;
    path = `/api/families/${martin.familyId}/submissions`;
    const { authorization } = portal.as(martin.guardian);
    head = `POST ${path} HTTP/1.1\r\nHost: portail\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`;
  });
  after(async () => {
    for (const { socket } of opened) socket.destroy();
    await town.close();
  });
  const open = async (): Promise<RawConnection> => {
    const connection = await rawConnection(town.portal.url);
    opened.push(connection);
    return connection;
  };
  const oneBooking = () =>
    JSON.stringify({ book: [booking(town.martin.children[0], '2026-11-19')], cancel: [] });

  it('refuses a body of 10 MB before it is sent, and closes', async () => {
    const connection = await open();
    connection.write(`${head}Content-Length: 10485760\r\n\r\n`);
    const answer = await connection.until('REQUEST.TOO_LARGE');
    expect(answer).to.match(/^HTTP\/1\.1 413 /);
    expect(answer).to.match(/\r\nConnection: close\r\n/);
    expect(answer).to.include('256\u00a0ko');
    expect(await connection.closed()).to.equal(answer);
  });

  it('answers a client that sends all of its 10 MB, whatever it sends', async () => {
    const body = JSON.stringify({ book: [], cancel: [], padding: 'x'.repeat(10 * 1024 * 1024) });
    for (const answer of await Promise.all([1, 2, 3].map(() => town.martin.api.post(path, body)))) {
      expect(answer.status).to.equal(413);
      expect(answer.body).to.include({ code: 'REQUEST.TOO_LARGE' });
    }
  });

  it('reads no more than it must of a body that does not say its length', async () => {
    const connection = await open();
    connection.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`);
    let sent = 0;
    const send = (): void => {
      while (sent < 1_000 && !connection.socket.destroyed) {
        sent += 1;
        if (!connection.socket.write(chunk)) {
          connection.socket.once('drain', send);
          return;
        }
      }
    };
    send();
    expect(await connection.until('REQUEST.TOO_LARGE')).to.match(/^HTTP\/1\.1 413 /);
    await connection.closed();
    expect(sent * 0x10000).to.be.lessThan(32 * 1024 * 1024);
  });

  it('refuses by length before it asks who is there to say « go on »', async () => {
    const connection = await open();
    connection.write(`${head}Expect: 100-continue\r\nContent-Length: 10485760\r\n\r\n`);
    const answer = await connection.until('REQUEST.TOO_LARGE');
    expect(answer).to.not.include('100 Continue');
  });

  it('says « go on » to a body of a good length', async () => {
    const connection = await open();
    const body = oneBooking();
    connection.write(
      `${head}Connection: close\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await connection.until('100 Continue');
    connection.write(body);
    expect(await connection.closed()).to.include('HTTP/1.1 201 Created');
  });

  it('takes a body of exactly the limit, and not one byte more', async () => {
    const spaces = (bytes: number) => {
      const body = oneBooking();
      return body + ' '.repeat(bytes - body.length);
    };
    expect((await town.martin.api.post(path, spaces(maxBodyBytes))).status).to.equal(201);
    expect((await town.martin.api.post(path, spaces(maxBodyBytes + 1))).status).to.equal(413);
  });

  it('keeps a connection sane after a refusal: the next request on it is answered', async () => {
    const connection = await open();
    const body = '{"book":';
    connection.write(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    await connection.until('REQUEST.MALFORMED_JSON');
    const good = oneBooking();
    connection.write(`${head}Content-Length: ${good.length}\r\n\r\n${good}`);
    expect(await connection.until('HTTP/1.1 201 Created')).to.match(/HTTP\/1\.1 400 /);
  });

  it('keeps a connection sane after refusing who asks, with the body left unread', async () => {
    const connection = await open();
    const unsigned = head.replace(/Authorization: .*\r\n/, '');
    const body = ' '.repeat(100_000);
    connection.write(`${unsigned}Content-Length: ${body.length}\r\n\r\n${body}`);
    await connection.until('ACCESS.SIGN_IN');
    const good = oneBooking();
    connection.write(`${head}Content-Length: ${good.length}\r\n\r\n${good}`);
    expect(await connection.until('HTTP/1.1 201 Created')).to.match(/HTTP\/1\.1 401 /);
  });

  it('does nothing for a client that leaves in the middle, and logs no failure', async () => {
    const connection = await open();
    connection.write(`${head}Content-Length: 1000\r\n\r\n{"book":[`);
    connection.socket.destroy();
    await connection.closed();
    expect((await town.martin.api.get('/api/activities')).status).to.equal(200);
    expect(town.portal.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  it('answers what is no HTTP in French', async () => {
    const connection = await open();
    connection.write('BONJOUR\r\n\r\n');
    const answer = await connection.closed();
    expect(answer).to.match(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).to.include('REQUEST.UNREADABLE');
  });

  it('refuses headers that are too long', async () => {
    const connection = await open();
    connection.write(`GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    const answer = await connection.closed();
    expect(answer).to.match(/^HTTP\/1\.1 431 /);
    expect(answer).to.include('REQUEST.HEADERS_TOO_LARGE');
  });

  it('refuses two lengths, or a length and chunks: no request hides in another', async () => {
    for (const framing of [
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    ]) {
      const connection = await open();
      connection.write(`${head}${framing}\r\n0\r\n\r\n`);
      expect(await connection.closed()).to.match(/^HTTP\/1\.1 400 /);
    }
  });

  it('answers who sends too slowly with 408, in the headers or in the body', async () => {
    const app = express();
    app.use(createHttpApi(town.portal.services, { secure: false }));
    const server = hardenServer(createServer({ connectionsCheckingInterval: 20 }, app));
    server.headersTimeout = 60;
    server.requestTimeout = 120;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const begun of [head, `${head}Content-Length: 1000\r\n\r\n{"book":`]) {
      const connection = await rawConnection(url);
      connection.write(begun);
      const answer = await connection.closed();
      expect(answer).to.match(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(answer).to.include('REQUEST.TIMEOUT');
    }
    server.close();
    await once(server, 'close');
  });

  it('bounds what a server waits for', () => {
    const server = hardenServer(createServer());
    expect(server.headersTimeout).to.equal(15_000);
    expect(server.requestTimeout).to.equal(30_000);
    expect(server.keepAliveTimeout).to.equal(65_000);
    expect(server.maxHeadersCount).to.equal(100);
  });
});
