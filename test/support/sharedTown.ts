import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Principal } from '../../src/application/principal.ts';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { parseTown } from '../../src/infrastructure/config/town.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { openPortal, type Portal } from '../../src/portal.ts';
import { group } from './activityFacts.ts';
import { apiClient, type ApiClient } from './apiClient.ts';
import { booking, definition, type ReceiptBody } from './apiTown.ts';
import { startEventStoreDb, type EventStoreDbCluster } from './eventstoredb/eventStoreDbServer.ts';
import { cuttableMongo, type CuttableMongo } from './cuttableMongo.ts';
import { mongoForTest, type MongoForTest } from './mongo.ts';
import { capturedLog, TestClock } from './testPortal.ts';
import { paris, townCalendar } from './townFacts.ts';

const supervisor: Principal = { actor: { kind: 'supervisor', id: 's-1' } };
export const thursday = '2026-11-26';

type Booked = ReceiptBody['lines'][number]['result'];

/** Portals that share an EventStoreDB and a MongoDB, each as its own process would be. Stop it in the end. */
export class SharedTown {
  readonly portals: Portal[] = [];
  private readonly addresses: string[] = [];
  private readonly clock = new TestClock(paris('2026-11-16 10:00'));

  private constructor(
    readonly events: EventStoreDbCluster,
    /** What the portals reach MongoDB through. */
    readonly mongo: CuttableMongo,
    private readonly database: MongoForTest,
  ) {}

  static async start(processes: number): Promise<SharedTown> {
    const database = await mongoForTest();
    const events = await startEventStoreDb({ systemEventEvery: 2 });
    const town = new SharedTown(events, await cuttableMongo(database), database);
    for (let n = 0; n < processes; n += 1) await town.startPortal();
    return town;
  }

  /** Through the relay, to the database of this town alone. */
  private get mongoUrl(): string {
    const url = new URL(this.mongo.url);
    url.pathname = `/${this.database.db.databaseName}`;
    return url.href;
  }

  private async startPortal(): Promise<void> {
    const configuration = {
      host: '127.0.0.1',
      port: 0,
      dataDirectory: '',
      stores: {
        kind: 'distributed',
        eventStore: { connectionString: this.events.connectionString },
        mongoUrl: this.mongoUrl,
      },
      masterKey: MasterKey.parse('5c'.repeat(32)),
      town: parseTown(JSON.stringify({ ...defaultTown, schoolZone: 'C' })),
      logLevel: 'silent',
    } as const;
    const portal = await openPortal({
      configuration,
      town: defaultTown,
      calendar: townCalendar(),
      clock: this.clock,
      log: capturedLog().log,
    });
    this.portals.push(portal);
    this.addresses.push(await portal.listen());
  }

  /** A client of one of the processes. */
  at(process: number, who: Principal = supervisor): ApiClient {
    const { tokens } = this.servicesOf(process);
    const token = tokens.issue(who, addHours(this.clock.now(), 24));
    return apiClient(this.addresses[process] ?? '', { authorization: `Bearer ${token}` });
  }

  servicesOf(process: number): Portal['services'] {
    return this.portals[process]?.services ?? expect.fail('no such process');
  }

  /** A canteen of so many places, and a family with so many children enrolled. */
  async families(places: number, count: number) {
    const head = this.at(0);
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

  /** Asks for Thursday's canteen, under a key of its own unless told. */
  send(process: number, familyId: string, childId: string, key = randomBytes(8).toString('hex')) {
    return this.at(process).post<ReceiptBody>(
      `/api/families/${familyId}/submissions`,
      { book: [booking(childId, thursday)], cancel: [] },
      { 'idempotency-key': key },
    );
  }

  async book(process: number, familyId: string, childId: string): Promise<Booked | undefined> {
    const { status, body } = await this.send(process, familyId, childId);
    expect(status).to.equal(201);
    return body.lines[0]?.result;
  }

  async stop(): Promise<void> {
    await Promise.all(this.portals.map((portal) => portal.close()));
    await this.mongo.stop();
    await this.database.drop();
    await this.events.stop();
  }
}
