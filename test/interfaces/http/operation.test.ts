import { expect } from 'chai';
import {
  StoreUnavailableError,
  type EventStore,
} from '../../../src/application/ports/eventStore.ts';
import { apiClient } from '../../support/apiClient.ts';
import { agent, apiTown, booking, supervisor, type ApiTown } from '../../support/apiTown.ts';
import { storeLike } from '../../support/storeDoubles.ts';
import { startTestPortal } from '../../support/testPortal.ts';

/** A store that a test takes away and gives back. */
function breakable(): { around: (store: EventStore) => EventStore; broken: Error | undefined } {
  const state: { around: (store: EventStore) => EventStore; broken: Error | undefined } = {
    broken: undefined,
    around: (store) => {
      const failIfBroken = (): void => {
        if (state.broken) throw state.broken;
      };
      const like = storeLike(store, {
        beforeRead: failIfBroken,
        append: async (stream, events, expected) => {
          failIfBroken();
          return store.append(stream, events, expected);
        },
      });
      return {
        ...like,
        head: async () => {
          failIfBroken();
          return store.head();
        },
      };
    },
  };
  return state;
}

describe('running the portal', () => {
  describe('while the event store is away', () => {
    const store = breakable();
    let town: ApiTown;
    before(async () => {
      town = await apiTown({}, { around: store.around });
    });
    afterEach(() => {
      store.broken = undefined;
    });
    after(() => town.close());

    const submit = () =>
      town.martin.api.post(`/api/families/${town.martin.familyId}/submissions`, {
        book: [booking(town.martin.children[0], '2026-11-19')],
        cancel: [],
      });

    it('answers 503 with the time to wait, and works again without a restart', async () => {
      store.broken = new StoreUnavailableError('disk full at /var/lib/portail');
      const down = await submit();
      expect(down.status).to.equal(503);
      expect(down.headers.get('retry-after')).to.equal('2');
      expect(down.body).to.include({ code: 'STORE.UNAVAILABLE' });
      expect(JSON.stringify(down.body)).to.not.include('/var/lib');
      store.broken = undefined;
      expect((await submit()).status).to.equal(201);
    });

    it('is not ready, and says what is missing', async () => {
      const api = apiClient(town.portal.url, {});
      expect((await api.get('/ready')).body).to.deep.equal({ status: 'ready' });
      store.broken = new StoreUnavailableError('gone');
      const { status, body, headers } = await api.get('/ready');
      expect(status).to.equal(503);
      expect(headers.get('retry-after')).to.equal('5');
      expect(body).to.deep.include({
        missing: [{ code: 'events', title: 'Le journal des événements ne répond pas' }],
      });
      expect((await api.get('/health')).body).to.deep.equal({ status: 'up' });
    });

    it('tells nothing of an error that nobody expected, and logs only where it stands', async () => {
      store.broken = new Error('cannot store Léa Martin,\n at 12, allée des Tilleuls');
      const { status, body } = await submit();
      expect(status).to.equal(500);
      expect(body).to.include({ code: 'INTERNAL' });
      const line = town.portal.lines.findLast(({ level }) => level === 'error');
      const { instance } = body as { readonly instance: string };
      expect(instance).to.equal(`urn:uuid:${String(line?.fields['correlationId'])}`);
      expect(line?.fields['error']).to.equal('Error');
      expect(line?.fields['at']).to.match(/operation\.test\.ts/);
      for (const text of [JSON.stringify(body), JSON.stringify(line)])
        expect(text).to.not.match(/Léa|Martin|Tilleuls/);
    });
  });

  describe('read models', () => {
    let town: ApiTown;
    before(async () => {
      town = await apiTown();
    });
    after(() => town.close());

    it('are told to supervisors, with how far each has come', async () => {
      const { body } = await town.supervisor.get<{
        projections: { name: string; state: string; checkpoint: string; head: string }[];
      }>('/api/projections');
      expect(body.projections.map(({ name }) => name)).to.include.members(['agenda', 'dossiers']);
      for (const { state, checkpoint, head } of body.projections) {
        expect(state).to.equal('running');
        expect(checkpoint).to.equal(head);
      }
      expect(await town.agent.refused('GET', '/api/projections')).to.include({ status: 403 });
    });

    it('are rebuilt when a supervisor asks, if there is such a one', async () => {
      const { status, body } = await town.supervisor.post('/api/projections/agenda/rebuild');
      expect([status, body]).to.deep.equal([202, { projection: 'agenda' }]);
      expect(await town.supervisor.refused('POST', '/api/projections/poney/rebuild')).to.include({
        status: 404,
        code: 'PROJECTION.UNKNOWN',
      });
    });
  });

  it('is not ready while a read model is too late', async () => {
    const portal = await startTestPortal({ maxLag: -1n });
    try {
      const api = apiClient(portal.url, portal.as(supervisor));
      expect((await api.get('/ready')).status).to.equal(200);
      await apiClient(portal.url, portal.as(agent)).post('/api/families', {
        resident: true,
        address: '1, rue du Pont',
        guardians: [{ firstName: 'Inès', lastName: 'Roux', email: 'ines@example.org' }],
      });
      await portal.settled();
      const { status, body } = await api.get<{
        missing: { code: string; projections?: string[] }[];
      }>('/ready');
      expect(status).to.equal(503);
      expect(body.missing.map(({ code }) => code)).to.deep.equal(['projections']);
      expect(body.missing[0]?.projections).to.include('agenda');
    } finally {
      await portal.close();
    }
  });
});

