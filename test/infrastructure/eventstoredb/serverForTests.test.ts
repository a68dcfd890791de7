import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { expect } from 'chai';
import { failureOf } from '../../contract/eventStoreTools.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
} from '../../support/eventstoredb/eventStoreDbServer.ts';

/** That the client of EventStoreDB finds in the server for tests what it finds in a real one. */
describe('the server for tests', () => {
  let cluster: EventStoreDbCluster;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    cluster = await startEventStoreDb({ systemEventEvery: 0 });
    client = EventStoreDBClient.connectionString(cluster.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await cluster.stop();
  });
  const event = (content: number, type = 'Happened') => jsonEvent({ type, data: { content } });

  /** The client appends in batches; one by one when credentials come with the append. */
  for (const [way, options] of [
    ['in batches', {}],
    ['one by one', { credentials: { username: 'a', password: 'b' } }],
  ] as const)
    it(`stores appends that come ${way}, and tells a wrong expected version`, async () => {
      const append = (expectedRevision: bigint | typeof NO_STREAM, count: number) =>
        client.appendToStream(
          'some',
          Array.from({ length: count }, (_, index) => event(index)),
          {
            expectedRevision,
            ...options,
          },
        );
      expect((await append(NO_STREAM, 3)).nextExpectedRevision).to.equal(2n);
      const last = await append(2n, 1);
      expect(last.nextExpectedRevision).to.equal(3n);
      const { commit } = last.position!;
      expect(commit).to.equal(BigInt(cluster.log.records.at(-1)!.position));
      const wrong = await failureOf(append(1n, 1));
      expect(wrong).to.be.instanceOf(WrongExpectedVersionError);
      expect(wrong).to.include({ actualVersion: 3n, expectedVersion: 1n });
      const absent = client.appendToStream('absent', event(0), {
        expectedRevision: 4n,
        ...options,
      });
      expect(await failureOf(absent)).to.include({ actualVersion: 'no_stream' });
    });

  it('takes an append in several messages', async () => {
    const events = Array.from({ length: 20 }, (_, index) => event(index));
    const options = { expectedRevision: NO_STREAM, batchAppendSize: 300 } as const;
    const result = await client.appendToStream('parts', events, options);
    expect(result.nextExpectedRevision).to.equal(19n);
  });

  it('reads a stream and the log either way, and knows no unknown stream', async () => {
    await client.appendToStream(
      'read',
      [0, 1, 2, 3].map((content) => event(content)),
    );
    const contents = async (reading: AsyncIterable<{ event?: { data: unknown } }>) => {
      const found: unknown[] = [];
      for await (const { event: one } of reading) found.push(one?.data);
      return found.map((data) => (data as { content: number }).content);
    };
    expect(await contents(client.readStream('read', { fromRevision: 2n }))).to.deep.equal([2, 3]);
    const backwards = { direction: BACKWARDS, fromRevision: END, maxCount: 3 } as const;
    expect(await contents(client.readStream('read', backwards))).to.deep.equal([3, 2, 1]);
    const { position } = cluster.log.records[3]!;
    const fromPosition = { commit: BigInt(position), prepare: BigInt(position) };
    expect(await contents(client.readAll({ fromPosition }))).to.deep.equal([2, 3]);
    expect(
      await contents(client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 2 })),
    ).to.deep.equal([1, 0]);
    const unknown = contents(client.readStream('unknown'));
    expect(await failureOf(unknown)).to.be.instanceOf(StreamNotFoundError);
  });

  it('refuses to read from the middle of a record, as a real one does', async () => {
    await client.appendToStream('middle', event(0));
    const inside = BigInt(cluster.log.records[1]!.position) + 1n;
    const reading = (async () => {
      const fromPosition = { commit: inside, prepare: inside };
      for await (const { event: one } of client.readAll({ fromPosition })) expect(one).to.exist;
    })();
    expect(String(await failureOf(reading))).to.include('invalid position');
  });

  for (const [what, filter] of [
    ['the types of a pattern', eventTypeFilter({ regex: '^(Odd|Never)$', maxSearchWindow: 2 })],
    ['the streams of some prefixes', streamNameFilter({ prefixes: ['odd'], maxSearchWindow: 2 })],
  ] as const)
    it(`subscribes to ${what}, tells checkpoints, and that it has caught up`, async () => {
      const write = async (count: number): Promise<void> => {
        for (let index = 0; index < count; index += 1)
          await client.appendToStream(
            index % 2 ? 'odd-ones' : 'even',
            event(index, index % 2 ? 'Odd' : 'Even'),
          );
      };
      await write(6);
      const checkpoints: bigint[] = [];
      const events: string[] = [];
      let caughtUp = 0;
      const subscription = client.subscribeToAll({
        fromPosition: START,
        filter: {
          ...filter,
          checkpointInterval: 1,
          checkpointReached: (_, { commit }) => void checkpoints.push(commit),
        },
      });
      subscription.on('caughtUp', () => {
        caughtUp += 1;
        void write(6);
      });
      for await (const { event: one } of subscription) {
        events.push(one?.streamId ?? '');
        if (events.length === 6) break;
      }
      expect(events).to.deep.equal(Array(6).fill('odd-ones'));
      expect(caughtUp).to.equal(1);
      expect(checkpoints.length).to.be.greaterThan(3);
      expect(checkpoints).to.deep.equal(checkpoints.toSorted((a, b) => (a < b ? -1 : 1)));
    });
});
