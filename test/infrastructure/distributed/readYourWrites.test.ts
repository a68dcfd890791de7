import { expect } from 'chai';
import type { EventStore, Position } from '../../../src/application/ports/eventStore.ts';
import { projections } from '../../../src/application/projections/all.ts';
import { polledReadSide } from '../../../src/infrastructure/distributed/polledReadSide.ts';
import { decodeSealed } from '../../../src/infrastructure/events/sealedDecoder.ts';
import { openEventStoreDb } from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { openMongoLeases } from '../../../src/infrastructure/mongodb/mongoLeases.ts';
import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { openMongoRebuildRequests } from '../../../src/infrastructure/mongodb/mongoRebuildRequests.ts';
import { runLeasedProjections } from '../../../src/infrastructure/projections/leasedProjections.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { eventServer } from '../../support/eventServer.ts';
import { describeOnMongo, mongoForTest } from '../../support/mongo.ts';

describeOnMongo('reading on one process what was just stored, while another projects', () => {
  const stops: (() => unknown)[] = [];
  let events: EventStore;
  let side: ReturnType<typeof polledReadSide>;

  beforeEach(async () => {
    const server = await eventServer();
    stops.push(() => server.stop());
    const mongo = await mongoForTest();
    stops.push(() => mongo.drop());
    const store = openEventStoreDb({ connectionString: server.connectionString });
    stops.push(() => store.close());
    events = store;
    const holding = mongo.another();
    const running = runLeasedProjections({
      store,
      readModels: openMongoReadModelStore(holding),
      leases: openMongoLeases(holding),
      requests: openMongoRebuildRequests(holding),
      holder: uuids.next(),
      projections,
      decode: decodeSealed,
      now: () => '2026-11-16T09:00:00.000Z',
    });
    stops.push(() => running.stop());
    side = polledReadSide({
      events,
      readModels: openMongoReadModelStore(mongo),
      requests: openMongoRebuildRequests(mongo),
      projections: projections.map(({ name }) => name),
    });
    stops.push(() => side.stop());
    expect(await side.waitFor(await stored(), 20_000), 'the first builds').to.equal(true);
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  const stream = `visit-${uuids.next()}`;
  /** Stores what no read model is made of. */
  const stored = async (): Promise<Position> => {
    const event = { id: uuids.next(), type: 'NothingOfInterest', data: '{}', metadata: '{}' };
    const result = await events.append(stream, [event], 'any');
    return result.kind === 'appended' ? result.position : expect.fail('nothing was stored');
  };
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

  for (const everyMs of [undefined, 200, 20])
    it(`takes well under 300 ms ${everyMs === undefined ? 'on a silent log' : `when others store something every ${everyMs} ms`}`, async () => {
      const others: Promise<unknown>[] = [];
      const storing =
        everyMs === undefined ? undefined : setInterval(() => others.push(stored()), everyMs);
      const waits: number[] = [];
      try {
        for (let n = 0; n < 7; n += 1) {
          const position = await stored();
          const since = performance.now();
          expect(await side.waitFor(position, 20_000)).to.equal(true);
          waits.push(performance.now() - since);
        }
      } finally {
        clearInterval(storing);
        await Promise.all(others);
      }
      expect(median(waits), waits.map(Math.round).join()).to.be.lessThan(300);
    });
});
