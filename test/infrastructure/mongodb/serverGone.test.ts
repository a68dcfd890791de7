import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { ReadModelSpec } from '../../../src/application/ports/readModelStore.ts';
import { openMongo } from '../../../src/infrastructure/mongodb/mongoConnection.ts';
import { openMongoLeases } from '../../../src/infrastructure/mongodb/mongoLeases.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { cuttableMongo, type CuttableMongo } from '../../support/cuttableMongo.ts';
import { ferretdbIsBuilt, startFerretdb } from '../../support/ferretdb/ferretdb.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

const menus: ReadModelSpec = { name: 'menus', version: 1, indexes: [] };
const put = (id: string, position: bigint) => ({ id, position, document: { id } });

describeOnMongo('MongoDB gone, and back', () => {
  let mongo: MongoForTest;
  let cuttable: CuttableMongo;
  beforeEach(async () => {
    mongo = await mongoForTest();
    cuttable = await cuttableMongo(mongo);
  });
  afterEach(async () => {
    await cuttable.stop();
    await mongo.drop();
  });
  const failure = async (attempt: Promise<unknown>): Promise<Error> => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof StoreUnavailableError)) expect.fail(`not unavailable: ${String(error)}`);
    return error;
  };

  it('tells everything that is asked meanwhile, then works on without a restart', async () => {
    const store = openMongoReadModelStore(cuttable.connection);
    const leases = openMongoLeases(cuttable.connection);
    const beside = await store.beside(menus);
    await beside.commit([put('a', 1n)], 1n);
    await store.swap(menus);
    const writer = await store.live(menus);
    const lease = await leases.acquire('menus', 'one', 6_000);
    if (!writer || !lease) expect.fail('nothing to lose');

    cuttable.cut();
    await Promise.all(
      [
        store.get(menus, 'a'),
        store.find(menus, {}),
        store.live(menus),
        store.status(),
        store.setState('menus', 'running', ''),
        writer.checkpoint(),
        writer.load(['a']),
        writer.commit([put('b', 2n)], 2n),
        leases.renew(lease),
        leases.acquire('menus', 'other', 6_000),
      ].map(failure),
    );

    cuttable.mend();
    expect(await store.get(menus, 'a')).to.deep.equal({ id: 'a' });
    await writer.commit([put('b', 2n)], 2n);
    expect(await writer.checkpoint()).to.equal(2n);
    expect(await store.count(menus)).to.equal(2);
    expect(await leases.renew(lease)).to.equal(true);
  });

  it('is given up when it takes requests and says nothing', async () => {
    const store = openMongoReadModelStore(cuttable.connection);
    await store.setState('menus', 'running', 'before');
    cuttable.hang();
    await failure(store.status());
    await failure(store.setState('menus', 'failed', 'meanwhile'));
    cuttable.mend();
    expect(await store.status()).to.have.length(1);
  });

  if (ferretdbIsBuilt())
    it('has what it acknowledged when it was killed and started again', async () => {
      const server = await startFerretdb();
      const own = await mongoForTest(server.url);
      const store = openMongoReadModelStore(own);
      await (await store.beside(menus)).commit([put('a', 1n)], 1n);
      await store.swap(menus);
      await server.kill();
      await server.start();
      expect(await store.get(menus, 'a')).to.deep.equal({ id: 'a' });
      expect(await (await store.live(menus))?.checkpoint()).to.equal(1n);
      await own.drop();
      await server.stop();
    });

  it('may be gone when the portal starts', async () => {
    cuttable.cut();
    const store = openMongoReadModelStore(cuttable.connection);
    await failure(store.find(menus, {}));
    cuttable.mend();
    expect(await store.find(menus, {})).to.deep.equal([]);
  });

  it('says nothing of addresses and credentials', async () => {
    cuttable.cut();
    const { host } = new URL(cuttable.url.replace('mongodb:', 'http:'));
    const url = `mongodb://portail:tres-secret@${host}/?directConnection=true`;
    const connection = openMongo({ url, patienceMs: 100 });
    const { message, stack, cause } = await failure(openMongoReadModelStore(connection).status());
    for (const text of [message, stack, String(cause)]) {
      expect(text).not.to.include('secret');
      expect(text).not.to.include(host);
    }
    await connection.close();
  });

  it('is unavailable too once this process has closed its connection', async () => {
    const connection = mongo.another();
    const store = openMongoReadModelStore(connection);
    await store.status();
    await connection.close();
    await failure(store.status());
  });
});
