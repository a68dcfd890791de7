import { expect } from 'chai';
import type { EventStore, ReadAllOptions } from '../../../src/application/ports/eventStore.ts';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type {
  DocumentWrite,
  ReadModelStore,
  ReadModelWriter,
} from '../../../src/application/ports/readModelStore.ts';
import type { AnyProjection } from '../../../src/application/projections/projection.ts';
import {
  AheadOfLogError,
  ProjectionFailure,
} from '../../../src/application/projections/projectionFailure.ts';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { createMemoryReadModelStore } from '../../../src/infrastructure/memory/memoryReadModelStore.ts';
import {
  append,
  chatted,
  documentsOf,
  emptied,
  prepareProjections,
  startProjections,
  tallied,
  tallies,
  voted,
  type RunningProjections,
  type Stores,
  type Vote,
} from './tallies.ts';

const many = (count: number, box = 'mairie'): Vote[] =>
  Array.from({ length: count }, (_, n) => voted(n, box));

describe('projection runner', () => {
  let store: MemoryEventStore;
  let readModels: ReadModelStore;
  const started: RunningProjections[] = [];

  beforeEach(() => {
    store = new MemoryEventStore();
    readModels = createMemoryReadModelStore();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((running) => running.stop()));
  });

  const start = (options: Partial<Stores> = {}): RunningProjections => {
    const running = startProjections({ store, readModels, ...options });
    started.push(running);
    return running;
  };
  const stateOf = async (projection = 'tallies') =>
    (await readModels.status()).find((status) => status.projection === projection);
  const liveCheckpoint = async (model: AnyProjection = tallies) =>
    (await readModels.live(model))?.checkpoint();

  it('builds what was never built, then follows the log', async () => {
    const votes = [voted(1, 'a'), voted(2, 'a', 'b'), emptied('b')];
    await append(store, ...votes);
    const running = start();
    await running.shows('running');
    expect(await documentsOf(readModels)).to.deep.equal(tallied(votes));

    const more = [voted(3, 'b'), voted(4, 'a')];
    await running.reached(await append(store, ...more));
    expect(await documentsOf(readModels)).to.deep.equal(tallied([...votes, ...more]));
    expect(running.states).to.deep.equal(['tallies rebuilding', 'tallies running']);
    expect(running.errors).to.deep.equal([]);
  });

  it('runs on an empty log, and from its first event on', async () => {
    const running = start();
    await running.shows('running');
    await running.reached(await append(store, voted(1, 'a')));
    expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(1, 'a')]));
  });

  it('resumes from its checkpoint', async () => {
    const first = start();
    const stoppedAt = await append(store, voted(1, 'a'));
    await first.reached(stoppedAt);
    await first.stop();
    expect((await stateOf())?.state).to.equal('stopped');

    const position = await append(store, voted(2, 'a'));
    const asked: unknown[] = [];
    const spied = {
      ...spy(store),
      subscribe(options: Parameters<EventStore['subscribe']>[0]) {
        asked.push(options.after);
        return store.subscribe(options);
      },
    };
    await start({ store: spied }).reached(position);
    expect(asked).to.deep.equal([stoppedAt]);
    expect(await documentsOf(readModels)).to.deep.equal({ a: { votes: 2, voices: [1, 2] } });
  });

  it('reports progress past events of no interest, and saves it before stopping', async () => {
    const running = start();
    await running.shows('running');
    const position = await append(store, chatted, chatted);
    await running.reached(position);
    await running.stop();
    expect(await liveCheckpoint()).to.equal(position);
  });

  it('saves that progress also when nothing more happens', async () => {
    let saved: (checkpoint: bigint) => void = () => undefined;
    const idle = new Promise<bigint>((resolve) => (saved = resolve));
    const watching: ReadModelStore = {
      ...readModels,
      async live(model) {
        const writer = await readModels.live(model);
        return (
          writer && {
            ...writer,
            async commit(writes, checkpoint) {
              await writer.commit(writes, checkpoint);
              saved(checkpoint);
            },
          }
        );
      },
    };
    const running = start({ readModels: watching });
    await running.shows('running');
    const position = await append(store, chatted);
    await running.reached(position);
    expect(await idle).to.equal(position);
  });

  it('saves that progress also while events of no interest go on and on', async () => {
    const running = start({ batchSize: 1 });
    await running.shows('running');
    while ((await liveCheckpoint()) === undefined)
      await running.reached(await append(store, chatted));
  });

  it('says that progress at once where other processes read, and what it saves is not said', async () => {
    const said: bigint[] = [];
    const saying: ReadModelStore = {
      ...readModels,
      async live(model) {
        const writer = await readModels.live(model);
        return writer && { ...writer, shows: (position) => void said.push(position) };
      },
    };
    const running = start({ readModels: saying });
    await running.shows('running');
    said.length = 0;
    const position = await append(store, chatted);
    await running.reached(position);
    await running.reached(await append(store, voted(1, 'mairie')));
    expect(said).to.deep.equal([position]);
  });

  it('takes several projections side by side, each with its own events and checkpoint', async () => {
    const emptyings: AnyProjection = {
      name: 'emptyings',
      version: 1,
      indexes: [],
      handles: ['BoxEmptied'],
      route: () => ['all'],
      apply: (before) => ({ count: (before && 'count' in before ? Number(before.count) : 0) + 1 }),
    };
    const running = start({ projections: [tallies, emptyings] });
    const position = await append(store, ...many(25), emptied('mairie'), voted(1, 'a'));
    await running.reached(position);
    await running.reached(position, 'emptyings');
    expect(await documentsOf(readModels)).to.deep.equal({ a: { votes: 1, voices: [1] } });
    expect(await documentsOf(readModels, emptyings)).to.deep.equal({ all: { count: 1 } });
  });

  it('refuses two projections of one name, a second start, and the rebuild of an unknown one', async () => {
    expect(() => start({ projections: [tallies, tallies] })).to.throw('one name');
    const running = start();
    expect(() => running.start()).to.throw('already');
    expect(await failureOf(running.rebuild('nobody'))).to.be.instanceOf(TypeError);
  });

  it('stops at a signal', async () => {
    const stopping = new AbortController();
    const running = prepareProjections({ store, readModels });
    running.start(stopping.signal);
    await running.shows('running');
    stopping.abort();
    await running.shows('stopped');
    await running.stop();
    expect((await stateOf())?.state).to.equal('stopped');
  });

  describe('a projection that throws', () => {
    let poisoned = true;
    const fragile: AnyProjection = {
      ...(tallies as AnyProjection),
      name: 'fragile',
      apply(before, event, metadata, id) {
        if (poisoned && id === 'poison') throw new RangeError('no such box');
        return (tallies as AnyProjection).apply(before, event, metadata, id);
      },
    };
    beforeEach(() => {
      poisoned = true;
    });

    it('stops alone, says where and why, and keeps what came before', async () => {
      const running = start({ projections: [tallies, fragile], retryAfterMs: 0 });
      await running.shows('running', 'fragile');
      await append(store, ...many(3));
      const at = await append(store, voted(9, 'a', 'poison', 'b'));
      const end = await append(store, ...many(20));
      await running.reached(end);
      await running.shows('failed', 'fragile');

      expect((await documentsOf(readModels))['mairie']).to.have.property('votes', 23);
      expect(await documentsOf(readModels, fragile)).to.deep.equal(tallied(many(3)));
      expect(await liveCheckpoint(fragile)).to.satisfy((place: bigint) => place < at);
      const error = `ProjectionFailure: fragile failed at Voted, position ${at.toString()}: RangeError: no such box`;
      expect(await stateOf('fragile')).to.include({ state: 'failed', error });
      // It would fail again: it does not try while the others go on.
      for (let n = 0; n < 30; n += 1) await running.reached(await append(store, voted(n, 'c')));
      expect(running.errors).to.have.length(1);
      expect(running.errors[0]).to.be.instanceOf(ProjectionFailure);
    });

    it('is still failed after a stop, and goes on from its place when started cured', async () => {
      const running = start({ projections: [fragile] });
      const end = await append(store, ...many(3), voted(9, 'a', 'poison'), ...many(3));
      await running.shows('failed', 'fragile');
      await running.stop();
      expect((await stateOf('fragile'))?.state).to.equal('failed');

      poisoned = false;
      await start({ projections: [fragile] }).reached(end, 'fragile');
      expect(await documentsOf(readModels, fragile)).to.deep.equal(
        tallied([...many(3), voted(9, 'a', 'poison'), ...many(3)]),
      );
      expect(await stateOf('fragile'))
        .to.include({ state: 'running' })
        .and.not.have.property('error');
    });

    it('runs again once rebuilt cured', async () => {
      const running = start({ projections: [fragile] });
      await running.shows('running', 'fragile');
      await append(store, voted(9, 'poison'));
      await running.shows('failed', 'fragile');
      expect(await failureOf(running.rebuild('fragile'))).to.be.instanceOf(ProjectionFailure);
      expect((await stateOf('fragile'))?.state).to.equal('failed');

      poisoned = false;
      await running.rebuild('fragile');
      await running.reached(await append(store, voted(10, 'poison')), 'fragile');
      expect(await documentsOf(readModels, fragile)).to.deep.equal({
        poison: { votes: 2, voices: [9, 10] },
      });
      expect((await stateOf('fragile'))?.state).to.equal('running');
    });

    it('goes on live when only its rebuild throws', async () => {
      poisoned = false;
      const running = start({ projections: [fragile] });
      await running.reached(await append(store, voted(1, 'poison')), 'fragile');
      poisoned = true;
      expect(await failureOf(running.rebuild('fragile'))).to.be.instanceOf(ProjectionFailure);
      await running.reached(await append(store, voted(2, 'a')), 'fragile');
      expect(await documentsOf(readModels, fragile)).to.have.all.keys('a', 'poison');
      expect(await stateOf('fragile'))
        .to.include({ state: 'running' })
        .and.have.property('error');
    });

    it('fails the same way when an event cannot be decoded or routed, or was failing while first built', async () => {
      await append(store, voted(1, 'a'), voted(2, 'poison'), voted(3, 'b'));
      const running = start({
        projections: [fragile, { ...(tallies as AnyProjection), route: undecided }],
      });
      await running.shows('failed', 'fragile');
      await running.shows('failed', 'tallies');
      expect((await stateOf('fragile'))?.error).to.contain('Voted');
      expect((await stateOf('tallies'))?.error).to.contain('undecided');
      expect(await documentsOf(readModels, fragile)).to.deep.equal({});
    });
  });

  describe('rebuild', () => {
    it('builds beside while the live build goes on, then swaps without stepping back', async () => {
      const running = start();
      await running.reached(await append(store, ...many(250)));
      const gate = gated(store);
      await running.stop();
      const second = start({ store: gate.store });
      await second.shows('running');

      gate.hold();
      const rebuilt = second.rebuild('tallies');
      await gate.held;
      await second.reached(await append(store, voted(1_000, 'live')));
      expect(await documentsOf(readModels)).to.have.nested.property('live.votes', 1);
      expect((await stateOf())?.state).to.equal('rebuilding');
      const last = await append(store, voted(1_001, 'live'));
      await second.reached(last);
      gate.release();
      await rebuilt;

      const expected = tallied([...many(250), voted(1_000, 'live'), voted(1_001, 'live')]);
      expect(await documentsOf(readModels)).to.deep.equal(expected);
      expect(await liveCheckpoint()).to.satisfy((place: bigint) => place >= last);
      await second.reached(await append(store, voted(1_002, 'live')));
      expect(await documentsOf(readModels)).to.have.nested.property('live.votes', 3);
      expect((await stateOf())?.state).to.equal('running');
    });

    it('mends documents that were wrong', async () => {
      const running = start();
      await running.reached(await append(store, voted(1, 'a')));
      const wrong: DocumentWrite = { id: 'a', document: { votes: 77 }, position: 10_000n };
      await (await readModels.live(tallies))?.commit([wrong], 7n);
      await running.rebuild('tallies');
      expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(1, 'a')]));
    });

    it('is one and the same for all who ask meanwhile', async () => {
      const running = start();
      await running.reached(await append(store, voted(1, 'a')));
      await Promise.all([running.rebuild('tallies'), running.rebuild('tallies')]);
      expect(running.states.filter((state) => state === 'tallies rebuilding')).to.have.length(2);
    });

    it('goes on at the next start when it was stopped on the way', async () => {
      await start().reached(await append(store, ...many(250)));
      await started.splice(0)[0]?.stop();
      const gate = gated(store);
      const running = start({ store: gate.store });
      await running.shows('running');
      gate.hold();
      const outcome = failureOf(running.rebuild('tallies'));
      await gate.held;
      const stopped = running.stop();
      gate.release();
      await stopped;
      expect(await outcome).to.be.instanceOf(Error);
      expect((await stateOf())?.state).to.equal('rebuilding');

      const froms: unknown[] = [];
      const spied = {
        ...spy(store),
        readAll(options?: ReadAllOptions) {
          froms.push(options?.from);
          return store.readAll(options);
        },
      };
      const next = start({ store: spied });
      await next.shows('rebuilding');
      await next.shows('running');
      expect(froms[0]).to.be.a('bigint');
      expect(await documentsOf(readModels)).to.deep.equal(tallied(many(250)));
    });

    it('can be made offline, without following the log', async () => {
      await append(store, voted(1, 'a'));
      const offline = prepareProjections({ store, readModels });
      await offline.rebuild('tallies');
      expect((await stateOf())?.state).to.equal('stopped');
      expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(1, 'a')]));
    });

    it('follows from a raised version: old documents answer old readers until the new ones are there', async () => {
      await start().reached(await append(store, ...many(250)));
      await started.splice(0)[0]?.stop();
      const next: AnyProjection = {
        ...(tallies as AnyProjection),
        version: 2,
        apply: () => ({ version: 2 }),
      };
      const gate = gated(store);
      gate.hold();
      const running = start({ store: gate.store, projections: [next] });
      await gate.held;
      expect(await documentsOf(readModels, next)).to.deep.equal({});
      expect(await documentsOf(readModels)).to.deep.equal(tallied(many(250)));
      gate.release();
      await running.shows('running');
      expect(await documentsOf(readModels, next)).to.deep.equal({ mairie: { version: 2 } });
    });

    it('starts over when the build under way comes from another log', async () => {
      await append(store, ...many(250));
      const gate = gated(store);
      gate.hold();
      const running = start({ store: gate.store });
      await gate.held;
      const stopped = running.stop();
      gate.release();
      await stopped;
      const restored = new MemoryEventStore();
      await append(restored, voted(5, 'b'));
      await start({ store: restored }).shows('running');
      expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(5, 'b')]));
    });

    it('starts by itself when the documents come from another log', async () => {
      await start().reached(await append(store, ...many(20)));
      await started.splice(0)[0]?.stop();
      const restored = new MemoryEventStore();
      await append(restored, voted(5, 'b'));
      const running = start({ store: restored });
      await running.shows('running');
      expect(running.errors[0]).to.be.instanceOf(AheadOfLogError);
      expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(5, 'b')]));
    });
  });

  describe('when a store fails', () => {
    it('tries again until the event store answers, from its place', async () => {
      let down = 2;
      const shaky = {
        ...spy(store),
        subscribe(options: Parameters<EventStore['subscribe']>[0]) {
          down -= 1;
          if (down >= 0) throw new StoreUnavailableError('gone');
          return store.subscribe(options);
        },
      };
      const running = start({ store: shaky });
      await running.shows('failed');
      await running.reached(await append(store, voted(1, 'a')));
      expect(running.errors).to.have.length(2);
      expect(await documentsOf(readModels)).to.deep.equal(tallied([voted(1, 'a')]));
      expect((await stateOf())?.state).to.equal('running');
    });

    it('takes a batch again whose documents were written but not its checkpoint', async () => {
      const crashing = failingCommits(readModels, (writes) => Math.ceil(writes.length / 2));
      const running = start({ readModels: crashing.store });
      await running.shows('running');
      crashing.failNext(2);
      const votes = [voted(1, 'a', 'b'), voted(2, 'b', 'c'), emptied('a'), voted(3, 'a', 'c')];
      await running.reached(await append(store, ...votes));
      expect(crashing.failed()).to.equal(2);
      expect(await documentsOf(readModels)).to.deep.equal(tallied(votes));
    });

    it('changes nothing when a whole batch is met again', async () => {
      const crashing = failingCommits(readModels, (writes) => writes.length);
      const running = start({ readModels: crashing.store });
      await running.shows('running');
      crashing.failNext(2);
      const votes = many(7);
      await running.reached(await append(store, ...votes));
      expect(await documentsOf(readModels)).to.deep.equal(tallied(votes));
    });
  });
});

