import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import {
  openEventStoreDb,
  type EventStoreDbEventStore,
} from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { all, anEvent, appended, failureOf } from '../../contract/eventStoreTools.ts';
import { nextLine, startChild, type Child } from '../sqlite/childProcess.ts';
import { serverAndStore, stopAll } from './serverAndStore.ts';

const HOUR = 3_600_000;
const { now } = Date;
const shift = (milliseconds: number): void => {
  Date.now = () => now() + milliseconds;
};

describe('the clock of this process', () => {
  afterEach(() => {
    Date.now = now;
  });
  afterEach(stopAll);

  describe("beside that of EventStoreDB's server", () => {
    let server: Child;
    let store: EventStoreDbEventStore;
    beforeEach(async () => {
      server = startChild('../../support/eventstoredb/main.ts');
      store = openEventStoreDb({ connectionString: await nextLine(server) });
    });
    afterEach(async () => {
      await store.close();
      await server.kill();
    });

    it('may be late or early: appends and reads pass', async () => {
      for (const [index, offset] of [-10_000, -HOUR, HOUR].entries()) {
        shift(offset);
        const expected = index === 0 ? 'no-stream' : BigInt(index - 1);
        await appended(store.append('shifted', [anEvent()], expected));
        expect(await all(store.readStream('shifted'))).to.have.length(index + 1);
      }
    });
  });

  it('may be set back during an outage: what waits gives up in time', async () => {
    const { cluster, store } = await serverAndStore(
      {},
      { appendDeadlineMs: 150, readDeadlineMs: 150 },
    );
    await cluster.leader.goAway();
    const waiting = [
      failureOf(store.append('late', [anEvent()], 'any')),
      failureOf(store.head()),
      failureOf(all(store.readStream('late'))),
    ];
    shift(-HOUR);
    for (const failure of await Promise.all(waiting))
      expect(failure).to.be.instanceOf(StoreUnavailableError);
  });

  it('may be set forward during an outage: what waits goes on waiting', async () => {
    const { cluster, store } = await serverAndStore();
    await cluster.leader.goAway();
    const waiting = Promise.all([
      appended(store.append('early', [anEvent()], 'any')),
      store.head(),
    ]);
    shift(HOUR);
    await cluster.leader.comeBack();
    const [{ revision }, head] = await waiting;
    expect(revision).to.equal(0n);
    expect(head).to.be.a('bigint');
  });
});
