import { expect } from 'chai';
import {
  AppendTooLargeError,
  EventTooLargeError,
  MAX_EVENT_BYTES,
  StoreUnavailableError,
  type AppendResult,
  type EventToAppend,
} from '../../src/application/ports/eventStore.ts';
import type { StoreUnderTest } from './eventStoreContract.ts';
import {
  all,
  anEvent,
  appended,
  failureOf,
  freshName,
  idsOf,
  someEvents,
} from './eventStoreTools.ts';

export function appendContract(subject: () => StoreUnderTest): void {
  describe('append', () => {
    it('starts a stream that must not exist, at revision 0', async () => {
      const { store } = subject();
      const stream = freshName('new');
      const result = await appended(store.append(stream, [anEvent()], 'no-stream'));
      expect(result.revision).to.equal(0n);
      expect(result.position).to.be.a('bigint');
    });

    it('answers with the revision and position of the last event', async () => {
      const { store } = subject();
      const stream = freshName('several');
      const result = await appended(store.append(stream, someEvents(3), 'no-stream'));
      const last = (await all(store.readStream(stream))).at(-1);
      expect(result).to.deep.equal({
        kind: 'appended',
        revision: 2n,
        position: last?.position,
      });
    });

    it('goes on at the exact revision', async () => {
      const { store } = subject();
      const stream = freshName('exact');
      await appended(store.append(stream, someEvents(2), 'no-stream'));
      const result = await appended(store.append(stream, someEvents(2), 1n));
      expect(result.revision).to.equal(3n);
    });

    it('goes on, or starts, whatever is there when anything is expected', async () => {
      const { store } = subject();
      const stream = freshName('any');
      expect((await appended(store.append(stream, [anEvent()], 'any'))).revision).to.equal(0n);
      expect((await appended(store.append(stream, [anEvent()], 'any'))).revision).to.equal(1n);
    });

    it('goes on when the stream must exist and does', async () => {
      const { store } = subject();
      const stream = freshName('exists');
      await appended(store.append(stream, [anEvent()], 'no-stream'));
      const result = await appended(store.append(stream, [anEvent()], 'stream-exists'));
      expect(result.revision).to.equal(1n);
    });

    it('gives later appends greater positions, across streams', async () => {
      const { store } = subject();
      const positions: bigint[] = [];
      for (const stream of [freshName('a'), freshName('b'), freshName('c')])
        positions.push((await appended(store.append(stream, someEvents(2), 'no-stream'))).position);
      const [first, second, third] = positions;
      expect(first! < second! && second! < third!, positions.join()).to.equal(true);
    });

    it('refuses to start a stream that exists, and says where it is', async () => {
      const { store } = subject();
      const stream = freshName('taken');
      const events = someEvents(3);
      await appended(store.append(stream, events, 'no-stream'));
      expect(await store.append(stream, [anEvent()], 'no-stream')).to.deep.equal({
        kind: 'conflict',
        actual: 2n,
      });
      expect(idsOf(await all(store.readStream(stream)))).to.deep.equal(idsOf(events));
    });

    for (const [what, expected] of [
      ['behind', 0n],
      ['ahead of', 7n],
    ] as const)
      it(`refuses a writer that is ${what} the stream, and says where it is`, async () => {
        const { store } = subject();
        const stream = freshName('moved');
        await appended(store.append(stream, someEvents(3), 'no-stream'));
        expect(await store.append(stream, [anEvent()], expected)).to.deep.equal({
          kind: 'conflict',
          actual: 2n,
        });
      });

    for (const expected of [0n, 'stream-exists'] as const)
      it(`refuses ${expected} of a stream that doesn't exist, and leaves it so`, async () => {
        const { store } = subject();
        const stream = freshName('absent');
        expect(await store.append(stream, [anEvent()], expected)).to.deep.equal({
          kind: 'conflict',
          actual: 'no-stream',
        });
        expect(await all(store.readStream(stream))).to.deep.equal([]);
      });

    it('never takes a revision below 0 for a stream that does not exist', async () => {
      const { store } = subject();
      const stream = freshName('below');
      const [answer] = await Promise.allSettled([store.append(stream, [anEvent()], -1n)]);
      expect(answer).not.to.have.nested.property('value.kind', 'appended');
      expect(await all(store.readStream(stream))).to.deep.equal([]);
    });

    it('lets exactly one of three concurrent creates win', async () => {
      const { store } = subject();
      const stream = freshName('raced');
      const results = await Promise.all(
        [0, 1, 2].map(() => store.append(stream, someEvents(2), 'no-stream')),
      );
      expect(results.map(({ kind }) => kind).sort()).to.deep.equal([
        'appended',
        'conflict',
        'conflict',
      ]);
      for (const result of results)
        if (result.kind === 'conflict') expect(result.actual).to.equal(1n);
      expect(await all(store.readStream(stream))).to.have.length(2);
    });

    it('stores all the events of an append together, next to each other in both orders', async () => {
      const { store } = subject();
      const start = await store.head();
      const streams = [freshName('x'), freshName('y'), freshName('z')];
      await Promise.all(streams.map((stream) => store.append(stream, someEvents(5), 'no-stream')));
      const log = await all(store.readAll(start === undefined ? {} : { from: start }));
      for (const stream of streams) {
        const places = log.flatMap((event, index) => (event.stream === stream ? [index] : []));
        expect(places).to.have.length(5);
        expect(places[4]! - places[0]!).to.equal(4);
        expect(await all(store.readStream(stream))).to.deep.equal(
          log.slice(places[0], places[4]! + 1),
        );
      }
    });

    it('loses nothing to concurrent writers of one stream: each revision once, each order kept', async () => {
      const { store } = subject();
      const stream = freshName('hot');
      const write = async (writer: number): Promise<string[]> => {
        const events = someEvents(20).map((event) => ({ ...event, type: `By${writer}` }));
        let expected: AppendResult | undefined;
        for (const event of events)
          do expected = await store.append(stream, [event], after(expected));
          while (expected.kind === 'conflict');
        return idsOf(events);
      };
      const written = await Promise.all([0, 1, 2, 3, 4, 5].map(write));
      const stored = await all(store.readStream(stream));
      expect(stored.map(({ revision }) => revision)).to.deep.equal(
        Array.from({ length: 120 }, (_, index) => BigInt(index)),
      );
      written.forEach((ids, writer) =>
        expect(idsOf(stored.filter(({ type }) => type === `By${writer}`))).to.deep.equal(ids),
      );
    });

    it('keeps an event of the largest size, and refuses a larger one before storing anything', async () => {
      const { store } = subject();
      const stream = freshName('large');
      const largest = ofBytes(MAX_EVENT_BYTES);
      await appended(store.append(stream, [largest], 'no-stream'));
      const failure = await failureOf(
        store.append(stream, [anEvent(), ofBytes(MAX_EVENT_BYTES + 1)], 0n),
      );
      expect(failure).to.be.instanceOf(EventTooLargeError);
      expect(failure).to.include({ type: 'LargeThing', bytes: MAX_EVENT_BYTES + 1 });
      expect(idsOf(await all(store.readStream(stream)))).to.deep.equal([largest.id]);
    });

    it('refuses events that are too large together, before storing any', async () => {
      const { store } = subject();
      const stream = freshName('together');
      const failure = await failureOf(
        store.append(stream, [ofBytes(700_000), ofBytes(400_000)], 'no-stream'),
      );
      expect(failure).to.be.instanceOf(AppendTooLargeError);
      expect(await all(store.readStream(stream))).to.deep.equal([]);
      await appended(store.append(stream, [ofBytes(700_000), ofBytes(300_000)], 'no-stream'));
    });

    it('refuses an append of no event', async () => {
      const { store } = subject();
      const stream = freshName('empty');
      expect(await failureOf(store.append(stream, [], 'no-stream'))).to.be.instanceOf(RangeError);
    });

    it('refuses to work once closed', async () => {
      const { store } = subject();
      const stream = freshName('late');
      await store.close();
      for (const attempt of [
        () => store.append(stream, [anEvent()], 'any'),
        () => all(store.readStream(stream)),
        () => all(store.readAll()),
        () => store.head(),
      ])
        expect(await failureOf(attempt())).to.be.instanceOf(StoreUnavailableError);
    });
  });
}

/** What to expect of the stream after this answer. */
const after = (result: AppendResult | undefined): bigint | 'no-stream' => {
  if (!result) return 'no-stream';
  return result.kind === 'appended' ? result.revision : result.actual;
};

/** An event of exactly so many UTF-8 bytes, in characters of two bytes. */
function ofBytes(bytes: number): EventToAppend {
  const event = { ...anEvent(), type: 'LargeThing', metadata: '{}' };
  const room = bytes - Buffer.byteLength('{"text":""}' + event.metadata);
  const text = 'é'.repeat(Math.floor(room / 2)) + 'e'.repeat(room % 2);
  return { ...event, data: `{"text":"${text}"}` };
}
