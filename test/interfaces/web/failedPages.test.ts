import { expect } from 'chai';
import express, { Router } from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { Services } from '../../../src/application/services.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { webRouter } from '../../../src/interfaces/web/webRouter.ts';
import { agent } from '../../support/apiTown.ts';
import { failure } from '../../support/portalProcess.ts';
import { read } from '../../support/htmlFacts.ts';
import { startTestPortal, type TestPortal } from '../../support/testPortal.ts';
import { familyId } from '../../support/townFacts.ts';
import { pagesOf } from '../../support/webTown.ts';

const secret = 'Camille Martin, 12 allée des Tilleuls';
const guardian = { actor: { kind: 'guardian', id: 'g-1' }, familyId: familyId('f-1') } as const;

describe('a page that fails', () => {
  let portal: TestPortal;
  let server: Server;
  let url = '';
  /** What every read answers. */
  let reason: Error;

  before(async () => {
    portal = await startTestPortal();
    const failing = <T extends object>(service: T): T =>
      new Proxy(service, { get: () => () => Promise.reject(reason) });
    const services: Services = {
      ...portal.services,
      familyDirectory: failing(portal.services.familyDirectory),
      validationQueue: failing(portal.services.validationQueue),
      sessions: failing(portal.services.sessions),
    };
    const app = express();
    const extra = Router().get('/moitie', (_request, response) => {
      response.write('la moitié d’une page');
      throw new Error(secret);
    });
    app.use(webRouter(pagesOf(services), 'http://localhost', extra));
    server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await portal.close();
  });

  it('half-way is cut, without a word of the error in the log', async () => {
    const response = await fetch(`${url}/moitie`, { headers: portal.inBrowser(agent) });
    expect(await failure(response.text())).to.be.instanceOf(Error);
    expect(JSON.stringify(portal.lines)).to.include('page failed').and.not.include(secret);
  });

  for (const [name, error, status, words] of [
    ['for an unknown reason', new Error(secret), 500, 'pas marché de notre côté'],
    ['since the store is away', new StoreUnavailableError(secret), 503, 'ne peut pas s’afficher'],
    [
      'for a reason that says it is no fault of a client',
      Object.assign(new Error(secret), { status: 503 }),
      500,
      'pas marché de notre côté',
    ],
  ] as const)
    it(`${name}, also while its error page is drawn, says so without a word of the error`, async () => {
      reason = error;
      for (const [path, who] of [
        ['/', guardian],
        ['/agents/validation', agent],
        ['/agents/seances', agent],
        ['/nulle-part', agent],
      ] as const) {
        const response = await fetch(url + path, { headers: portal.inBrowser(who) });
        const html = await response.text();
        // An address that does not exist still fails when its page needs the store.
        expect(response.status, path).to.equal(status);
        expect(response.headers.get('cache-control')).to.equal('no-store');
        expect(read(html)).to.include(words).and.include(defaultTown.name);
        expect(html)
          .not.to.include(secret)
          .and.not.match(/\bat \S+ \(|node_modules|\.ts:\d/);
      }
      const told = JSON.stringify(portal.lines);
      expect(told).to.include('page failed').and.not.include(secret);
      expect(told).not.to.include('nulle-part');
    });
});
