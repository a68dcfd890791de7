import { expect } from 'chai';
import {
  all,
  anEvent,
  appended,
  eventsOf,
  followUntil,
  idsOf,
  someEvents,
} from '../../contract/eventStoreTools.ts';
import { serverAndStore, stopAll, until, type ServerAndStore } from './serverAndStore.ts';

/** Longer than a test may take: trying the same node again would not help. */
const patient = { appendDeadlineMs: 600_000, readDeadlineMs: 600_000, quietMs: 50 };

/** Three nodes, of which the first led until now: it has lost the others, and these have elected the second. */
async function deposed(
  alone: 'not ready' | 'no leader info',
  used: (here: ServerAndStore) => Promise<unknown>,
) {
  const here = await serverAndStore({ nodes: 3 }, patient);
  const former = here.cluster.nodes[0]!.apart();
  await used(here);
  former.alone = alone;
  here.cluster.elect(1);
  return { ...here, former };
}

describe('a node of EventStoreDB that has lost its leader', () => {
  afterEach(stopAll);

  for (const alone of ['not ready', 'no leader info'] as const) {
    it(`is left by appends when it answers "${alone}"`, async () => {
      const events = someEvents(4);
      const { store, former } = await deposed(alone, ({ store: one }) =>
        appended(one.append('moved', events.slice(0, 1), 'no-stream')),
      );
      const asked = former.seen.appends;
      await Promise.all([
        appended(store.append('moved', events.slice(1, 2), 0n)),
        appended(store.append('other', [anEvent()], 'no-stream')),
      ]);
      await appended(store.append('moved', events.slice(2), 1n));
      expect(idsOf(await all(store.readStream('moved')))).to.deep.equal(idsOf(events));
      // No append finds it again.
      expect(former.seen.appends - asked).to.be.within(1, 2);
    });

    it(`is left by reads when it answers "${alone}"`, async () => {
      const { store, cluster } = await deposed(alone, ({ store: one }) => one.head());
      const reads = cluster.faults.seen.reads;
      expect(await store.head()).to.equal(BigInt(cluster.log.records.at(-1)!.position));
      expect(cluster.faults.seen.reads - reads).to.equal(1);
    });
  }

  it('is left by a subscription that it tells nothing more', async () => {
    const events = someEvents(3);
    const here = await serverAndStore({ nodes: 3 }, patient);
    const { store, another, cluster } = here;
    const former = cluster.nodes[0]!.apart();
    const writer = another({ connectionString: cluster.nodes[1]!.connectionString });
    await appended(store.append('heard', events.slice(0, 1), 'no-stream'));
    const batches = await followUntil(store, {}, (seen) => {
      if (seen.at(-1)?.caughtUp && former.alone === undefined) {
        former.alone = 'not ready';
        cluster.elect(1);
        void appended(writer.append('heard', events.slice(1), 0n));
      }
      return eventsOf(seen).length >= events.length;
    });
    expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(events));
    expect(former.seen.subscriptions).to.equal(1);
  });

  it('keeps a subscription that is quiet because nothing is stored', async () => {
    const { store, cluster } = await serverAndStore({}, { quietMs: 20 });
    await appended(store.append('quiet', [anEvent()], 'no-stream'));
    const { seen } = cluster.faults;
    let asked = false;
    await followUntil(store, {}, (batches) => {
      if (batches.at(-1)?.caughtUp && !asked) {
        asked = true;
        const reads = seen.reads + 6;
        // It has asked several times whether it misses something.
        void until(() => seen.reads >= reads).then(() => store.append('quiet', [anEvent()], 0n));
      }
      return eventsOf(batches).length === 2;
    });
    expect(seen.subscriptions).to.equal(1);
  });
});
