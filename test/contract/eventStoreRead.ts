import { expect } from 'chai';
import type { EventStore, RecordedEvent } from '../../src/application/ports/eventStore.ts';
import type { StoreUnderTest } from './eventStoreContract.ts';
import { all, anEvent, appended, freshName, idsOf, someEvents } from './eventStoreTools.ts';

export function readContract(subject: () => StoreUnderTest): void {
  describe('readStream', () => {
    const prepared = async (count: number): Promise<[EventStore, string, string[]]> => {
      const { store } = subject();
      const stream = freshName('read');
      const events = someEvents(count);
      await appended(store.append(stream, events, 'no-stream'));
      return [store, stream, idsOf(events)];
    };
    const ids = async (...args: Parameters<EventStore['readStream']>) =>
      idsOf(await all(subject().store.readStream(...args)));

    it('yields nothing for an unknown stream', async () => {
      const unknown = freshName('unknown');
      expect(await ids(unknown)).to.deep.equal([]);
      expect(await ids(unknown, { direction: 'backwards' })).to.deep.equal([]);
    });

    it('reads forwards from the start, and backwards from the end', async () => {
      const [store, stream, written] = await prepared(7);
      const events = await all(store.readStream(stream));
      expect(idsOf(events)).to.deep.equal(written);
      expect(events.map(({ revision }) => revision)).to.deep.equal([0n, 1n, 2n, 3n, 4n, 5n, 6n]);
      expect(await all(store.readStream(stream, { direction: 'backwards' }))).to.deep.equal(
        events.toReversed(),
      );
    });

    it('reads from a revision, included, either way', async () => {
      const [, stream, written] = await prepared(7);
      expect(await ids(stream, { from: 4n })).to.deep.equal(written.slice(4));
      expect(await ids(stream, { from: 2n, direction: 'backwards' })).to.deep.equal(
        written.slice(0, 3).reverse(),
      );
      expect(await ids(stream, { from: 7n })).to.deep.equal([]);
      expect(await ids(stream, { from: 100n, direction: 'backwards' })).to.deep.equal(
        written.toReversed(),
      );
    });

    it('reads no more events than the limit', async () => {
      const [, stream, written] = await prepared(7);
      expect(await ids(stream, { limit: 3 })).to.deep.equal(written.slice(0, 3));
      expect(await ids(stream, { limit: 2, from: 5n, direction: 'backwards' })).to.deep.equal([
        written[5],
        written[4],
      ]);
      expect(await ids(stream, { limit: 50 })).to.deep.equal(written);
      expect(await ids(stream, { limit: 0 })).to.deep.equal([]);
    });

    it('keeps apart streams whose names look alike', async () => {
      const { store } = subject();
      const name = freshName('alike');
      for (const stream of [name, `${name}-1`, `${name} `, `${name}é`, name.toUpperCase()]) {
        const event = anEvent(stream);
        await appended(store.append(stream, [event], 'no-stream'));
        expect(await ids(stream)).to.deep.equal([event.id]);
      }
    });

    it('gives every byte back unchanged', async () => {
      const { store } = subject();
      const stream = freshName('bytes');
      const data =
        '{ "z": 1,\n"a":[2.50,1e3, -0],"10":"dix","2":"deux","é́":"Zoë 👩‍👧‍👦 \u2028 \\u0000 \\ud83d","vide":""}';
      const metadata = '{"b":"\u{10ffff}\ufeff","a":null}';
      const event = { ...anEvent(), data, metadata };
      await appended(store.append(stream, [event], 'no-stream'));
      const [read] = await all(store.readStream(stream));
      expect(read).to.include({ ...event, stream, revision: 0n });
    });

    it('holds a stream of 10,000 events', async function () {
      this.timeout(60_000);
      const { store } = subject();
      const stream = freshName('long');
      const written: string[] = [];
      while (written.length < 10_000) {
        const events = someEvents(1_000);
        const expected = written.length === 0 ? 'no-stream' : BigInt(written.length - 1);
        await appended(store.append(stream, events, expected));
        written.push(...idsOf(events));
      }
      const read: RecordedEvent[] = await all(store.readStream(stream));
      expect(read.length).to.equal(10_000);
      expect(
        read.every(
          ({ id, revision }, index) => id === written[index] && revision === BigInt(index),
        ),
      ).to.equal(true);
      expect(await ids(stream, { direction: 'backwards' })).to.deep.equal(written.toReversed());
      expect(await ids(stream, { from: 9_998n })).to.deep.equal(written.slice(-2));
    });
  });

  describe('readAll', () => {
    /** Three streams written in turns; answers the position before them, and their events in order. */
    const interleaved = async (store: EventStore) => {
      const start = await store.head();
      const streams = [freshName('north'), freshName('south'), freshName('south')] as const;
      const types = [freshName('Odd'), freshName('Even')] as const;
      for (let round = 0; round < 4; round += 1)
        for (const stream of streams) {
          const type = types[round % 2];
          await appended(store.append(stream, [anEvent(round, type)], 'any'));
        }
      const from = start === undefined ? {} : { from: start };
      return { start, from, streams, types, events: await all(store.readAll(from)) };
    };

    it('reads what was stored after a position, in the order of storing', async () => {
      const { store } = subject();
      const { events, streams } = await interleaved(store);
      expect(events.map(({ stream }) => stream)).to.deep.equal([
        ...streams,
        ...streams,
        ...streams,
        ...streams,
      ]);
      const positions = events.map(({ position }) => position);
      expect(positions).to.deep.equal(positions.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(new Set(positions).size).to.equal(12);
      const middle = events[6]!.position;
      expect(await all(store.readAll({ from: middle }))).to.deep.equal(events.slice(7));
      expect(await all(store.readAll({ from: events[11]!.position }))).to.deep.equal([]);
    });

    it('reads backwards from the end, or what was stored before a position', async () => {
      const { store } = subject();
      const { events } = await interleaved(store);
      const direction = 'backwards';
      expect(await all(store.readAll({ direction, limit: 12 }))).to.deep.equal(events.toReversed());
      const from = events[6]!.position;
      expect(await all(store.readAll({ direction, from, limit: 6 }))).to.deep.equal(
        events.slice(0, 6).reverse(),
      );
    });

    it('reads no more events than the limit', async () => {
      const { store } = subject();
      const { events, from } = await interleaved(store);
      expect(await all(store.readAll({ ...from, limit: 5 }))).to.deep.equal(events.slice(0, 5));
      expect(await all(store.readAll({ ...from, limit: 0 }))).to.deep.equal([]);
    });

    it('keeps only the types, or the streams, that the filter names', async () => {
      const { store } = subject();
      const { events, from, streams, types } = await interleaved(store);
      const odd = events.filter(({ type }) => type === types[0]);
      expect(
        await all(store.readAll({ ...from, filter: { eventTypes: [types[0], 'Never'] } })),
      ).to.deep.equal(odd);
      const [north, south] = streams;
      const two = events.filter(({ stream }) => stream === north || stream === south);
      const streamPrefixes = [north.slice(0, -3), south, 'never-'];
      expect(await all(store.readAll({ ...from, filter: { streamPrefixes } }))).to.deep.equal(two);
      expect(
        await all(
          store.readAll({ direction: 'backwards', limit: 3, filter: { streamPrefixes: [south] } }),
        ),
      ).to.deep.equal(
        two
          .filter(({ stream }) => stream === south)
          .reverse()
          .slice(0, 3),
      );
    });

    it('reads a long log in batches, each event once', async () => {
      const { store } = subject();
      const start = await store.head();
      const written: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        const events = someEvents(100);
        await appended(store.append(freshName('long'), events, 'no-stream'));
        written.push(...idsOf(events));
      }
      const from = start === undefined ? {} : { from: start };
      expect(idsOf(await all(store.readAll(from)))).to.deep.equal(written);
      expect(
        idsOf(await all(store.readAll({ direction: 'backwards', limit: 1_200 }))),
      ).to.deep.equal(written.toReversed());
    });
  });

  describe('head', () => {
    it('is the position of the last event stored, or later where the server keeps events of its own', async () => {
      const { store } = subject();
      const { position } = await appended(store.append(freshName('head'), someEvents(3), 'any'));
      const head = await store.head();
      expect(head! >= position).to.equal(true);
      expect(await all(store.readAll({ from: head! }))).to.deep.equal([]);
    });
  });
}
