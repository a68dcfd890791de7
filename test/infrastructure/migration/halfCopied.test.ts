import { expect } from 'chai';
import { keepLease } from '../../../src/application/processes/leaseKeeper.ts';
import type { OpenStores } from '../../../src/infrastructure/container.ts';
import { openDistributedStores } from '../../../src/infrastructure/distributed/distributedStores.ts';
import { openEmbeddedStores } from '../../../src/infrastructure/embeddedStores.ts';
import type { MigrationCode } from '../../../src/infrastructure/migration/migrationError.ts';
import { migrateStore } from '../../../src/infrastructure/migration/migrateStore.ts';
import type { MigrationSide } from '../../../src/infrastructure/migration/migrationSide.ts';
import { migrateTo } from '../../../src/infrastructure/migration/migrateTo.ts';
import { openMongoLeases } from '../../../src/infrastructure/mongodb/mongoLeases.ts';
import { failureOf } from '../../contract/eventStoreTools.ts';
import { describeOnMongo } from '../../support/mongo.ts';
import { capturedLog } from '../../support/testPortal.ts';
import { someActs } from './chainedHistory.ts';
import { cutOffAt } from './failingSides.ts';
import { fillDirectory, masterKey, openPlaces, type Places } from './places.ts';

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((ended) => signal.addEventListener('abort', () => ended(), { once: true }));

describeOnMongo('portals and a store that moves', () => {
  let here: Places;
  const open: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    here = await openPlaces();
    await fillDirectory(here.directory, someActs(30));
  });
  afterEach(async () => {
    await closeAll();
    await here.dispose();
  });
  const closeAll = async (): Promise<void> => {
    for (const one of open.splice(0).reverse()) await one.close();
  };
  const held = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const one = await opening;
    open.push(one);
    return one;
  };
  /** Somebody else holds this lease from now on. */
  const holding = (name: string): Promise<void> =>
    new Promise((resolve) => {
      const keeper = keepLease({
        ...{ leases: openMongoLeases(here.mongo), name, holder: 'somebody else' },
        async hold(_lease, signal) {
          resolve();
          await untilAborted(signal);
        },
      });
      open.push({ close: () => keeper.stop() });
    });
  const { log } = capturedLog();
  const portalOnServers = (): Promise<OpenStores> =>
    openDistributedStores(here.places.servers, masterKey, log);
  const portalOnFiles = (): Promise<OpenStores> =>
    openEmbeddedStores({ dataDirectory: here.otherDirectory, masterKey }, log);
  const refused = async (run: Promise<unknown>, code: MigrationCode): Promise<void> => {
    const error = await failureOf(run);
    expect(error).to.include({ code });
    expect(error).to.have.property('message').that.includes('\u00a0:');
  };
  const toServers = () => migrateTo('eventstoredb', here.places);
  const toFiles = () => migrateTo('sqlite', { ...here.places, dataDirectory: here.otherDirectory });

  for (const direction of ['eventstoredb', 'sqlite'] as const) {
    const start = direction === 'sqlite' ? portalOnFiles : portalOnServers;
    const run = direction === 'sqlite' ? toFiles : toServers;
    const sides = async (): Promise<[MigrationSide, MigrationSide]> =>
      direction === 'sqlite'
        ? [await held(here.servers()), await held(here.files('target', here.otherDirectory))]
        : [await held(here.files('source')), await held(here.servers())];

    for (const write of [0, 5])
      it(`no portal starts on half a copy, and one does on the whole: ${direction}, write ${write}`, async () => {
        if (direction === 'sqlite') await toServers();
        const [source, target] = await sides();
        await failureOf(migrateStore({ source, target: cutOffAt(target, write, 'before') }));
        await closeAll();
        await refused(start(), 'MIGRATION.UNFINISHED');
        await run();
        await held(start());
      }).timeout(60_000);
  }

  it('half a copy is not copied further', async () => {
    const [source, target] = [await held(here.files('source')), await held(here.servers())];
    await failureOf(migrateStore({ source, target: cutOffAt(target, 5, 'after') }));
    await refused(toFiles(), 'MIGRATION.UNFINISHED');
  }).timeout(60_000);

  it('no copy starts, either way, while a portal uses the servers', async () => {
    await toServers();
    const stores = await held(portalOnServers());
    const running = new Promise<void>((resolve) => {
      const alone = stores.alone('every-minute', async (signal) => {
        resolve();
        await new Promise((ended) => signal.addEventListener('abort', ended));
      });
      open.push({ close: () => alone.stop() });
    });
    await running;
    await refused(toServers(), 'MIGRATION.PORTALS_RUNNING');
    await refused(toFiles(), 'MIGRATION.PORTALS_RUNNING');
  }).timeout(60_000);

  it('no portal starts while the servers are being copied, and one does after', async () => {
    await toServers();
    const servers = await held(here.servers());
    await servers.claim();
    await refused(portalOnServers(), 'MIGRATION.RUNNING');
    await closeAll();
    await held(portalOnServers());
  }).timeout(60_000);

  it('a portal that was starting as the copy began stops, and names it', async () => {
    await toServers();
    const stores = await held(portalOnServers());
    await holding('migration');
    const refusal = new Promise<Error>((resolve) => stores.onRefused?.(resolve));
    let worked = false;
    const alone = stores.alone('every-minute', async () => void (worked = true));
    open.push({ close: () => alone.stop() });
    expect(await refusal).to.include({ code: 'MIGRATION.RUNNING' });
    expect(worked).to.equal(false);
    // Its lease tells the copy that it was there.
    const leases = here.mongo.db.collection('leases');
    expect(await leases.countDocuments({ name: 'process/every-minute', released: false })).to.equal(
      1,
    );
  }).timeout(60_000);

  it('a copy beside which a portal has started is not taken for whole', async () => {
    const [source, target] = [await held(here.files('source')), await held(here.servers())];
    const beside = { ...target, discardReadModels: () => holding('process/every-minute') };
    await refused(migrateStore({ source, target: beside }), 'MIGRATION.PORTALS_RUNNING');
    expect(await target.mark.isSet()).to.equal(true);
  }).timeout(60_000);

  it('a portal that was killed keeps no copy from starting', async () => {
    await here.mongo.db.collection<{ _id: string }>('leases').insertOne({
      _id: 'projection/agenda/3',
      ...{ name: 'projection/agenda', token: 3, holder: 'killed', ttlMs: 6_000, beats: 9 },
      ...{ released: false },
    });
    expect((await toServers()).events).to.be.greaterThan(0);
  }).timeout(60_000);
});