const undecided = (): never => {
  throw new Error('undecided');
};

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

const spy = (store: EventStore): Stores['store'] => ({
  subscribe: (options) => store.subscribe(options),
  readAll: (options) => store.readAll(options),
  head: async () => store.head(),
});

/** An event store whose reading of the whole log stands still after its first batch, when told to. */
function gated(store: EventStore) {
  let closed = false;
  let open = (): void => undefined;
  let arrived = (): void => undefined;
  const held = new Promise<void>((resolve) => (arrived = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    held,
    hold: () => (closed = true),
    release: () => open(),
    store: {
      ...spy(store),
      async *readAll(options?: ReadAllOptions) {
        for await (const batch of store.readAll(options)) {
          yield batch;
          if (!closed) continue;
          arrived();
          await opened;
        }
      },
    },
  };
}

/** A read-model store that dies during a commit: after some documents, and before the checkpoint. */
function failingCommits(
  store: ReadModelStore,
  written: (writes: readonly DocumentWrite[]) => number,
) {
  let left = 0;
  let failed = 0;
  const wrap = (writer: ReadModelWriter): ReadModelWriter => ({
    checkpoint: async () => writer.checkpoint(),
    load: async (ids) => writer.load(ids),
    async commit(writes, checkpoint) {
      if (left === 0) return writer.commit(writes, checkpoint);
      left -= 1;
      failed += 1;
      const before = (await writer.checkpoint()) ?? 0n;
      await writer.commit(writes.slice(0, written(writes)), before);
      throw new Error('died before the checkpoint');
    },
  });
  const doubled: ReadModelStore = {
    ...store,
    async live(model) {
      const writer = await store.live(model);
      return writer && wrap(writer);
    },
    beside: async (model, options) => wrap(await store.beside(model, options)),
  };
  return {
    store: doubled,
    failNext: (count: number) => (left = count),
    failed: () => failed,
  };
}
