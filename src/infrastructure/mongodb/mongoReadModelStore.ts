import type { Collection } from 'mongodb';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import type {
  Document,
  ProjectionState,
  ProjectionStatus,
  ReadModelSpec,
  ReadModelWriter,
  SharedReadModelStore,
  Stored,
} from '../../application/ports/readModelStore.ts';
import { checkQuery, checkSpec } from '../readModels/checkedQuery.ts';
import type { MongoConnection } from './mongoConnection.ts';
import { filterOf, indexesOf, sortOf } from './mongoQuery.ts';
import { createWriter } from './mongoReadModelWriter.ts';
import { collectionOf, fits, ReadModelBuilds } from './readModelBuilds.ts';
import type { BookRow, BuildRef, BuildRow, ModelRow, StateRow } from './readModelBuilds.ts';
import { positionsIn, ShownPositions } from './shownPositions.ts';
import { storedIn, type DocumentRow } from './storedDocument.ts';

/** Builds that may be swapped under one question before it is given up. */
const SWAPS_AT_MOST = 5;

type Rows = Collection<DocumentRow>;

/**
 * Read models in a database of MongoDB's wire protocol: each build a collection, and one document per read model that
 * names the live one. Uses what every such server has: inserts, `$max` and `$set` on one document found by its id.
 */
export function openMongoReadModelStore(connection: MongoConnection): SharedReadModelStore {
  const builds = new ReadModelBuilds(connection.db, undefined);
  // What a build shows is true whoever says it: no fence, and one request for all of this process.
  const shown = new ShownPositions(async (positions) =>
    connection.ask(async () => builds.show(positions)),
  );
  return storeOn(connection, builds, new Map(), shown);
}

