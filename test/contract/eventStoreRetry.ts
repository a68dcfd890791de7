import { expect } from 'chai';
import type { EventStore, ExpectedRevision } from '../../src/application/ports/eventStore.ts';
import type { StoreUnderTest } from './eventStoreContract.ts';
import { all, anEvent, appended, freshName, idsOf, someEvents } from './eventStoreTools.ts';

/** A stream of two events already, or none. */
const places: readonly { readonly expected: ExpectedRevision; readonly before: number }[] = [
  { expected: 'no-stream', before: 0 },
  { expected: 1n, before: 2 },
  { expected: 'any', before: 0 },
  { expected: 'any', before: 2 },
  { expected: 'stream-exists', before: 2 },
];

export function retryContract(subject: () => StoreUnderTest): void {
  describe('append of the same event ids again', () => {
    const streamOf = async (store: EventStore, count: number): Promise<string> => {
      const stream = freshName('retried');
      if (count > 0) await appended(store.append(stream, someEvents(count), 'no-stream'));
      return stream;
    };

    for (const { expected, before } of places) {
      const title = `expecting ${expected} of a stream of ${before} events`;

      it(`answers as the first time and changes nothing, ${title}`, async () => {
        const { store } = subject();
        const stream = await streamOf(store, before);
        const events = someEvents(3);
        const first = await appended(store.append(stream, events, expected));
        expect(await store.append(stream, events, expected)).to.deep.equal(first);
        expect(await all(store.readStream(stream))).to.have.length(before + 3);
      });

      it(`answers as the first time when the stream has gone on, ${title}`, async () => {
        const { store } = subject();
        const stream = await streamOf(store, before);
        const events = someEvents(2);
        const first = await appended(store.append(stream, events, expected));
        await appended(store.append(stream, someEvents(4), first.revision));
        expect(await store.append(stream, events, expected)).to.deep.equal(first);
        expect(await all(store.readStream(stream))).to.have.length(before + 6);
      });

      it(`stores once what is sent twice at the same time, ${title}`, async () => {
        const { store } = subject();
        const stream = await streamOf(store, before);
        const events = someEvents(2);
        const [one, two] = await Promise.all([
          store.append(stream, events, expected),
          store.append(stream, events, expected),
        ]);
        expect(one).to.deep.equal(two);
        expect(one.kind).to.equal('appended');
        expect(await all(store.readStream(stream))).to.have.length(before + 2);
      });

      it(`answers as the first time after a restart, ${title}`, async function () {
        const { store, reopen } = subject();
        const stream = await streamOf(store, before);
        const events = someEvents(2);
        const first = await appended(store.append(stream, events, expected));
        const later = reopen ? await reopen() : store;
        expect(await later.append(stream, events, expected)).to.deep.equal(first);
        expect(await all(later.readStream(stream))).to.have.length(before + 2);
      });
    }

    for (const expected of ['no-stream', 'any'] as const)
      it(`is a conflict when only some of them are there, expecting ${expected}`, async () => {
        const { store } = subject();
        const stream = freshName('partial');
        const [known, ...others] = someEvents(3);
        await appended(store.append(stream, [known!], 'no-stream'));
        expect(await store.append(stream, [known!, ...others], expected)).to.deep.equal({
          kind: 'conflict',
          actual: 0n,
        });
        expect(idsOf(await all(store.readStream(stream)))).to.deep.equal([known!.id]);
      });

    it('is a conflict when they stand elsewhere in the stream', async () => {
      const { store } = subject();
      const stream = freshName('elsewhere');
      const events = [anEvent(), anEvent()];
      await appended(store.append(stream, someEvents(1), 'no-stream'));
      await appended(store.append(stream, events, 0n));
      expect(await store.append(stream, events, 'no-stream')).to.deep.equal({
        kind: 'conflict',
        actual: 2n,
      });
    });

    it('is no repetition in another stream', async () => {
      const { store } = subject();
      const events = someEvents(2);
      for (const stream of [freshName('one'), freshName('other')]) {
        await appended(store.append(stream, events, 'no-stream'));
        expect(idsOf(await all(store.readStream(stream)))).to.deep.equal(idsOf(events));
      }
    });
  });
}
