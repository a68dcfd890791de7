import { expect } from 'chai';
import {
  StoreUnavailableError,
  type RecordedEvent,
  type SubscriptionBatch,
} from '../../../src/application/ports/eventStore.ts';
import {
  all,
  anEvent,
  appended,
  eventsOf,
  failureOf,
  followUntil,
  idsOf,
  someEvents,
} from '../../contract/eventStoreTools.ts';
import { serverAndStore, stopAll, until, type ServerAndStore } from './serverAndStore.ts';

describe('a subscription to EventStoreDB', () => {
  afterEach(stopAll);

  /** Follows while events are written one by one, `when` the given number has been received. */
  const followWhile = async (
    { store }: ServerAndStore,
    total: number,
    when: (received: number) => void | Promise<void>,
  ): Promise<SubscriptionBatch[]> => {
    const writing = (async () => {
      for (let count = 0; count < total; count += 1)
        await appended(store.append('followed', [anEvent(count)], 'any'));
    })();
    const seen: SubscriptionBatch[] = [];
    const batches = await followUntil(store, { batchSize: 5 }, (some) => {
      seen.push(some.at(-1)!);
      void when(eventsOf(seen).length);
      return eventsOf(some).length >= total;
    });
    await writing;
    return batches;
  };
  const expectAll = async (
    { store }: ServerAndStore,
    batches: readonly SubscriptionBatch[],
  ): Promise<void> => {
    const log = await all(store.readAll());
    expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(log));
    const checkpoints = batches.map(({ checkpoint }) => checkpoint);
    expect(checkpoints).to.deep.equal(checkpoints.toSorted((a, b) => (a < b ? -1 : 1)));
  };

  for (const [what, fault] of [
    ['breaks', 'cutAfterEvents'],
    ['ends without a word', 'endAfterEvents'],
  ] as const)
    it(`goes on without gap or double when its call ${what} in the middle of a batch`, async () => {
      const here = await serverAndStore();
      const { faults } = here.cluster;
      const batches = await followWhile(here, 60, (received) => {
        if (received % 10 < 5 && faults[fault] === undefined && received < 50) faults[fault] = 3;
      });
      await expectAll(here, batches);
      expect(faults.seen.subscriptions).to.be.greaterThan(2);
    });

  it('goes on without gap or double when the server is gone for a second', async () => {
    const here = await serverAndStore();
    const { store, cluster } = here;
    await appended(store.append('before', someEvents(10), 'no-stream'));
    let left = false;
    const batches = await followUntil(store, {}, (seen) => {
      if (!left && seen.at(-1)?.caughtUp) {
        left = true;
        void cluster.leader.goAway().then(() => {
          setTimeout(() => {
            void cluster.leader.comeBack();
            void store.append('after', someEvents(10), 'no-stream');
          }, 1_000);
        });
      }
      return eventsOf(seen).length === 20;
    });
    await expectAll(here, batches);
  });

  it('goes on from another leader', async () => {
    const here = await serverAndStore({ nodes: 3 });
    const { store, cluster } = here;
    let elected = 0;
    const batches = await followWhile(here, 30, async (received) => {
      if (received < elected * 10) return;
      elected += 1;
      cluster.elect(elected % 3);
      cluster.dropConnections();
    });
    await expectAll({ ...here, store }, batches);
    expect(elected).to.be.greaterThan(2);
  });

  it('moves its checkpoint with each event that the filter leaves out, and says that it has caught up', async () => {
    for (const saysCaughtUp of [true, false]) {
      const { store } = await serverAndStore({ saysCaughtUp });
      const { position } = await appended(store.append('wanted', [anEvent()], 'no-stream'));
      const filter = { streamPrefixes: ['wanted'] };
      let last = position;
      let written = 0;
      const batches = await followUntil(store, { filter }, (seen) => {
        const batch = seen.at(-1);
        if (batch && batch.checkpoint >= last && batch.caughtUp && written < 5) {
          written += 1;
          last = 2n ** 62n;
          void appended(store.append('ignored', [anEvent()], 'any')).then((result) => {
            last = result.position;
          });
        }
        return written === 5 && batch !== undefined && batch.checkpoint >= last;
      });
      expect(eventsOf(batches)).to.have.length(1);
      expect(batches.at(-1)).to.deep.include({ events: [], caughtUp: true });
      expect(batches.at(-1)!.checkpoint <= (await store.head())!).to.equal(true);
    }
  });

  for (const saysCaughtUp of [true, false])
    it(`has caught up when an event that the filter leaves out came last, before it began (${saysCaughtUp})`, async () => {
      const { store, cluster } = await serverAndStore({ saysCaughtUp, systemEventEvery: 0 });
      await appended(store.append('wanted', [anEvent()], 'no-stream'));
      cluster.faults.beforeSubscription = () => cluster.log.writeSystemEvent('$late', '$late', {});
      const filter = { streamPrefixes: ['wanted'] };
      const batches = await followUntil(store, { filter }, (seen) =>
        Boolean(seen.at(-1)?.caughtUp),
      );
      expect(batches.at(-1)!.checkpoint).to.equal(await store.head());
      expect(cluster.log.records.at(-1)!.type).to.equal('$late');
    });

  it('loses nothing that is stored where a checkpoint stood that the server told while it caught up', async () => {
    const { store, cluster } = await serverAndStore({ systemEventEvery: 0 });
    const { log, faults } = cluster;
    const after = await store.head();
    // The subscription starts behind, so it is told a checkpoint at the very end of the log.
    faults.beforeSubscription = () => log.writeSystemEvent('$late', '$late', {});
    const event = anEvent();
    let end: number | undefined;
    const batches = await followUntil(
      store,
      { ...(after !== undefined && { after }), filter: { streamPrefixes: ['wanted'] } },
      (seen) => {
        if (seen.at(-1)?.caughtUp && end === undefined) {
          end = log.end;
          void store.append('wanted', [event], 'no-stream');
        }
        return eventsOf(seen).length > 0;
      },
    );
    expect(eventsOf(batches)).to.have.length(1);
    expect(eventsOf(batches)[0]).to.deep.include({ id: event.id, position: BigInt(end!) });
    const positions = log.records.map(({ position }) => BigInt(position));
    for (const { checkpoint } of batches) expect(positions).to.include(checkpoint);
    expect(batches[0]!.checkpoint < BigInt(end!)).to.equal(true);
  });

  it('holds few events for a consumer that is slow: the others wait with the server', async () => {
    const { store, cluster } = await serverAndStore({ systemEventEvery: 0 });
    const large = JSON.stringify('x'.repeat(100_000));
    const following = store
      .subscribe({ batchSize: 2, signal: AbortSignal.timeout(30_000) })
      [Symbol.asyncIterator]();
    await appended(store.append('large', [anEvent()], 'any'));
    await following.next();
    const received: RecordedEvent[] = [];
    const next = async (): Promise<void> => {
      const step = await following.next();
      if (!step.done) received.push(...step.value.events);
    };
    await next();
    const before = cluster.faults.seen.eventsSent;
    const events = someEvents(200).map((event) => ({ ...event, data: large }));
    for (const event of events) await appended(store.append('large', [event], 'any'));
    await all(store.readStream('large', { limit: 100 }));
    expect(cluster.faults.seen.eventsSent - before).to.be.lessThan(60);
    while (received.length < events.length) await next();
    expect(idsOf(received)).to.deep.equal(idsOf(events));
    await following.return?.();
  });

  it('ends the call on the server when the consumer leaves, or stops it', async () => {
    const { store, cluster } = await serverAndStore();
    const { seen } = cluster.faults;
    await appended(store.append('left', [anEvent()], 'any'));
    await followUntil(store, {}, (batches) => batches.length > 1);
    await until(() => seen.openSubscriptions === 0);

    const stop = new AbortController();
    const following = store.subscribe({ signal: stop.signal })[Symbol.asyncIterator]();
    for (let live = false; !live;) {
      const { value } = (await following.next()) as { value: SubscriptionBatch };
      live = value.caughtUp;
    }
    expect(seen.openSubscriptions).to.equal(1);
    const pending = following.next();
    stop.abort();
    expect(await pending).to.deep.include({ done: true });
    await until(() => seen.openSubscriptions === 0);
  });

  it('ends with an error when the store closes while it follows, and an append too', async () => {
    const { store, cluster } = await serverAndStore();
    await appended(store.append('closing', [anEvent()], 'any'));
    const signal = AbortSignal.timeout(30_000);
    const following = (async () => {
      for await (const batch of store.subscribe({ signal })) if (batch.caughtUp) break;
      for await (const batch of store.subscribe({ signal })) expect(batch.events).to.be.an('array');
    })();
    await until(() => cluster.faults.seen.subscriptions === 2);
    cluster.faults.hanging = true;
    const appending = failureOf(store.append('closing', [anEvent()], 'any'));
    const failing = failureOf(following);
    await store.close();
    expect(await failing).to.be.instanceOf(StoreUnavailableError);
    expect(await appending).to.be.instanceOf(StoreUnavailableError);
    await until(() => cluster.faults.seen.openSubscriptions === 0);
  });

  it('fails, rather than try for ever, when the right to read is missing', async () => {
    const { store, cluster } = await serverAndStore();
    cluster.faults.denied = true;
    const signal = AbortSignal.timeout(30_000);
    const failure = await failureOf(store.subscribe({ signal })[Symbol.asyncIterator]().next());
    expect(failure).to.be.instanceOf(StoreUnavailableError);
    expect(String(failure)).to.include('Access Denied');
  });
});