function storeOn(
  connection: MongoConnection,
  builds: ReadModelBuilds,
  /** Live builds as last read: where a question begins, never what it ends on. */
  lastSeen: Map<string, BuildRef | undefined>,
  shown: ShownPositions,
): SharedReadModelStore {
  const { db, ask } = connection;
  const rowsOf = (model: ReadModelSpec, build: BuildRef): Rows =>
    db.collection<DocumentRow>(collectionOf(model.name, build));

  const liveBuild = async (model: ReadModelSpec): Promise<BuildRef | undefined> => {
    const live = (await builds.model(model.name))?.live;
    lastSeen.set(model.name, live);
    return fits(live, model) ? live : undefined;
  };

  /**
   * Answers from the live build of this very shape. The build's collection may go at any moment: an answer counts once
   * the build it came from is seen to be the live one still, and an error too.
   */
  const answer = async <T>(
    model: ReadModelSpec,
    none: T,
    query: (rows: Rows) => Promise<T>,
  ): Promise<T> =>
    ask(async () => {
      const seen = lastSeen.get(model.name);
      let build = fits(seen, model) ? seen : await liveBuild(model);
      for (let turn = 0; turn < SWAPS_AT_MOST; turn += 1) {
        if (!build) return none;
        const [outcome] = await Promise.allSettled([query(rowsOf(model, build))]);
        const now = await liveBuild(model);
        if (now?.generation === build.generation) {
          if (outcome.status === 'fulfilled') return outcome.value;
          throw outcome.reason;
        }
        build = now;
      }
      throw new StoreUnavailableError(`${model.name} is swapped again and again`);
    });

  /**
   * Makes the indexes that are not there: while a build is empty that takes no time. One by one, since FerretDB closes
   * the connection when asked for several that are there already.
   */
  const ensureIndexes = async (model: ReadModelSpec, rows: Rows): Promise<void> => {
    for (const index of indexesOf(model)) await rows.createIndexes([index]);
  };
  const opened = async (model: ReadModelSpec, build: BuildRef): Promise<ReadModelWriter> => {
    await builds.claimBuild(model.name, build);
    const rows = rowsOf(model, build);
    await ensureIndexes(model, rows);
    return createWriter(ask, builds, rows, model, build, shown);
  };
  /** Leftovers only take room: who could not remove them now leaves them to the next. */
  const sweep = async (row: ModelRow): Promise<void> => builds.sweep(row).catch(() => undefined);

  return {
    async get<D extends Document>(model: ReadModelSpec, id: string) {
      checkSpec(model);
      return answer<D | undefined>(model, undefined, async (rows) => {
        const row = await rows.findOne({ _id: id });
        return row ? storedIn<D>([row])[0]?.document : undefined;
      });
    },
    async getMany<D extends Document>(model: ReadModelSpec, ids: readonly string[]) {
      checkSpec(model);
      return answer<Stored<D>[]>(model, [], async (rows) => {
        const found = await rows.find({ _id: { $in: [...ids] } }).toArray();
        const byId = new Map(storedIn<D>(found).map((stored) => [stored.id, stored]));
        return ids.flatMap((id) => byId.get(id) ?? []);
      });
    },
    async find<D extends Document>(model: ReadModelSpec, asked: Parameters<typeof checkQuery>[1]) {
      const query = checkQuery(model, asked);
      const { conditions, skip, limit } = query;
      // To these servers a limit of 0 means none.
      if (limit === 0) return [];
      return answer<Stored<D>[]>(model, [], async (rows) => {
        const found = rows.find(filterOf(conditions)).sort(sortOf(query)).skip(skip);
        return storedIn<D>(await (limit === undefined ? found : found.limit(limit)).toArray());
      });
    },
    async count(model, where) {
      const { conditions } = checkQuery(model, where ? { where } : {});
      return answer(model, 0, async (rows) => rows.countDocuments(filterOf(conditions)));
    },

    async live(model) {
      checkSpec(model);
      return ask(async () => {
        const { live } = await builds.claimModel(model.name);
        return fits(live, model) ? opened(model, live) : undefined;
      });
    },
    async beside(model, { fresh = false } = {}) {
      checkSpec(model);
      return ask(async () => {
        const row = await builds.claimModel(model.name);
        if (fits(row.beside, model) && !fresh) return opened(model, row.beside);
        const build = await builds.newBuild(model, row.generation);
        const writer = await opened(model, build);
        await builds.setBeside(model.name, build);
        await sweep({ ...row, beside: build });
        return writer;
      });
    },
    async swap(model) {
      checkSpec(model);
      await ask(async () => {
        const row = await builds.claimModel(model.name);
        const { beside: build } = row;
        const none = `no build of ${model.name} version ${model.version} to swap in`;
        if (!fits(build, model)) throw new Error(none);
        await builds.claimBuild(model.name, build);
        if (!(await builds.makeLive(model.name, build))) throw new Error(none);
        await sweep({ ...row, live: build });
      });
    },

    async status() {
      return statusesIn(await ask(async () => builds.all()));
    },
    async setState(projection, state, since, error) {
      await ask(async () => builds.setState({ projection, state, since, error: error ?? null }));
    },
    fenced: (token) => storeOn(connection, builds.fenced(token), lastSeen, shown),
    async close() {
      // The connection is its opener's to close.
    },
  };
}

function statusesIn(rows: readonly BookRow[]): ProjectionStatus[] {
  const states = rows.filter((row): row is StateRow => row.kind === 'state');
  const models = rows.filter((row): row is ModelRow => row.kind === 'model');
  const builds = rows.filter((row): row is BuildRow => row.kind === 'build');
  const shown = positionsIn(rows);
  return states
    .map(({ projection, state, since, error }) => {
      const live = models.find(({ model }) => model === projection)?.live;
      const saved = builds.find(
        ({ model, generation }) => model === projection && generation === live?.generation,
      )?.checkpoint;
      const said = live && shown(projection, live);
      // Texts of one length stand in the order of their numbers.
      const checkpoint = saved === undefined || (said ?? '') > saved ? said : saved;
      return {
        projection,
        state: state as ProjectionState,
        since,
        checkpoint: checkpoint === undefined ? undefined : BigInt(checkpoint),
        ...(error !== null && { error }),
      };
    })
    .sort((a, b) => (a.projection < b.projection ? -1 : 1));
}
