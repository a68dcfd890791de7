import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
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
import { serverAndStore, stopAll } from './serverAndStore.ts';

/** Too short for a server that never comes to an end, long enough for one that does. */
const impatient = { scanDeadlineMs: 100 };

describe('a log in which few events pass the filter', () => {
  afterEach(stopAll);

  /** Rare events, far apart: more than one page of others before the first, a few before the next. */
  const rareOnes = async () => {
    const here = await serverAndStore({ systemEventEvery: 0 }, impatient);
    const { store, cluster } = here;
    const rare = [0, 1, 2].map((content) => anEvent(content, 'Rare'));
    for (const [index, event] of rare.entries()) {
      await appended(
        store.append(`noise-${index}`, someEvents([700, 20, 60][index]!), 'no-stream'),
      );
      await appended(store.append(`rare-${index}`, [event], 'no-stream'));
    }
    await appended(store.append('noise-last', someEvents(60), 'no-stream'));
    cluster.faults.longestLook = 50;
    return { ...here, rare };
  };

  for (const [what, filter] of [
    ['type', { eventTypes: ['Rare'] }],
    ['stream', { streamPrefixes: ['rare-'] }],
  ] as const)
    it(`is read to its end, either way, when the server takes too long to find them by ${what}`, async () => {
      const { store, rare } = await rareOnes();
      expect(idsOf(await all(store.readAll({ filter })))).to.deep.equal(idsOf(rare));
      const backwards = { direction: 'backwards', filter } as const;
      expect(idsOf(await all(store.readAll(backwards)))).to.deep.equal(idsOf(rare).reverse());
      expect(idsOf(await all(store.readAll({ filter, limit: 2 })))).to.deep.equal(
        idsOf(rare.slice(0, 2)),
      );
    });

  it('is followed all the same', async () => {
    const { store, rare } = await rareOnes();
    const filter = { eventTypes: ['Rare'] };
    const batches = await followUntil(store, { filter }, (seen) => Boolean(seen.at(-1)?.caughtUp));
    expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(rare));
  });

  it('fails in time when the server says nothing at all', async () => {
    const { store, cluster } = await serverAndStore({}, { ...impatient, readDeadlineMs: 100 });
    await appended(store.append('some', [anEvent()], 'any'));
    cluster.faults.hanging = true;
    const failure = await failureOf(all(store.readAll({ filter: { eventTypes: ['Rare'] } })));
    expect(failure).to.be.instanceOf(StoreUnavailableError);
  });

  it('is refused on a server that tells no positions, rather than read with wrong ones', async () => {
    const { store, cluster } = await serverAndStore({ tellsPositions: false });
    await appended(store.append('placeless', [anEvent()], 'any'));
    const failure = await failureOf(all(store.readStream('placeless')));
    expect(String(failure)).to.include('22.6');
    expect(cluster.faults.seen.reads).to.equal(1);
  });
});
