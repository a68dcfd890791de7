import { expect } from 'chai';
import type {
  ReadModelSpec,
  ReadModelWriter,
} from '../../../src/application/ports/readModelStore.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { ShownPositions } from '../../../src/infrastructure/mongodb/shownPositions.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

const menus: ReadModelSpec = { name: 'menus', version: 1, indexes: [] };
const drinks: ReadModelSpec = { name: 'drinks', version: 1, indexes: [] };

describe('what builds are said to show', () => {
  it('is written for all of them together, and once more for all that came meanwhile', async () => {
    const writes: (readonly [string, string][])[] = [];
    let answer: () => void = () => undefined;
    let written: () => void = () => undefined;
    const shown = new ShownPositions(async (positions) => {
      writes.push([...positions]);
      written();
      await new Promise<void>((resolve) => (answer = resolve));
    });
    const nextWrite = async (): Promise<void> =>
      new Promise<void>((resolve) => {
        written = () => resolve();
      });
    const build = { generation: 1, version: 1, fields: [] };
    const names = ['agenda', 'children', 'dossiers'];
    const tellAll = (position: bigint): void => {
      for (const name of names) shown.tell(name, build, position);
    };
    const all = (position: string) =>
      names.map((name) => [`${name}_g1`, position.padStart(20, '0')]);

    const first = nextWrite();
    tellAll(1n);
    tellAll(2n);
    await first;
    for (let position = 3n; position <= 1_000n; position += 1n) tellAll(position);
    const second = nextWrite();
    answer();
    await second;
    tellAll(1_001n);
    shown.isSaved('children', build);
    const third = nextWrite();
    answer();
    await third;
    answer();
    expect(writes).to.deep.equal([
      all('2'),
      all('1000'),
      all('1001').filter(([key]) => key !== 'children_g1'),
    ]);
  });
});

describeOnMongo('what builds are said to show, as every process reads it', () => {
  let mongo: MongoForTest;
  beforeEach(async () => {
    mongo = await mongoForTest();
  });
  afterEach(async () => mongo.drop());

  /** A process that runs these projections. */
  const running = async (...models: ReadModelSpec[]): Promise<ReadModelWriter[]> => {
    const store = openMongoReadModelStore(mongo.another()).fenced(1);
    const writers: ReadModelWriter[] = [];
    for (const model of models) {
      if (!(await store.live(model))) {
        await (await store.beside(model)).commit([], 5n);
        await store.swap(model);
        await store.setState(model.name, 'running', '2026-11-16T09:00:00.000Z');
      }
      const writer = await store.live(model);
      if (writer) writers.push(writer);
    }
    return writers;
  };
  const reader = () => openMongoReadModelStore(mongo);
  const checkpoints = async (): Promise<unknown[]> =>
    (await reader().status()).map(({ projection, checkpoint }) => [projection, checkpoint]);
  const untilShown = async (projection: string, position: bigint): Promise<void> => {
    for (;;) {
      const found = (await reader().status()).find((one) => one.projection === projection);
      if ((found?.checkpoint ?? -1n) >= position) return;
    }
  };

  it('counts until the checkpoint goes further, and is never taken back', async () => {
    const [menu, drink] = await running(menus, drinks);
    menu?.shows?.(9n);
    drink?.shows?.(10n);
    await untilShown('drinks', 10n);
    expect(await checkpoints()).to.deep.equal([
      ['drinks', 10n],
      ['menus', 9n],
    ]);
    const [late] = await running(menus);
    late?.shows?.(7n);
    drink?.shows?.(11n);
    await untilShown('drinks', 11n);
    await menu?.commit([], 8n);
    expect((await checkpoints())[1]).to.deep.equal(['menus', 9n]);
    await menu?.commit([], 12n);
    expect((await checkpoints())[1]).to.deep.equal(['menus', 12n]);
  });

  it('is no place to go on from', async () => {
    const [menu] = await running(menus);
    menu?.shows?.(9n);
    await untilShown('menus', 9n);
    expect(await (await running(menus))[0]?.checkpoint()).to.equal(5n);
  });

  it('says nothing of the build that takes its place, and goes with it', async () => {
    const [menu] = await running(menus);
    menu?.shows?.(9n);
    await untilShown('menus', 9n);
    const store = openMongoReadModelStore(mongo.another()).fenced(2);
    await (await store.beside(menus)).commit([], 6n);
    await store.swap(menus);
    expect(await checkpoints()).to.deep.equal([['menus', 6n]]);
    const row = await mongo.db.collection('read-models').findOne({ kind: 'shown' });
    expect(row).to.have.property('positions').that.deep.equals({});
  });
});
