import { expect } from 'chai';
import { FencedError } from '../../../src/application/ports/leases.ts';
import type {
  ReadModelSpec,
  ReadModelStore,
  ReadModelWriter,
} from '../../../src/application/ports/readModelStore.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { interceptedMongo } from '../../support/interceptedMongo.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

const menus: ReadModelSpec = { name: 'menus', version: 1, indexes: [] };
const put = (id: string, position: bigint, is: string) => ({ id, position, document: { is } });
const since = '2026-10-05T08:00:00.000Z';

describeOnMongo('MongoDB read models: a holder that lost its lease', () => {
  let mongo: MongoForTest;
  let readers: ReadModelStore;
  beforeEach(async () => {
    mongo = await mongoForTest();
    readers = openMongoReadModelStore(mongo);
    await (await readers.beside(menus)).commit([put('a', 1n, 'first')], 10n);
    await readers.swap(menus);
  });
  afterEach(async () => mongo.drop());

  const holding = (token: number, connection = mongo.another()): ReadModelStore =>
    openMongoReadModelStore(connection).fenced(token);
  const liveOf = async (store: ReadModelStore): Promise<ReadModelWriter> => {
    const writer = await store.live(menus);
    if (!writer) throw new Error('no live build');
    return writer;
  };
  const expectFenced = async (attempt: Promise<unknown>): Promise<void> => {
    const thrown = await attempt.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(FencedError);
  };

  it('writes nothing once its successor has opened a writer', async () => {
    const old = holding(1);
    const oldWriter = await liveOf(old);
    const oldBeside = await old.beside(menus);
    await old.setState('menus', 'running', since);
    await oldWriter.commit([put('a', 11n, 'by the first')], 11n);

    const successor = await liveOf(holding(2));
    await expectFenced(oldWriter.commit([put('a', 12n, 'late')], 12n));
    await expectFenced(oldWriter.commit([], 12n));
    await expectFenced(oldBeside.commit([], 5n));
    await expectFenced(old.live(menus));
    await expectFenced(old.beside(menus));
    await expectFenced(old.beside(menus, { fresh: true }));
    await expectFenced(old.swap(menus));
    await expectFenced(old.setState('menus', 'failed', since, 'late'));
    expect(await readers.get(menus, 'a')).to.deep.equal({ is: 'by the first' });
    expect(await readers.status()).to.deep.equal([
      { projection: 'menus', state: 'running', since, checkpoint: 11n },
    ]);
    await successor.commit([put('a', 12n, 'by the second')], 12n);
    expect(await readers.get(menus, 'a')).to.deep.equal({ is: 'by the second' });
  });

  it('paused between its check and its documents, changes nothing and moves no checkpoint', async () => {
    let paused = (): void => undefined;
    let resume = (): void => undefined;
    const isPaused = new Promise<void>((resolve) => (paused = resolve));
    const resumed = new Promise<void>((resolve) => (resume = resolve));
    const pausing = interceptedMongo(mongo.another(), async ({ operation, collection, send }) => {
      if (operation === 'insertMany' && collection.startsWith('menus_')) {
        paused();
        await resumed;
      }
      return send();
    });
    const oldWriter = await liveOf(holding(1, pausing));
    const late = oldWriter.commit([put('a', 12n, 'late'), put('b', 11n, 'late')], 12n);
    await isPaused;
    const successor = await liveOf(holding(2));
    await successor.commit([put('a', 20n, 'later'), put('b', 11n, 'late')], 20n);
    resume();
    await expectFenced(late);
    expect(await successor.checkpoint()).to.equal(20n);
    expect((await successor.load(['a', 'b'])).get('a')?.document).to.deep.equal({ is: 'later' });
    expect(await readers.get(menus, 'b')).to.deep.equal({ is: 'late' });
    expect(await readers.count(menus)).to.equal(2);
  });

  it('lets a holder go on under the same token, and one without a token write as ever', async () => {
    await (await liveOf(holding(3))).commit([put('a', 11n, 'x')], 11n);
    await (await liveOf(holding(3))).commit([put('a', 12n, 'y')], 12n);
    await (await liveOf(readers)).commit([put('a', 13n, 'z')], 13n);
    expect(await readers.get(menus, 'a')).to.deep.equal({ is: 'z' });
  });
});
