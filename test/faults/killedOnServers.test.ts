import { expect } from 'chai';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { openDistributedStores } from '../../src/infrastructure/distributed/distributedStores.ts';
import { bundledChild } from '../support/crash/bundledChild.ts';
import { crashKey, placesPerSession } from '../support/crash/crashTown.ts';
import { expectNoneOverbooked, expectWhole, readBooks } from '../support/crash/keptBooks.ts';
import { expectAsRebuilt } from '../support/crash/keptReadModels.ts';
import { killRepeatedly, runUntilKilled } from '../support/crash/killedRuns.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
} from '../support/eventstoredb/eventStoreDbServer.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../support/mongo.ts';
import { capturedLog } from '../support/testPortal.ts';

const kills = 20;

describeOnMongo('a portal on shared servers killed under load', () => {
  let events: EventStoreDbCluster;
  let mongo: MongoForTest;
  beforeEach(async () => {
    events = await startEventStoreDb();
    mongo = await mongoForTest();
  });
  afterEach(async () => {
    await mongo.drop();
    await events.stop();
  });

  /** As if the time of the dead process's leases had passed: leaseHolderKilled.test.ts waits for that. */
  const leasesRunOut = async (): Promise<void> => {
    await mongo.db.collection('leases').updateMany({}, { $set: { released: true } });
  };

  it(`keeps every acknowledged command whole through ${kills} kills, and its read models true`, async () => {
    const script = await bundledChild(
      {
        bookOnServersUntilKilled: 'test/support/crash/bookOnServersUntilKilled.ts',
        leasedProjectionWorker: 'src/infrastructure/projections/leasedProjectionWorker.ts',
      },
      { packages: 'external' },
    );
    const words = [events.connectionString, mongo.url];
    const { acknowledged, longestStartMs } = await killRepeatedly(
      kills,
      () => runUntilKilled(script, words, 200),
      leasesRunOut,
    );
    // One more start takes in what the last kill left half written.
    const servers = {
      eventStore: { connectionString: events.connectionString },
      mongoUrl: mongo.url,
    };
    const masterKey = MasterKey.parse(crashKey);
    const stores = await openDistributedStores(servers, masterKey, capturedLog().log);
    try {
      const head = (await stores.events.head()) ?? expect.fail('nothing was stored');
      expect(await stores.readSide.waitFor(head, 120_000)).to.equal(true);
      const kept = await readBooks(stores.events, stores.vault);
      expect(acknowledged.size).to.be.greaterThan(kills);
      expectWhole(kept, acknowledged);
      expectNoneOverbooked(kept, placesPerSession);
      await expectAsRebuilt(stores.readModels, stores.events);
    } finally {
      await stores.close();
    }
    publishFigures({
      name: 'killedOnServers',
      fault: `${kills} arrêts brutaux (SIGKILL) sous charge`,
      stores: 'EventStoreDB et MongoDB',
      figures: [
        ['demandes acquittées', counted(acknowledged.size, 'demande')],
        ['perdues ou incomplètes', '0'],
        ['séances surréservées', '0'],
        ['lectures différentes d’une reconstruction', '0'],
        ['redémarrage le plus long, lectures à jour', lasted(longestStartMs)],
      ],
    });
  }).timeout(600_000);
});
