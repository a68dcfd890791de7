import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import type { Leases } from '../../../src/application/ports/leases.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { createMemoryReadModelStore } from '../../../src/infrastructure/memory/memoryReadModelStore.ts';
import { openMongoLeases } from '../../../src/infrastructure/mongodb/mongoLeases.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { openMongoRebuildRequests } from '../../../src/infrastructure/mongodb/mongoRebuildRequests.ts';
import {
  runLeasedProjections,
  type LeasedProjectionsOptions,
  type RebuildRequests,
} from '../../../src/infrastructure/projections/leasedProjections.ts';
import {
  append,
  decode,
  documentsOf,
  tallied,
  tallies,
  voted,
  type Vote,
} from '../../application/projections/tallies.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';

describeOnMongo('projections that several processes could run', () => {
  let mongo: MongoForTest;
  let events: MemoryEventStore;
  let running: { stop(): Promise<void> }[];
  let held: string[];
  let states: string[];

  beforeEach(async () => {
    mongo = await mongoForTest();
    events = new MemoryEventStore();
    running = [];
    held = [];
    states = [];
  });
  afterEach(async () => {
    for (const one of running) await one.stop();
    await mongo.drop();
  });

  const requests = (): RebuildRequests => openMongoRebuildRequests(mongo.another());
  /** A process, that says when it holds a lease. */
  const start = (holder: string): { stop(): Promise<void> } => {
    const connection = mongo.another();
    const leases = openMongoLeases(connection);
    const watched: Leases = {
      ...leases,
      async acquire(...asked) {
        const lease = await leases.acquire(...asked);
        if (lease) held.push(`${lease.holder} ${lease.name} ${lease.token}`);
        return lease;
      },
    };
    const one = runLeasedProjections({
      store: events,
      readModels: openMongoReadModelStore(connection),
      leases: watched,
      requests: openMongoRebuildRequests(connection),
      holder,
      projections: [tallies],
      decode,
      now: () => '2026-11-16T09:00:00.000Z',
      onState: (_projection, state) => states.push(state),
    });
    running.push(one);
    return one;
  };
  const readModels = () => openMongoReadModelStore(mongo.another());
  const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
  };

  it('run in one of them, then in another that goes on where the first stopped', async () => {
    await append(events, voted(1, 'ana'));
    const first = start('one');
    await until(() => held.length === 1);
    start('two');
    const store = readModels();
    const shows = async (...votes: readonly Vote[]): Promise<boolean> =>
      isDeepStrictEqual(await documentsOf(store), tallied(votes));
    await until(() => shows(voted(1, 'ana')));
    await first.stop();
    await append(events, voted(2, 'ana'));
    await until(() => shows(voted(1, 'ana'), voted(2, 'ana')));
    expect(held).to.deep.equal(['one projection/tallies 1', 'two projection/tallies 2']);
  });

  it('take no store that a holder who wakes up too late could write', () => {
    // @ts-expect-error: it can't be fenced
    const unfenced: LeasedProjectionsOptions['readModels'] = createMemoryReadModelStore();
    expect(unfenced).not.to.have.property('fenced');
  });

  it('are rebuilt by whoever runs them, once, when any process is asked to', async () => {
    await append(events, voted(1, 'ana'));
    start('one');
    await until(() => states.includes('running'));
    states.length = 0;
    await Promise.all([requests().ask('tallies'), requests().ask('tallies')]);
    await until(() => states.includes('rebuilding') && states.at(-1) === 'running');
    expect(states.filter((state) => state === 'rebuilding')).to.have.length(1);
    expect(await requests().take('tallies')).to.equal(false);
  });
});
