import { EventStoreDBClient } from '@eventstore/db-client';
import { expect } from 'chai';
import { all, anEvent, appended, eventsOf, followUntil } from '../../contract/eventStoreTools.ts';
import { serverAndStore, stopAll } from './serverAndStore.ts';

describe('what EventStoreDB holds', () => {
  afterEach(stopAll);

  it('is JSON to everyone else: the server shows it readable', async () => {
    const { cluster, store } = await serverAndStore();
    const data = '{"when":"2025-09-01","sealed":"v1.AAAA"}';
    const metadata = '{"commandId":"c-1","hash":"h"}';
    await appended(store.append('shown', [{ ...anEvent(), data, metadata }], 'no-stream'));
    const client = EventStoreDBClient.connectionString(cluster.connectionString);
    for await (const { event } of client.readStream('shown')) {
      expect(event).to.deep.include({
        isJson: true,
        data: { when: '2025-09-01', sealed: 'v1.AAAA' },
        metadata: { commandId: 'c-1', hash: 'h' },
      });
    }
    await client.dispose();
  });

  it('comes back byte for byte, where JSON printed anew would differ too', async () => {
    const { store } = await serverAndStore();
    const texts = [
      '{ "a" : 1.0, "b":1e2 }',
      '{"a":1,"a":2}',
      '{"__proto__":{"x":1},"2":0,"1":0}',
      '"\\u0041\\/"',
      '[-0,12345678901234567890]',
      'no JSON at all',
      '\ufeff{}',
      '',
    ];
    const events = texts.map((text) => ({ ...anEvent(), data: text, metadata: text }));
    await appended(store.append('exact', events, 'no-stream'));
    const read = await all(store.readStream('exact'));
    expect(read.map(({ data }) => data)).to.deep.equal(texts);
    expect(read.map(({ metadata }) => metadata)).to.deep.equal(texts);
    const filter = { streamPrefixes: ['exact'] };
    const batches = await followUntil(
      store,
      { filter },
      (seen) => eventsOf(seen).length === texts.length,
    );
    expect(eventsOf(batches)).to.deep.equal(read);
  });

  it('are events of the server too, which nobody sees', async () => {
    const { cluster, store } = await serverAndStore({ systemEventEvery: 1 });
    const types = ['Plain', 'Dollar$Inside'];
    for (const type of types)
      await appended(store.append('ours', [anEvent({}, type), anEvent({}, type)], 'any'));
    // A projection of the server may write events whose type looks like any other.
    cluster.log.writeSystemEvent('$ce-ours', 'Plain', {});
    const [, , ourFourth] = await all(store.readAll());
    await appended(store.append('ours', [anEvent({}, 'Plain')], 'any'));
    expect(ourFourth?.type).to.equal('Dollar$Inside');

    const ours = [...types.flatMap((type) => [type, type]), 'Plain'];
    const prefixed = { streamPrefixes: [''] };
    const reads = [
      { expected: ours, options: {} },
      { expected: ours.toReversed(), options: { direction: 'backwards' } },
      { expected: ours, options: { filter: prefixed } },
      { expected: ['Plain', 'Plain', 'Plain'], options: { filter: { eventTypes: ['Plain'] } } },
      { expected: ['Plain', 'Plain', 'Dollar$Inside'], options: { limit: 3 } },
    ] as const;
    for (const { expected, options } of reads)
      expect((await all(store.readAll(options))).map(({ type }) => type)).to.deep.equal(expected);
    for (const filter of [undefined, prefixed, { eventTypes: types }]) {
      const options = filter ? { filter } : {};
      const batches = await followUntil(store, options, (seen) => Boolean(seen.at(-1)?.caughtUp));
      expect(eventsOf(batches).map(({ type }) => type)).to.deep.equal(ours);
    }
  });

  it('is found by the exact type: a dot of its name is a dot', async () => {
    const { store } = await serverAndStore();
    const types = ['Booked.v1', 'Bookedxv1', 'Booked.v10', 'A|B', 'A'];
    for (const type of types) await appended(store.append('named', [anEvent({}, type)], 'any'));
    for (const type of types)
      expect(
        (await all(store.readAll({ filter: { eventTypes: [type] } }))).map((event) => event.type),
      ).to.deep.equal([type]);
  });
});
