import { expect } from 'chai';
import { MongoNetworkError } from 'mongodb';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type {
  DocumentWrite,
  ReadModelSpec,
  ReadModelStore,
  ReadModelWriter,
} from '../../../src/application/ports/readModelStore.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { interceptedMongo } from '../../support/interceptedMongo.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

const menus: ReadModelSpec = { name: 'menus', version: 1, indexes: ['day'] };
const put = (id: string, position: bigint, document: object): DocumentWrite => ({
  id,
  position,
  document,
});

describeOnMongo('MongoDB read models: what is written', () => {
  let mongo: MongoForTest;
  let store: ReadModelStore;
  beforeEach(async () => {
    mongo = await mongoForTest();
    store = openMongoReadModelStore(mongo);
  });
  afterEach(async () => mongo.drop());

  const build = async (writes: readonly DocumentWrite[] = [], to = 100n): Promise<void> => {
    await (await store.beside(menus)).commit(writes, to);
    await store.swap(menus);
  };
  const liveOf = async (of: ReadModelStore): Promise<ReadModelWriter> => {
    const writer = await of.live(menus);
    if (!writer) throw new Error('no live build');
    return writer;
  };
  const collections = async (): Promise<string[]> =>
    (await mongo.db.listCollections({}, { nameOnly: true }).toArray())
      .map(({ name }) => name)
      .filter((name) => name.startsWith('menus_'));

  it('keeps any JSON object as it is', async () => {
    const odd = {
      'a.b': 1,
      $set: { $where: 'x' },
      '': 'no name',
      grid: [[1, [2]], []],
      far: 12_345_678_901_234_567_000,
      tiny: 5e-324,
      lone: '\ud800',
      z: 1,
      y: 2,
    };
    await build([put('a', 1n, odd)]);
    const found = await store.get(menus, 'a');
    expect(JSON.stringify(found)).to.equal(JSON.stringify(odd));
  });

  describe('a batch cut short', () => {
    const before = ['a', 'b', 'c'].map((id) => put(id, 10n, { is: 'before', id }));
    const batch = [
      put('b', 101n, { is: 'after', day: '2026-10-05' }),
      { id: 'c', position: 102n, document: undefined },
      ...Array.from({ length: 120 }, (_, n) => put(`new-${n}`, 103n, { is: 'new', n })),
    ];
    const ids = [...before, ...batch].map(({ id }) => id);

    /** Writes the batch through a connection that breaks at its n-th write; false once it has fewer. */
    const brokenAt = async (n: number, sends: boolean): Promise<boolean> => {
      let left = n;
      const breaking = interceptedMongo(mongo.another(), async ({ send }) => {
        left -= 1;
        if (left !== 0) return send();
        if (sends) await send();
        throw new MongoNetworkError('cut');
      });
      const writer = await liveOf(openMongoReadModelStore(breaking));
      await writer.load(ids);
      left = n;
      const error = await writer.commit(batch, 103n).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error) expect(error).to.be.instanceOf(StoreUnavailableError);
      return error !== undefined;
    };

    for (const [when, sends] of [
      ['before a request', false],
      ['before its answer', true],
    ] as const)
      it(`${when}: its checkpoint comes last, and writing it again ends the same`, async () => {
        let cuts = 0;
        for (let n = 1; ; n += 1) {
          await build(before);
          if (!(await brokenAt(n, sends))) break;
          cuts += 1;
          const resumed = await liveOf(store);
          const reached = await resumed.checkpoint();
          const standing = await resumed.load(ids);
          if (reached === 103n) expect(standing.size).to.equal(123);
          else expect(reached).to.equal(100n);
          await resumed.commit(batch, 103n);
          expect(await resumed.checkpoint()).to.equal(103n);
          expect(await store.count(menus)).to.equal(122);
          expect(await store.find(menus, { where: { day: '2026-10-05' } })).to.deep.equal([
            { id: 'b', document: { is: 'after', day: '2026-10-05' } },
          ]);
          expect(await store.get(menus, 'a')).to.deep.equal({ is: 'before', id: 'a' });
        }
        // Inserts, what stood already, the checkpoint.
        expect(cuts).to.equal(3);
      });
  });

  it('writes one document that several processes make at the same moment', async () => {
    await build();
    const writers = await Promise.all(
      Array.from({ length: 6 }, async () => liveOf(openMongoReadModelStore(mongo.another()))),
    );
    for (let round = 0; round < 5; round += 1) {
      const id = `menu-${round}`;
      await Promise.all(
        writers.map(async (writer) => writer.commit([put(id, 101n, { round })], 101n)),
      );
      expect((await writers[0]?.load([id]))?.get(id)).to.deep.equal({
        document: { round },
        position: 101n,
      });
    }
    expect(await store.count(menus)).to.equal(5);
  });

  it('replaces many documents in several read models at the same moment', async () => {
    const others = ['soups', 'cakes', 'breads', 'fruits'].map((name) => ({ ...menus, name }));
    const ids = Array.from({ length: 60 }, (_, n) => `dish-${n}`);
    const writers = await Promise.all(
      others.map(async (model) => openMongoReadModelStore(mongo.another()).beside(model)),
    );
    for (const position of [1n, 2n])
      await Promise.all(
        writers.map(async (writer) => {
          const writes = ids.map((id) => put(id, position, { at: Number(position) }));
          await writer.commit(writes, position);
        }),
      );
    for (const writer of writers)
      for (const { document } of (await writer.load(ids)).values())
        expect(document).to.deep.equal({ at: 2 });
  });

  it('removes the collections of builds that are gone, and those that a late writer brought back', async () => {
    await build([put('a', 1n, {})]);
    const late = await liveOf(store);
    await build([put('a', 2n, {})]);
    await store.beside(menus);
    await store.beside(menus, { fresh: true });
    expect(await collections()).to.have.members(['menus_v1_g2', 'menus_v1_g4']);
    // Paused between its check and its insert, a late writer makes the collection anew.
    await mongo.db.collection('menus_v1_g1').insertOne({ late: true });
    await store.swap(menus);
    expect(await collections()).to.deep.equal(['menus_v1_g4']);
    const refused = await late.commit([put('a', 9n, {})], 9n).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
    expect(await collections()).to.deep.equal(['menus_v1_g4']);
  });

  it('declares its indexes, and its queries use them where the server explains itself', async () => {
    await build(Array.from({ length: 50 }, (_, n) => put(`m-${n}`, 1n, { day: `2026-10-${n}` })));
    const rows = mongo.db.collection('menus_v1_g1');
    const keys = (await rows.listIndexes().toArray()).map(({ key }) => JSON.stringify(key));
    expect(keys).to.include('{"kept.fields.day":1,"_id":1}');
    const plan = JSON.stringify(
      await rows
        .find({ 'kept.fields.day': { $gte: '2026-10-2' } })
        .sort({ 'kept.fields.day': 1, _id: 1 })
        .explain('queryPlanner'),
    );
    // FerretDB answers with SQLite's plan, and uses no index.
    if (!plan.includes('"winningPlan"')) return;
    expect(plan).to.include('"IXSCAN"').and.not.include('"SORT"').and.not.include('"COLLSCAN"');
  });
});
