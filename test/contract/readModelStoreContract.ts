import { expect } from 'chai';
import type {
  Document,
  DocumentWrite,
  FindOptions,
  ReadModelSpec,
  ReadModelStore,
  ReadModelWriter,
} from '../../src/application/ports/readModelStore.ts';

export interface ReadModelStoresUnderTest {
  /** What projections write through. */
  readonly writer: ReadModelStore;
  /** What pages read through: another connection to the same data where the adapter has several, else the same. */
  readonly reader: ReadModelStore;
  stop(): Promise<void>;
}

const visits: ReadModelSpec = {
  name: 'visits',
  version: 1,
  indexes: ['family', 'day', 'places'],
};

const put = (id: string, position: bigint, document: Document): DocumentWrite => ({
  id,
  position,
  document,
});
const removal = (id: string, position: bigint): DocumentWrite => ({
  id,
  position,
  document: undefined,
});

/** What every read-model store does: nothing here needs more than single-document atomicity. */
export function readModelStoreContract(
  name: string,
  open: () => Promise<ReadModelStoresUnderTest>,
): void {
  describe(`${name}: a read-model store`, () => {
    let stores: ReadModelStoresUnderTest;
    let writer: ReadModelStore;
    let reader: ReadModelStore;

    beforeEach(async () => {
      stores = await open();
      ({ writer, reader } = stores);
    });
    afterEach(async () => stores.stop());

    const goLive = async (
      writes: readonly DocumentWrite[] = [],
      model = visits,
    ): Promise<ReadModelWriter> => {
      await (await writer.beside(model)).commit(writes, 100n);
      await writer.swap(model);
      return liveOf(model);
    };
    const liveOf = async (model = visits): Promise<ReadModelWriter> => {
      const live = await writer.live(model);
      if (!live) throw new Error('no live build');
      return live;
    };
    const idsOf = async (options: FindOptions, model = visits): Promise<string[]> =>
      (await reader.find(model, options)).map(({ id }) => id);
    const refusal = async (attempt: Promise<unknown>): Promise<unknown> =>
      attempt.then(
        () => undefined,
        (error: unknown) => error,
      );

    describe('reading', () => {
      it('answers nothing of a read model that was never built', async () => {
        expect(await reader.get(visits, 'a')).to.equal(undefined);
        expect(await reader.getMany(visits, ['a'])).to.deep.equal([]);
        expect(await reader.find(visits, {})).to.deep.equal([]);
        expect(await reader.count(visits)).to.equal(0);
        expect(await writer.live(visits)).to.equal(undefined);
      });

      it('gives documents back as they were written', async () => {
        const document = {
          family: 'f1',
          nested: { list: [1, 'deux', null, { vrai: true }], empty: {} },
          text: 'L’été à « Figeac » 🌞',
          price: 12.5,
        };
        await goLive([put('a', 1n, document)]);
        expect(await reader.get(visits, 'a')).to.deep.equal(document);
        expect(await reader.get(visits, 'b')).to.equal(undefined);
      });

      it('gets many in the order asked, without those that are not there', async () => {
        await goLive(['a', 'b', 'c'].map((id) => put(id, 1n, { is: id })));
        expect(await reader.getMany(visits, ['c', 'nobody', 'a'])).to.deep.equal([
          { id: 'c', document: { is: 'c' } },
          { id: 'a', document: { is: 'a' } },
        ]);
        expect(await reader.getMany(visits, [])).to.deep.equal([]);
      });

      it('takes any text as an id', async () => {
        const ids = [`child-1:2026-10`, `"quoted" 'ids'`, 'é_%[$.a]', '🌞'];
        await goLive(ids.map((id) => put(id, 1n, { is: id })));
        expect((await reader.getMany(visits, ids)).map(({ id }) => id)).to.deep.equal(ids);
        for (const id of ids) expect(await reader.get(visits, id)).to.deep.equal({ is: id });
      });
    });

    describe('finding', () => {
      beforeEach(async () =>
        goLive([
          put('a', 1n, { family: 'f1', day: '2026-10-05', places: 2 }),
          put('b', 1n, { family: 'f2', day: '2026-10-06', places: 10 }),
          put('c', 1n, { family: 'f1', day: '2026-10-07', places: 9 }),
          put('d', 1n, { family: 'f1', day: '2026-10-06' }),
          put('e', 1n, { day: 'jamais', places: '10' }),
        ]),
      );

      it('finds by equality; all conditions hold', async () => {
        expect(await idsOf({ where: { family: 'f1' } })).to.deep.equal(['a', 'c', 'd']);
        expect(await idsOf({ where: { family: 'f1', places: 9 } })).to.deep.equal(['c']);
        expect(await idsOf({ where: { family: 'nobody' } })).to.deep.equal([]);
      });

      it('tells a number from the same digits in text', async () => {
        expect(await idsOf({ where: { places: 10 } })).to.deep.equal(['b']);
        expect(await idsOf({ where: { places: '10' } })).to.deep.equal(['e']);
      });

      it('finds by range: from is included, before is not', async () => {
        const day = { from: '2026-10-06', before: '2026-10-07' };
        expect(await idsOf({ where: { day } })).to.deep.equal(['b', 'd']);
        expect(await idsOf({ where: { day, family: 'f1' } })).to.deep.equal(['d']);
        expect(await idsOf({ where: { places: { before: 10 } } })).to.deep.equal(['a', 'c']);
      });

      it('compares numbers with numbers and text with text, also in a range open at one end', async () => {
        expect(await idsOf({ where: { places: { from: 3 } } })).to.deep.equal(['b', 'c']);
        expect(await idsOf({ where: { places: { from: '' } } })).to.deep.equal(['e']);
        expect(await idsOf({ where: { places: { before: 'z' } } })).to.deep.equal(['e']);
      });

      it('sorts by an indexed field, then by id; documents without it come first', async () => {
        expect(await idsOf({ sortBy: 'day' })).to.deep.equal(['a', 'b', 'd', 'c', 'e']);
        expect(await idsOf({ sortBy: 'family' })).to.deep.equal(['e', 'a', 'c', 'd', 'b']);
        const numbers = { where: { places: { from: 0 } }, sortBy: 'places' };
        expect(await idsOf(numbers)).to.deep.equal(['a', 'c', 'b']);
      });

      it('sorts by id when nothing else is asked', async () => {
        expect(await idsOf({})).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
        expect(await idsOf({ descending: true })).to.deep.equal(['e', 'd', 'c', 'b', 'a']);
      });

      it('descends in exactly the opposite order', async () => {
        const sorted = await idsOf({ sortBy: 'day' });
        const reversed = [...sorted].reverse();
        expect(await idsOf({ sortBy: 'day', descending: true })).to.deep.equal(reversed);
      });

      it('pages through everything once', async () => {
        const paged: string[] = [];
        for (let skip = 0; skip < 6; skip += 2)
          paged.push(...(await idsOf({ sortBy: 'day', skip, limit: 2 })));
        expect(paged).to.deep.equal(await idsOf({ sortBy: 'day' }));
        expect(await idsOf({ skip: 3 })).to.deep.equal(['d', 'e']);
        expect(await idsOf({ limit: 0 })).to.deep.equal([]);
        expect(await idsOf({ skip: 50, limit: 2 })).to.deep.equal([]);
      });

      it('counts what it would find', async () => {
        expect(await reader.count(visits)).to.equal(5);
        expect(await reader.count(visits, { family: 'f1' })).to.equal(3);
        expect(await reader.count(visits, { day: { from: '2026-10-06' } })).to.equal(4);
      });

      it('refuses a field without an index', async () => {
        const hostile = `family') OR 1=1 --`;
        for (const field of ['name', 'id', hostile, '__proto__', '$where']) {
          expect(await refusal(reader.find(visits, { where: { [field]: 'x' } }))).to.satisfy(
            isTypeError,
            field,
          );
          expect(await refusal(reader.find(visits, { sortBy: field }))).to.satisfy(isTypeError);
          expect(await refusal(reader.count(visits, { [field]: 'x' }))).to.satisfy(isTypeError);
        }
      });

      it('refuses ranges without a bound or of two types, and pages that are no whole numbers', async () => {
        for (const options of [
          { where: { day: {} } },
          { where: { places: { from: 1, before: 'z' } } },
          { where: { places: Number.NaN } },
          { limit: -1 },
          { limit: 1.5 },
          { skip: Number.POSITIVE_INFINITY },
        ])
          expect(await refusal(reader.find(visits, options))).to.satisfy(isTypeError);
      });

      it('refuses a read model or an index whose name is no plain word', async () => {
        for (const spec of [
          { ...visits, name: 'visits"; DROP TABLE x' },
          { ...visits, name: '' },
          { ...visits, version: 0 },
          { ...visits, indexes: ['a.b'] },
          { ...visits, indexes: ['$set'] },
          { ...visits, indexes: ['day', 'DAY'] },
        ]) {
          expect(await refusal(writer.beside(spec))).to.satisfy(isTypeError);
          expect(await refusal(reader.find(spec, {}))).to.satisfy(isTypeError);
        }
      });
    });

    describe('writing', () => {
      it('loads each document with the position that it has seen', async () => {
        const live = await goLive([put('a', 3n, { n: 1 }), removal('b', 4n)]);
        const loaded = await live.load(['a', 'b', 'nobody']);
        expect([...loaded]).to.have.deep.members([
          ['a', { document: { n: 1 }, position: 3n }],
          ['b', { document: undefined, position: 4n }],
        ]);
      });

      it('keeps positions beyond what a JavaScript number can hold', async () => {
        const live = await goLive();
        const far = 2n ** 62n + 1n;
        await live.commit([put('a', far, { n: 1 })], far + 1n);
        expect((await live.load(['a'])).get('a')?.position).to.equal(far);
        expect(await live.checkpoint()).to.equal(far + 1n);
        await live.commit([put('a', far - 1n, { n: 0 })], far);
        expect(await reader.get(visits, 'a')).to.deep.equal({ n: 1 });
      });

      it('replaces a document whole, and finds it by its new fields only', async () => {
        const live = await goLive([put('a', 1n, { family: 'f1', places: 2 })]);
        await live.commit([put('a', 101n, { family: 'f2' })], 101n);
        expect(await reader.get(visits, 'a')).to.deep.equal({ family: 'f2' });
        expect(await idsOf({ where: { family: 'f1' } })).to.deep.equal([]);
        expect(await idsOf({ where: { places: 2 } })).to.deep.equal([]);
        expect(await idsOf({ where: { family: 'f2' } })).to.deep.equal(['a']);
      });

      it('leaves a document alone that has seen the position already', async () => {
        const live = await goLive();
        const batch = [put('a', 101n, { n: 1 }), removal('b', 102n)];
        await live.commit(batch, 102n);
        await live.commit([put('a', 103n, { n: 2 }), put('b', 104n, { n: 3 })], 104n);
        await live.commit(batch, 102n);
        expect(await reader.get(visits, 'a')).to.deep.equal({ n: 2 });
        expect(await reader.get(visits, 'b')).to.deep.equal({ n: 3 });
      });

      it('takes again a batch of which only a part was written', async () => {
        const live = await goLive();
        const batch = ['a', 'b', 'c'].map((id, n) => put(id, 101n + BigInt(n), { n }));
        await live.commit(batch.slice(0, 2), 100n);
        expect(await live.checkpoint()).to.equal(100n);
        await live.commit(batch, 103n);
        expect(await live.checkpoint()).to.equal(103n);
        expect(await reader.getMany(visits, ['a', 'b', 'c'])).to.deep.equal([
          { id: 'a', document: { n: 0 } },
          { id: 'b', document: { n: 1 } },
          { id: 'c', document: { n: 2 } },
        ]);
      });

      it('moves the checkpoint without a document, and never backwards', async () => {
        const live = await goLive();
        await live.commit([], 150n);
        expect(await live.checkpoint()).to.equal(150n);
        await live.commit([], 120n);
        expect(await live.checkpoint()).to.equal(150n);
      });

      it('hides what was removed, and makes it anew', async () => {
        const live = await goLive([put('a', 1n, { family: 'f1' }), put('b', 1n, { family: 'f1' })]);
        await live.commit([removal('a', 101n), removal('unknown', 101n)], 101n);
        expect(await reader.get(visits, 'a')).to.equal(undefined);
        expect(await reader.getMany(visits, ['a', 'b'])).to.have.length(1);
        expect(await idsOf({})).to.deep.equal(['b']);
        expect(await idsOf({ sortBy: 'family' })).to.deep.equal(['b']);
        expect(await idsOf({ where: { family: 'f1' } })).to.deep.equal(['b']);
        expect(await reader.count(visits)).to.equal(1);
        await live.commit([put('a', 102n, { family: 'f9' })], 102n);
        expect(await idsOf({})).to.deep.equal(['a', 'b']);
      });

      it('writes and loads thousands at once', async () => {
        const ids = Array.from({ length: 3_000 }, (_, n) => `id-${String(n).padStart(4, '0')}`);
        const live = await goLive(ids.map((id, n) => put(id, 1n, { places: n })));
        expect((await live.load(ids)).size).to.equal(3_000);
        expect(await reader.getMany(visits, ids)).to.have.length(3_000);
        expect(await idsOf({ sortBy: 'places', descending: true, limit: 2 })).to.deep.equal([
          'id-2999',
          'id-2998',
        ]);
      });

      it('shares no object with its callers', async () => {
        const document = { list: ['a'] };
        const live = await goLive([put('a', 1n, document)]);
        document.list.push('b');
        (await reader.get<typeof document>(visits, 'a'))?.list.push('c');
        const loaded = (await live.load(['a'])).get('a')?.document;
        expect(loaded).to.deep.equal({ list: ['a'] });
      });
    });

    describe('building beside', () => {
      it('shows nothing of a build until it is swapped in', async () => {
        await goLive([put('a', 1n, { built: 'first' })]);
        const beside = await writer.beside(visits);
        await beside.commit([put('a', 1n, { built: 'second' }), put('b', 1n, { places: 1 })], 7n);
        expect(await reader.get(visits, 'a')).to.deep.equal({ built: 'first' });
        expect(await reader.count(visits)).to.equal(1);
        await writer.swap(visits);
        expect(await reader.get(visits, 'a')).to.deep.equal({ built: 'second' });
        expect(await idsOf({ where: { places: 1 } })).to.deep.equal(['b']);
      });

      it('keeps a checkpoint and positions for each build', async () => {
        const live = await goLive([put('a', 60n, { n: 60 })]);
        const beside = await writer.beside(visits);
        expect(await beside.checkpoint()).to.equal(undefined);
        expect((await beside.load(['a'])).size).to.equal(0);
        await beside.commit([put('a', 5n, { n: 5 })], 5n);
        await live.commit([put('a', 101n, { n: 101 })], 101n);
        expect(await beside.checkpoint()).to.equal(5n);
        expect(await live.checkpoint()).to.equal(101n);
        expect((await beside.load(['a'])).get('a')?.document).to.deep.equal({ n: 5 });
        expect(await reader.get(visits, 'a')).to.deep.equal({ n: 101 });
      });

      it('goes on with a build under way, or throws it away', async () => {
        await (await writer.beside(visits)).commit([put('a', 5n, { n: 5 })], 5n);
        const again = await writer.beside(visits);
        expect(await again.checkpoint()).to.equal(5n);
        const fresh = await writer.beside(visits, { fresh: true });
        expect(await fresh.checkpoint()).to.equal(undefined);
        expect((await fresh.load(['a'])).size).to.equal(0);
      });

      it('starts anew when the build under way is of another version', async () => {
        await (await writer.beside(visits)).commit([put('a', 5n, { n: 5 })], 5n);
        const next = await writer.beside({ ...visits, version: 2 });
        expect(await next.checkpoint()).to.equal(undefined);
        expect((await next.load(['a'])).size).to.equal(0);
      });

      it('goes on writing after the swap from where the build stood', async () => {
        await goLive();
        await (await writer.beside(visits)).commit([put('a', 5n, { n: 5 })], 5n);
        await writer.swap(visits);
        const live = await liveOf();
        expect(await live.checkpoint()).to.equal(5n);
        await live.commit([put('a', 6n, { n: 6 })], 6n);
        expect(await reader.get(visits, 'a')).to.deep.equal({ n: 6 });
      });

      it('changes nothing live through a writer whose build is gone', async () => {
        const old = await goLive([put('a', 1n, { n: 1 })]);
        const thrownAway = await writer.beside(visits);
        const beside = await writer.beside(visits, { fresh: true });
        await beside.commit([put('a', 2n, { n: 2 })], 2n);
        await writer.swap(visits);
        await refusal(old.commit([put('a', 200n, { n: 200 })], 200n));
        await refusal(thrownAway.commit([put('a', 200n, { n: 200 })], 200n));
        expect(await reader.get(visits, 'a')).to.deep.equal({ n: 2 });
        expect(await (await liveOf()).checkpoint()).to.equal(2n);
      });

      it('refuses to swap when nothing was built beside at that version', async () => {
        expect(await refusal(writer.swap(visits))).to.be.instanceOf(Error);
        await writer.beside(visits);
        const refused = await refusal(writer.swap({ ...visits, version: 2 }));
        expect(refused).to.be.instanceOf(Error);
        expect(await writer.live(visits)).to.equal(undefined);
      });

      it('answers from one build or the other while they are swapped, never from both or none', async () => {
        const all = (built: number) =>
          Array.from({ length: 40 }, (_, n) => put(`id-${n}`, 1n, { family: 'f', places: built }));
        await goLive(all(0));
        for (let built = 1; built <= 5; built += 1) {
          await (await writer.beside(visits)).commit(all(built), 1n);
          const looks = Array.from({ length: 20 }, async (_, turn) => {
            for (let step = 0; step < turn; step += 1) await Promise.resolve();
            return reader.find<{ places: number }>(visits, { where: { family: 'f' } });
          });
          const swapping = writer.swap(visits);
          for (const seen of await Promise.all(looks)) {
            expect(seen).to.have.length(40);
            expect(new Set(seen.map(({ document }) => document.places)).size).to.equal(1);
          }
          await swapping;
          const [now] = await reader.find<{ places: number }>(visits, { limit: 1 });
          expect(now?.document.places).to.equal(built);
        }
      });
    });

    describe('a new version', () => {
      const next: ReadModelSpec = { ...visits, version: 2, indexes: ['family', 'month'] };

      it('answers nothing until it is built; who asks for the old version reads on until then', async () => {
        await goLive([put('a', 1n, { family: 'f1' })]);
        const beside = await writer.beside(next);
        await beside.commit([put('a', 1n, { family: 'f1', month: '2026-10' })], 9n);
        expect(await writer.live(next)).to.equal(undefined);
        expect(await reader.get(next, 'a')).to.equal(undefined);
        expect(await reader.count(next)).to.equal(0);
        expect(await reader.get(visits, 'a')).to.deep.equal({ family: 'f1' });

        await writer.swap(next);
        expect(await idsOf({ where: { month: '2026-10' } }, next)).to.deep.equal(['a']);
        expect(await (await liveOf(next)).checkpoint()).to.equal(9n);
        expect(await reader.get(visits, 'a')).to.equal(undefined);
        expect(await writer.live(visits)).to.equal(undefined);
      });

      it('leaves the other read models alone', async () => {
        const other: ReadModelSpec = { name: 'visits-by-day', version: 1, indexes: ['family'] };
        await goLive([put('a', 1n, { family: 'f1' })]);
        await goLive([put('a', 1n, { family: 'f2' })], other);
        await goLive([], next);
        expect(await idsOf({ where: { family: 'f2' } }, other)).to.deep.equal(['a']);
      });
    });

    describe('status', () => {
      it('tells the state of each projection with the checkpoint of its live build', async () => {
        expect(await reader.status()).to.deep.equal([]);
        await goLive();
        await writer.setState('visits', 'running', '2026-10-05T08:00:00.000Z');
        await writer.setState('agenda', 'rebuilding', '2026-10-05T08:00:01.000Z');
        expect(await reader.status()).to.deep.equal([
          {
            projection: 'agenda',
            state: 'rebuilding',
            since: '2026-10-05T08:00:01.000Z',
            checkpoint: undefined,
          },
          {
            projection: 'visits',
            state: 'running',
            since: '2026-10-05T08:00:00.000Z',
            checkpoint: 100n,
          },
        ]);
      });

      it('keeps what a projection threw until it runs again', async () => {
        const since = '2026-10-05T08:00:00.000Z';
        await writer.setState('visits', 'failed', since, 'TypeError at event 12');
        expect(await reader.status()).to.deep.equal([
          {
            projection: 'visits',
            state: 'failed',
            since,
            checkpoint: undefined,
            error: 'TypeError at event 12',
          },
        ]);
        await writer.setState('visits', 'running', since);
        expect((await reader.status())[0]).not.to.have.property('error');
      });
    });
  });
}

const isTypeError = (error: unknown): boolean => error instanceof TypeError;
