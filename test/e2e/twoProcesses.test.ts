import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { activities } from '../../src/application/aggregates.ts';
import type { Principal } from '../../src/application/principal.ts';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { parseTown } from '../../src/infrastructure/config/town.ts';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { openPortal, type Portal } from '../../src/portal.ts';
import { apiClient, type ApiClient } from '../support/apiClient.ts';
import { booking, definition, type ReceiptBody } from '../support/apiTown.ts';
import { group } from '../support/activityFacts.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
} from '../support/eventstoredb/eventStoreDbServer.ts';
import { describeOnMongo, mongoForTest, mongoUrl, type MongoForTest } from '../support/mongo.ts';
import { capturedLog, TestClock } from '../support/testPortal.ts';
import { paris, townCalendar } from '../support/townFacts.ts';

const supervisor: Principal = { actor: { kind: 'supervisor', id: 's-1' } };
const thursday = '2026-11-26';

describeOnMongo('two processes of the portal on shared servers', () => {
  let cluster: EventStoreDbCluster;
  let mongo: MongoForTest;
  let portals: Portal[] = [];
  let clients: ((who: Principal) => ApiClient)[] = [];

  const start = async (url: string): Promise<void> => {
    const clock = new TestClock(paris('2026-11-16 10:00'));
    const configuration = {
      host: '127.0.0.1',
      port: 0,
      dataDirectory: '',
      stores: {
        kind: 'distributed',
        eventStore: { connectionString: cluster.connectionString },
        mongoUrl: url,
      },
      masterKey: MasterKey.parse('5c'.repeat(32)),
      town: parseTown(JSON.stringify({ ...defaultTown, schoolZone: 'C' })),
      logLevel: 'silent',
    } as const;
    const portal = await openPortal({
      configuration,
      town: defaultTown,
      calendar: townCalendar(),
      clock,
      log: capturedLog().log,
    });
    portals.push(portal);
    const address = await portal.listen();
    clients.push((who) => {
      const token = portal.services.tokens.issue(who, addHours(clock.now(), 24));
      return apiClient(address, { authorization: `Bearer ${token}` });
    });
  };

  beforeEach(async () => {
    portals = [];
    clients = [];
    cluster = await startEventStoreDb({ systemEventEvery: 2 });
    mongo = await mongoForTest();
    const url = new URL(await mongoUrl());
    url.pathname = `/${mongo.db.databaseName}`;
    await start(url.href);
    await start(url.href);
  });
  afterEach(async () => {
    await Promise.all(portals.map((portal) => portal.close()));
    await mongo.drop();
    await cluster.stop();
  });

  const at = (process: 0 | 1, who: Principal): ApiClient =>
    clients[process]?.(who) ?? expect.fail('no such process');
  /** A canteen of so many places, and a family with so many children enrolled. */
  async function town(places: number, count: number) {
    const head = at(0, supervisor);
    const groups = [group('tous', 2, 12, places)];
    await head.post('/api/activities', definition('cantine', { groups }));
    const { body: family } = await head.post<{ familyId: string }>('/api/families', {
      resident: true,
      address: '12, allée des Tilleuls\n46000 Vallée-du-Lot',
      guardians: [{ firstName: 'Camille', lastName: 'Martin', email: 'camille@example.org' }],
    });
    const children: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const { body } = await head.post<{ childId: string }>(
        `/api/families/${family.familyId}/children`,
        { firstName: `Enfant ${n}`, lastName: 'Martin', birthDate: '2018-05-02' },
      );
      const enrolment = { activityId: 'cantine', from: '2026-09-01' };
      await head.post(`/api/children/${body.childId}/enrolments`, enrolment);
      children.push(body.childId);
    }
    return { familyId: family.familyId, children };
  }
  const book = async (process: 0 | 1, familyId: string, childId: string, date = thursday) => {
    const { status, body } = await at(process, supervisor).post<ReceiptBody>(
      `/api/families/${familyId}/submissions`,
      { book: [booking(childId, date)], cancel: [] },
      { 'idempotency-key': randomBytes(8).toString('hex') },
    );
    expect(status).to.equal(201);
    return body.lines[0]?.result;
  };

  it('give each place once, each rank once, and lose no answer, when both book one session', async () => {
    const { familyId, children } = await town(5, 12);
    const results = await Promise.all(
      children.map((child, n) => book(n % 2 === 0 ? 0 : 1, familyId, child)),
    );
    const outcomes = results.map((result) => result?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).to.have.length(5);
    const ranks = results.flatMap((result) => result?.rank ?? []).sort((a, b) => a - b);
    expect(ranks).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
  });

  it('show on one what was sent to the other, once it is waited for', async () => {
    const { familyId, children } = await town(5, 1);
    const [child = ''] = children;
    await book(0, familyId, child);
    const other = portals[1]?.services ?? expect.fail('no such process');
    const head = (await other.events.head()) ?? expect.fail('nothing was stored');
    expect(await other.readSide.waitFor(head, 30_000)).to.equal(true);
    const { body } = await at(1, supervisor).get(
      `/api/families/${familyId}/agenda?month=2026-11`,
    );
    expect(JSON.stringify(body)).to.include('"status":"confirmed"');
  });

  it('decide by the rules that the other was given', async () => {
    const { familyId, children } = await town(5, 2);
    const [one = '', two = ''] = children;
    expect((await book(1, familyId, one))?.outcome).to.equal('accepted');
    const head = at(0, supervisor);
    const read = await head.get('/api/activities/cantine');
    const { terms } = definition('cantine');
    const schedule = { ...terms.schedule, weekdays: ['MON'] };
    const body = { effectiveFrom: '2026-11-20', terms: { ...terms, schedule } };
    await head.post('/api/activities/cantine/terms', body, {
      'if-match': read.headers.get('etag') ?? '',
    });
    const { handler } = portals[1]?.services ?? expect.fail('no such process');
    while ((await handler.load(activities, 'cantine')).revision < 1n)
      await new Promise((resolve) => setImmediate(resolve));
    expect((await book(1, familyId, two))?.outcome).to.equal('refused');
  });
});