describe('addresses and methods', () => {
  let town: ApiTown;
  before(async () => {
    town = await apiTown();
  });
  after(() => town.close());

  const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(town.portal.url + path, { method, headers, redirect: 'manual' });

  it('tells that an address is unknown', async () => {
    for (const path of ['/api/poney', '/api/families/x/y/z', '/api/Activities', '/api/%20']) {
      const problem = await town.agent.refused('GET', path);
      expect(problem, path).to.include({ status: 404, code: 'ROUTE.UNKNOWN' });
    }
  });

  it('tells which methods an address allows', async () => {
    const cases = {
      '/api/activities': 'GET, HEAD, OPTIONS, POST',
      '/api/families': 'OPTIONS, POST',
      '/api/families/x/agenda': 'GET, HEAD, OPTIONS',
      '/health': 'GET, HEAD, OPTIONS',
    };
    for (const [path, allow] of Object.entries(cases)) {
      for (const method of ['DELETE', 'PUT', 'PATCH']) {
        const response = await ask(method, path);
        expect(response.status, `${method} ${path}`).to.equal(405);
        expect(response.headers.get('allow')).to.equal(allow);
        expect(await response.json()).to.include({ code: 'METHOD.NOT_ALLOWED' });
      }
      const options = await ask('OPTIONS', path);
      expect([options.status, options.headers.get('allow')]).to.deep.equal([204, allow]);
      expect(await options.text()).to.equal('');
    }
  });

  it('answers HEAD as GET, without the text', async () => {
    const headers = town.portal.as(agent);
    const get = await ask('GET', '/api/activities/cantine', headers);
    const text = await get.text();
    const response = await ask('HEAD', '/api/activities/cantine', headers);
    expect(await response.text()).to.equal('');
    expect(response.status).to.equal(200);
    expect(response.headers.get('etag')).to.equal('"0"');
    expect(response.headers.get('content-length')).to.equal(`${Buffer.byteLength(text)}`);
    expect((await ask('HEAD', '/api/activities/poney', headers)).status).to.equal(404);
  });

  it('says nothing of what it is made of', async () => {
    const response = await ask('GET', '/api/poney');
    expect(response.headers.get('x-powered-by')).to.equal(null);
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(response.headers.get('content-security-policy')).to.include("default-src 'none'");
  });

  it('leaves to others what is not its own', async () => {
    const portal = await startTestPortal({
      mount: (app) => app.use((_req, res) => void res.send('the web portal')),
    });
    try {
      for (const path of ['/', '/reservations', '/apiary', '/healthy'])
        expect(await (await fetch(portal.url + path)).text()).to.equal('the web portal');
    } finally {
      await portal.close();
    }
  });

  it('leads from the type of a problem to its words', async () => {
    const problem = await town.agent.refused('GET', '/api/poney');
    expect(problem.type).to.equal('/problemes/route-unknown');
    const response = await ask('GET', problem.type);
    expect([response.status, response.headers.get('location')]).to.deep.equal([
      303,
      '/api#route-unknown',
    ]);
    const page = await ask('GET', '/api');
    expect(page.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).to.include("style-src 'self'");
    expect(await page.text()).to.include('id="route-unknown"');
  });

  it('serves the document that the tests hold answers against', async () => {
    const response = await ask('GET', '/api/openapi.json');
    expect(response.headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(await response.json()).to.have.property('openapi', '3.1.0');
  });

  it('gives each request a reference, and answers with the client’s own when it is a sane one', async () => {
    const given = '0193a1c2-7d3e-7b1a-9c55-2f61c0de4a10';
    const kept = await ask('GET', '/api/poney', { 'x-request-id': given });
    expect(kept.headers.get('x-request-id')).to.equal(given);
    expect(await kept.json()).to.include({ instance: `urn:uuid:${given}` });
    const token = await ask('GET', '/api/poney', { 'x-request-id': 'proxy.42~a_b-c' });
    expect(token.headers.get('x-request-id')).to.equal('proxy.42~a_b-c');
    const { instance } = (await token.json()) as { instance: string };
    expect(instance).to.match(/^urn:uuid:[0-9a-f-]{36}$/);
    for (const odd of ['short', 'x'.repeat(65), 'a b c d e f', '<script>alert', '"quoted-text"']) {
      const replaced = await ask('GET', '/api/poney', { 'x-request-id': odd });
      expect(replaced.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
    }
  });
});
