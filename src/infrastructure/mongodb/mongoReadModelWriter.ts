import type { Collection } from 'mongodb';
import type { ReadModelSpec, ReadModelWriter } from '../../application/ports/readModelStore.ts';
import type { MongoConnection } from './mongoConnection.ts';
import { duplicatesIn } from './mongoErrors.ts';
import type { BuildRef, ReadModelBuilds } from './readModelBuilds.ts';
import type { ShownPositions } from './shownPositions.ts';
import { loadedFrom, rowOf, type DocumentRow } from './storedDocument.ts';

/** Ids asked for in one request. */
const LOADED_AT_ONCE = 5_000;
/** Documents in one request: a request must end well before a silent server is given up (mongoConnection.ts). */
const INSERTED_AT_ONCE = 1_000;
const RAISED_AT_ONCE = 50;
/** Ids known to stand in the collection. */
const KNOWN_AT_MOST = 100_000;

/**
 * Writes one build: first its documents, then its checkpoint. Wherever that is cut short, writing the batch again
 * ends in the same documents. Once the build was thrown away every call throws, and once another holder of the lease
 * opened it every commit does (FencedError).
 */
export function createWriter(
  ask: MongoConnection['ask'],
  builds: ReadModelBuilds,
  documents: Collection<DocumentRow>,
  model: ReadModelSpec,
  build: BuildRef,
  shown: ShownPositions,
): ReadModelWriter {
  /** Only saves requests: no id ever leaves a collection, so a known one needs no insert. */
  const known = new Set<string>();
  const know = (id: string): void => {
    if (known.size >= KNOWN_AT_MOST) known.clear();
    known.add(id);
  };

  /** Inserts the rows whose id is new; answers those whose id is not. */
  const insertNew = async (rows: readonly DocumentRow[]): Promise<readonly DocumentRow[]> => {
    try {
      await documents.insertMany(rows, { ordered: false });
      return [];
    } catch (error) {
      const there = new Set(duplicatesIn(error));
      return rows.filter((_, index) => there.has(index));
    }
  };

  /**
   * Replaces each row by one of a later position (see storedDocument.ts). Each id is one row, but `updateMany`: FerretDB
   * keeps a connection busy for every `updateOne` of a request, and stops for ever when it has none left.
   */
  const raise = async (rows: readonly DocumentRow[]): Promise<void> => {
    const updates = rows.map(({ _id, kept }) => ({
      updateMany: { filter: { _id }, update: { $max: { kept } } },
    }));
    await documents.bulkWrite(updates, { ordered: false });
  };

  return {
    async checkpoint() {
      const { checkpoint } = await ask(async () => builds.claimBuild(model.name, build));
      return checkpoint === undefined ? undefined : BigInt(checkpoint);
    },
    async load(ids) {
      return ask(async () => {
        const rows: DocumentRow[] = [];
        for (const some of slices(ids, LOADED_AT_ONCE))
          rows.push(...(await documents.find({ _id: { $in: [...some] } }).toArray()));
        for (const { _id } of rows) know(_id);
        return new Map(rows.map((row) => [row._id, loadedFrom(row)]));
      });
    },
    async commit(writes, checkpoint) {
      await ask(async () => {
        if (writes.length > 0) await builds.claimBuild(model.name, build);
        const rows = writes.map((write) => rowOf(model, write));
        const standing = rows.filter(({ _id }) => known.has(_id));
        const unknown = rows.filter(({ _id }) => !known.has(_id));
        for (const some of slices(unknown, INSERTED_AT_ONCE))
          standing.push(...(await insertNew(some)));
        for (const some of slices(standing, RAISED_AT_ONCE)) await raise(some);
        for (const { _id } of unknown) know(_id);
        await builds.advance(model.name, build, checkpoint);
        shown.isSaved(model.name, build);
      });
    },
    shows(position) {
      shown.tell(model.name, build, position);
    },
  };
}

function* slices<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
