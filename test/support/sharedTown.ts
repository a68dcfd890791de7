import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Principal } from '../../src/application/principal.ts';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { parseTown } from '../../src/infrastructure/config/town.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { openMongoKeyVault } from '../../src/infrastructure/mongodb/mongoKeyVault.ts';
import { openMongoReadModelStore } from '../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { openPortal, type Portal } from '../../src/portal.ts';
import { group } from './activityFacts.ts';
import { apiClient, type ApiClient } from './apiClient.ts';
import { booking, definition, type ReceiptBody } from './apiTown.ts';
import { eventServer, type EventServer } from './eventServer.ts';
import { startEventStoreDb, type EventStoreDbCluster } from './eventstoredb/eventStoreDbServer.ts';
import { cuttableMongo, type CuttableMongo } from './cuttableMongo.ts';
import type { SharedStores } from './faults/keptOnServers.ts';
import { mongoForTest, type MongoForTest } from './mongo.ts';
import { capturedLog, TestClock } from './testPortal.ts';
import { paris, townCalendar } from './townFacts.ts';

const supervisor: Principal = { actor: { kind: 'supervisor', id: 's-1' } };
export const thursday = '2026-11-26';
/** Days of the canteen that may be booked and given back; some in each of two months. */
export const canteenDays = ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-03'];
const masterKey = MasterKey.parse('5c'.repeat(32));

type Booked = ReceiptBody['lines'][number]['result'];

/** Portals that share an EventStoreDB and a MongoDB, each as its own process would be. Stop it in the end. */
export class SharedTown {
  readonly portals: Portal[] = [];
  private readonly addresses: string[] = [];
  private readonly run = randomBytes(4).toString('hex');
  private readonly clock = new TestClock(paris('2026-11-16 10:00'));

  private constructor(
    private readonly eventServer: EventServer,
    private readonly cluster: EventStoreDbCluster | undefined,
    /** What the portals reach MongoDB through. */
    readonly mongo: CuttableMongo,
    private readonly database: MongoForTest,
  ) {}

  static async start(processes: number): Promise<SharedTown> {
    const cluster = await startEventStoreDb({ systemEventEvery: 2 });
    const { connectionString } = cluster;
    const server = { connectionString, shared: false, stop: async () => cluster.stop() };
    return SharedTown.startOn(server, cluster, processes);
  }

  /** The same on the server of EVENTSTORE_URL, when there is one: no fault can be asked of its events. */
  static async onServers(processes: number): Promise<SharedTown> {
    return SharedTown.startOn(await eventServer(), undefined, processes);
  }

  private static async startOn(
    server: EventServer,
    cluster: EventStoreDbCluster | undefined,
    processes: number,
  ): Promise<SharedTown> {
    const database = await mongoForTest();
    const town = new SharedTown(server, cluster, await cuttableMongo(database), database);
    for (let n = 0; n < processes; n += 1) await town.startPortal();
    return town;
  }

  /** The canteen; under a name of this town's own where its events stand among those of others. */
  get canteen(): string {
    return this.eventServer.shared ? `cantine-${this.run}` : 'cantine';
  }

  get events(): EventStoreDbCluster {
    return this.cluster ?? expect.fail('this server does no fault on demand');
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
        eventStore: { connectionString: this.eventServer.connectionString },
        mongoUrl: this.mongoUrl,
      },
      masterKey,
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
    return apiClient(this.addressOf(process), { authorization: `Bearer ${token}` });
  }

  addressOf(process: number): string {
    return this.addresses[process] ?? expect.fail('no such process');
  }

  servicesOf(process: number): Portal['services'] {
    return this.portals[process]?.services ?? expect.fail('no such process');
  }

  /** What the portals keep, as the servers themselves hold it. */
  async stores(): Promise<SharedStores> {
    const vault = await openMongoKeyVault(this.database, masterKey);
    const readModels = openMongoReadModelStore(this.database);
    return { events: this.servicesOf(0).events, vault, readModels };
  }

  /** A canteen of so many places, and a family with so many children enrolled. */
  async families(places: number, count: number) {
    const head = this.at(0);
    const groups = [group('tous', 2, 12, places)];
    await head.post('/api/activities', definition(this.canteen, { groups }));
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
      const enrolment = { activityId: this.canteen, from: '2026-09-01' };
      await head.post(`/api/children/${body.childId}/enrolments`, enrolment);
      children.push(body.childId);
    }
    return { familyId: family.familyId, children };
  }

  /** Asks for Thursday's canteen, under a key of its own unless told. */
  send(process: number, familyId: string, childId: string, key = randomBytes(8).toString('hex')) {
    return this.at(process).post<ReceiptBody>(
      `/api/families/${familyId}/submissions`,
      { book: [booking(childId, thursday, this.canteen)], cancel: [] },
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
    await this.eventServer.stop();
  }
}
