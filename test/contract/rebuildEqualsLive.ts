import { expect } from 'chai';
import fc from 'fast-check';
import type {
  ReadModelStore,
  ReadModelWriter,
} from '../../src/application/ports/readModelStore.ts';
import type { AnyProjection } from '../../src/application/projections/projection.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';
import {
  append,
  chatted,
  documentsOf,
  emptied,
  startProjections,
  tallied,
  tallies,
  voted,
  type Vote,
} from '../application/projections/tallies.ts';

interface ReadModelsUnderTest {
  readonly readModels: ReadModelStore;
  close(): Promise<void>;
}

/** Events of one append, and what happens while projections take them in. */
interface Chapter {
  readonly votes: readonly Vote[];
  readonly batchSize: number;
  /** How many commits die, and how many of their documents are written before. */
  readonly crashes: readonly number[];
  readonly rebuild: boolean;
  readonly restart: boolean;
}

const box = fc.constantFrom('a', 'b', 'c', 'd');
const boxes = fc.uniqueArray(box, { minLength: 1, maxLength: 3 });
const vote = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(99), boxes).map(([n, to]): Vote => voted(n, ...to)) },
  { weight: 2, arbitrary: boxes.map((of): Vote => emptied(...of)) },
  { weight: 1, arbitrary: fc.constant<Vote>(chatted) },
);
const chapter: fc.Arbitrary<Chapter> = fc.record({
  votes: fc.array(vote, { minLength: 1, maxLength: 12 }),
  batchSize: fc.integer({ min: 1, max: 5 }),
  crashes: fc.array(fc.nat(3), { maxLength: 2 }),
  rebuild: fc.boolean(),
  restart: fc.boolean(),
});

/**
 * However events are cut into batches, whatever dies on the way, live or in a rebuild: the documents are those that a
 * plain fold of the log gives.
 */
export function rebuildEqualsLive(runs: number, open: () => Promise<ReadModelsUnderTest>): void {
  it(`has the same documents live and rebuilt, those of the fold of the log, through any crash`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chapter, { minLength: 1, maxLength: 6 }), async (chapters) => {
        const stores = await open();
        try {
          await play(stores.readModels, chapters);
        } finally {
          await stores.close();
        }
      }),
      { numRuns: runs },
    );
  });
}

async function play(readModels: ReadModelStore, chapters: readonly Chapter[]): Promise<void> {
  const store = new MemoryEventStore();
  const mortal = mortalCommits(readModels);
  const log: Vote[] = [];
  const run = (batchSize: number) =>
    startProjections({
      store,
      readModels: mortal.store,
      projections: [frozen],
      batchSize,
      retryAfterMs: 0,
    });
  let running = run(3);
  try {
    for (const { votes, batchSize, crashes, rebuild, restart } of chapters) {
      mortal.dieAt(crashes);
      const rebuilt = rebuild
        ? running.rebuild('tallies').catch(() => undefined)
        : Promise.resolve();
      const position = await append(store, ...votes);
      log.push(...votes);
      if (restart) {
        await running.stop();
        running = run(batchSize);
      }
      await rebuilt;
      await running.reached(position);
      expect(await documentsOf(readModels)).to.deep.equal(tallied(log));
    }
    mortal.dieAt([]);
    await running.rebuild('tallies');
    expect(await documentsOf(readModels)).to.deep.equal(tallied(log));
  } finally {
    await running.stop();
  }
}

/** Documents that can't be changed in place: a projection that did would throw. */
const frozen: AnyProjection = {
  ...(tallies as AnyProjection),
  apply(before, event, metadata, id) {
    const after = (tallies as AnyProjection).apply(before, event, metadata, id);
    if (after) Object.values(after).forEach(Object.freeze);
    return after && Object.freeze(after);
  },
};

/** Commits that die when told: after so many of their documents, and before the checkpoint. */
function mortalCommits(store: ReadModelStore) {
  let deaths: number[] = [];
  const wrap = (writer: ReadModelWriter): ReadModelWriter => ({
    checkpoint: async () => writer.checkpoint(),
    load: async (ids) => writer.load(ids),
    async commit(writes, checkpoint) {
      const written = deaths.shift();
      if (written === undefined) return writer.commit(writes, checkpoint);
      await writer.commit(writes.slice(0, written), (await writer.checkpoint()) ?? 0n);
      throw new Error('died during a commit');
    },
  });
  const mortal: ReadModelStore = {
    ...store,
    async live(model) {
      const writer = await store.live(model);
      return writer && wrap(writer);
    },
    beside: async (model, options) => wrap(await store.beside(model, options)),
  };
  return { store: mortal, dieAt: (counts: readonly number[]) => (deaths = [...counts]) };
}
