import { expect } from 'chai';
import {
  StoreUnavailableError,
  type EventStore,
} from '../../../src/application/ports/eventStore.ts';
import {
  followStreams,
  type FollowedStreams,
} from '../../../src/infrastructure/distributed/followedStreams.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { failure } from '../../support/portalProcess.ts';

describe('the streams that other processes append to', () => {
  let store: MemoryEventStore;
  let head: () => ReturnType<EventStore['head']>;
  let followed: FollowedStreams | undefined;
  let noticed: [string, bigint][];
  let now: number;

  beforeEach(() => {
    store = new MemoryEventStore();
    head = () => store.head();
    noticed = [];
    now = 0;
  });
  afterEach(() => followed?.stop());

  const append = (stream: string) =>
    store.append(stream, [{ id: uuids.next(), type: 'Tested', data: '{}', metadata: '{}' }], 'any');
  const follow = async (): Promise<FollowedStreams> =>
    (followed = await followStreams({
      events: { subscribe: (options) => store.subscribe(options), head: () => head() },
      prefixes: ['activity-', 'child-'],
      noticed: (stream, revision) => noticed.push([stream, revision]),
      monotonic: () => now,
    }));
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('are noticed from the end of the log on, those asked for alone', async () => {
    await append('activity-cantine');
    await follow();
    await append('reservation-cantine-1');
    await append('activity-cantine');
    await append('child-lea');
    await until(() => noticed.length === 2);
    expect(noticed).to.deep.equal([
      ['activity-cantine', 1n],
      ['child-lea', 0n],
    ]);
  });

  it('count as followed while the end of the log was seen lately', async () => {
    const { isFollowed } = await follow();
    await until(() => isFollowed('activity-cantine'));
    expect(isFollowed('reservation-cantine-1')).to.equal(false);
    head = () => Promise.reject(new StoreUnavailableError('gone'));
    now += 2_999;
    expect(isFollowed('activity-cantine')).to.equal(true);
    now += 1;
    expect(isFollowed('activity-cantine')).to.equal(false);
  });

  it('are not followed while the log goes further than what was noticed', async () => {
    await append('activity-cantine');
    const [first, beyond] = [await store.head(), 1_000n];
    let asked = 0;
    head = () => Promise.resolve(asked++ === 0 ? first : beyond);
    const { isFollowed } = await follow();
    await until(() => asked > 1);
    expect(isFollowed('activity-cantine')).to.equal(false);
  });

  it('can’t be followed from nowhere: nothing is read before', async () => {
    head = () => Promise.reject(new StoreUnavailableError('gone'));
    expect(await failure(follow())).to.be.instanceOf(StoreUnavailableError);
    followed = undefined;
  });
});
