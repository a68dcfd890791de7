import { expect } from 'chai';
import {
  StoreUnavailableError,
  type AppendResult,
  type EventStore,
} from '../../../src/application/ports/eventStore.ts';
import { appendRequest } from '../../../src/infrastructure/eventstoredb/appendMessages.ts';
import { AppendStream } from '../../../src/infrastructure/eventstoredb/appendStream.ts';
import { connect } from '../../../src/infrastructure/eventstoredb/connection.ts';
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
import { serverAndStore, stopAll, until } from './serverAndStore.ts';

/** Longer than a test may take: what is tried again would show. */
const patient = { appendDeadlineMs: 600_000, readDeadlineMs: 600_000 };

describe('an append to EventStoreDB', () => {
  afterEach(stopAll);

  it('goes to the leader that a follower names, and so do reads and subscriptions', async () => {
    const { cluster, another } = await serverAndStore({ nodes: 3 });
    const { connectionString } = cluster.nodes[1]!;
    const events = someEvents(2);
    await appended(another({ connectionString }).append('redirected', events, 'no-stream'));
    expect(idsOf(await all(another({ connectionString }).readStream('redirected')))).to.deep.equal(
      idsOf(events),
    );
    const batches = await followUntil(
      another({ connectionString }),
      {},
      (seen) => eventsOf(seen).length === 2,
    );
    expect(idsOf(eventsOf(batches))).to.deep.equal(idsOf(events));
    expect(cluster.faults.seen.redirected).to.equal(3);
  });

  it('finds the leader of a cluster, and the next one when another leads', async () => {
    const { cluster, store } = await serverAndStore({ nodes: 3 });
    const events = someEvents(4);
    for (const [index, event] of events.entries()) {
      cluster.elect(index % 3);
      const expected = index === 0 ? 'no-stream' : BigInt(index - 1);
      await appended(store.append('moved', [event], expected));
    }
    expect(idsOf(await all(store.readStream('moved')))).to.deep.equal(idsOf(events));
  });

  it('survives that the leader of a cluster goes away', async () => {
    const { cluster, store } = await serverAndStore({ nodes: 3 });
    await appended(store.append('survivor', [anEvent()], 'no-stream'));
    cluster.elect(1);
    await cluster.nodes[0]!.goAway();
    const result = await appended(store.append('survivor', [anEvent()], 0n));
    expect(result.revision).to.equal(1n);
  });

  for (const fault of ['lostAppends', 'lostAnswers', 'endedCalls', 'notReady', 'timeouts'] as const)
    it(`is stored once, and answered, after ${fault}`, async () => {
      const { cluster, store } = await serverAndStore();
      const events = someEvents(3);
      cluster.faults[fault] = 2;
      const result = await appended(store.append('once', events, 'no-stream'));
      expect(cluster.faults[fault]).to.equal(0);
      const stored = await all(store.readStream('once'));
      expect(idsOf(stored)).to.deep.equal(idsOf(events));
      expect(result).to.include({ revision: 2n, position: stored.at(-1)?.position });
    });

  it('fails in time, clearly, when the server hangs, and works again when it does', async () => {
    const { cluster, store } = await serverAndStore({}, { appendDeadlineMs: 100 });
    cluster.faults.hanging = true;
    const failure = await failureOf(store.append('hung', [anEvent()], 'no-stream'));
    expect(failure).to.be.instanceOf(StoreUnavailableError);
    expect(String(failure)).to.include('did not answer in time');
    cluster.faults.hanging = false;
    const result = await appended(store.append('hung', [anEvent()], 'no-stream'));
    expect(result.revision).to.equal(0n);
  });

  it('gives up alone, near its deadline, while the call that it shares is well', async () => {
    const { cluster } = await serverAndStore();
    cluster.faults.answerDelay = 50;
    const connection = connect({ connectionString: cluster.connectionString });
    const carrier = new AppendStream(await connection.batchAppend(), () => undefined, 1_000);
    try {
      const hurried = carrier.send(appendRequest('hurried', [anEvent()], 'no-stream'), 10);
      const patientOne = carrier.send(appendRequest('patient', [anEvent()], 'no-stream'), 4_000);
      expect(String(await failureOf(hurried))).to.include('did not answer in time');
      expect(await patientOne).to.include({ kind: 'appended', revision: 0n });
    } finally {
      await connection.close();
    }
  });

  it('ends a call that is silent for long, so that whoever waits on it tries another', async () => {
    const { cluster } = await serverAndStore();
    cluster.faults.hanging = true;
    const connection = connect({ connectionString: cluster.connectionString });
    let ended = false;
    const onEnd = (): void => void (ended = true);
    const carrier = new AppendStream(await connection.batchAppend(), onEnd, 10);
    try {
      const late = failureOf(carrier.send(appendRequest('late', [anEvent()], 'no-stream'), 30));
      const other = carrier.send(appendRequest('other', [anEvent()], 'no-stream'), 600_000);
      await late;
      expect(await failureOf(other)).to.be.instanceOf(StoreUnavailableError);
      expect(ended).to.equal(true);
    } finally {
      await connection.close();
    }
  });

  it('fails in time when nothing listens, and goes on when the server is back', async () => {
    const { cluster, store } = await serverAndStore({}, { appendDeadlineMs: 150 });
    await appended(store.append('gone', [anEvent()], 'no-stream'));
    await cluster.leader.goAway();
    const failure = await failureOf(store.append('gone', [anEvent()], 0n));
    expect(failure).to.be.instanceOf(StoreUnavailableError);
    await cluster.leader.comeBack();
    const events = someEvents(2);
    let answer: AppendResult | undefined;
    // The first may still fail: its deadline is shorter than gRPC waits before it connects again.
    while (!answer) answer = await store.append('gone', events, 0n).catch(() => undefined);
    expect(answer).to.include({ kind: 'appended', revision: 2n });
    expect(await all(store.readStream('gone'))).to.have.length(3);
  });

  it('waits for a server that is gone for a second', async () => {
    const { cluster, store } = await serverAndStore();
    await appended(store.append('second', [anEvent()], 'no-stream'));
    await cluster.leader.goAway();
    const pending = appended(store.append('second', [anEvent()], 0n));
    setTimeout(() => void cluster.leader.comeBack(), 1_000);
    expect((await pending).revision).to.equal(1n);
    expect(await all(store.readStream('second'))).to.have.length(2);
  });

  it('fails at once, without trying again, when the right to write is missing', async () => {
    const { cluster, store } = await serverAndStore({}, patient);
    cluster.faults.denied = true;
    for (const attempt of [
      () => store.append('denied', [anEvent()], 'any'),
      () => all(store.readStream('denied')),
      () => store.head(),
    ]) {
      const failure = await failureOf(attempt());
      expect(failure).to.be.instanceOf(StoreUnavailableError);
    }
    expect(cluster.log.stream('denied')).to.equal(undefined);
  });

  it('fails at once on a stream that an operator has deleted for good', async () => {
    const { cluster, store } = await serverAndStore({}, patient);
    cluster.log.tombstone('deleted');
    for (const attempt of [
      () => store.append('deleted', [anEvent()], 'any'),
      () => all(store.readStream('deleted')),
    ])
      expect(await failureOf(attempt())).to.be.instanceOf(StoreUnavailableError);
  });

  it('fails clearly when the server allows less than the port', async () => {
    const { store } = await serverAndStore({ maxAppendSize: 1_000 }, patient);
    const large = { ...anEvent(), data: JSON.stringify('x'.repeat(1_000)) };
    const failure = await failureOf(store.append('less', [large], 'any'));
    expect(String(failure)).to.include('MaximumAppendSizeExceeded');
  });

  it('fails at once on an event that is larger than the server allows one to be', async () => {
    const { store } = await serverAndStore({ maxAppendEventSize: 1_000 }, patient);
    const large = { ...anEvent(), data: JSON.stringify('x'.repeat(1_000)) };
    const failure = await failureOf(store.append('larger', [large], 'any'));
    expect(String(failure)).to.include('MaximumAppendEventSizeExceeded');
    await appended(store.append('larger', [anEvent()], 'no-stream'));
  });

  it('learns the position of a repetition that the server answers without one', async () => {
    const { cluster, store } = await serverAndStore();
    const events = someEvents(2);
    const first = await appended(store.append('unplaced', events, 'no-stream'));
    cluster.log.withoutIdempotentPositions();
    for (const expected of ['no-stream', 'any'] as const)
      expect(await store.append('unplaced', events, expected)).to.deep.equal(first);
  });

  it('by 64 writers to one stream is stored exactly once, without gap, whatever breaks', async () => {
    const { cluster, store, another } = await serverAndStore();
    const stores = [store, another()];
    const mine = Array.from({ length: 64 }, () => someEvents(3));
    let left = 64;
    const writing = mine.map(async (events, writer) => {
      for (const event of events) await appendAnyhow(stores[writer % 2]!, event);
      left -= 1;
    });
    for (const fault of ['lostAnswers', 'lostAppends', 'lostAnswers'] as const) {
      const before = cluster.faults.seen.appends;
      await until(() => cluster.faults.seen.appends > before + 20 || left === 0);
      cluster.faults[fault] = 1;
    }
    await Promise.all(writing);
    const stored = await all(store.readStream('contended'));
    expect(stored.map(({ revision }) => revision)).to.deep.equal(stored.map((_, at) => BigInt(at)));
    expect(idsOf(stored).sort()).to.deep.equal(mine.flatMap(idsOf).sort());
    for (const events of mine)
      expect(
        idsOf(stored.filter(({ id }) => events.some((event) => event.id === id))),
      ).to.deep.equal(idsOf(events));
  }).timeout(60_000);
});

/** As the command lane does: expects an exact revision, and goes on from what a conflict tells. */
async function appendAnyhow(store: EventStore, event: ReturnType<typeof anEvent>): Promise<void> {
  let expected: bigint | 'no-stream' = 'no-stream';
  for (;;) {
    const result: AppendResult = await store.append('contended', [event], expected);
    if (result.kind === 'appended') return;
    expected = result.actual;
  }
}
