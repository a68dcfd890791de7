import type { RecordedEvent } from '../../src/application/ports/eventStore.ts';
import type { DocumentWrite } from '../../src/application/ports/readModelStore.ts';
import { agenda } from '../../src/application/projections/agenda.ts';
import { openMongoReadModelStore } from '../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import type { DocumentRow } from '../../src/infrastructure/mongodb/storedDocument.ts';
import type { Figure } from '../figures.ts';
import { inTurns, median } from '../rounds.ts';
import { writeBare } from './bareBulkWrites.ts';
import type { BenchMongo } from './mongoServer.ts';
import { projectAgenda } from './projectedAgenda.ts';

/** The lease's number that a projection of one process among several writes with. */
const token = 1;
const bareCollection = 'bare';

export interface ProjectionSizes {
  readonly rounds: number;
  /** Events taken in from the first on, and how many of them between two commits. */
  readonly events: number;
  readonly perCommit: number;
}

/** Documents written a second, a value a round: all told, then while commits were under way, then by the bare driver. */
export interface ProjectionMeasured {
  readonly whole: readonly number[];
  readonly commits: readonly number[];
  readonly bare: readonly number[];
  readonly size: string;
}

/** The agenda's projection into a server of MongoDB's protocol, and the driver's bulkWrite of the same documents. */
export async function distributedProjection(
  mongo: BenchMongo,
  all: readonly RecordedEvent[],
  { rounds, events: count, perCommit }: ProjectionSizes,
): Promise<ProjectionMeasured> {
  const store = openMongoReadModelStore(mongo).fenced(token);
  const events = all.slice(0, count);
  let commits: readonly (readonly DocumentWrite[])[] = [];
  const inCommits: number[] = [];
  const perSecondIn = (ms: number): number =>
    commits.reduce((sum, writes) => sum + writes.length, 0) / (ms / 1_000);

  const ours = async (): Promise<number> => {
    const projected = await projectAgenda(store, events, perCommit);
    commits = projected.commits;
    inCommits.push(perSecondIn(projected.msInCommits));
    return perSecondIn(projected.ms);
  };
  const floor = async (): Promise<number> => {
    const ms = await writeBare(mongo.db, bareCollection, commits);
    const bare = await mongo.db.collection<DocumentRow>(bareCollection).find({}).toArray();
    await mongo.db.dropCollection(bareCollection);
    const found = await store.find(agenda, {});
    const json = new Map(found.map(({ id, document }) => [id, JSON.stringify(document)]));
    if (json.size !== bare.length || bare.some(({ _id, kept }) => kept.json !== json.get(_id)))
      throw new Error('the floor wrote other documents');
    return perSecondIn(ms);
  };
  // The first round only warms up.
  const { ours: whole, floor: bare } = await inTurns(rounds + 1, { ours, floor });
  const writes = commits.flat();
  const documents = new Set(writes.map(({ id }) => id)).size;
  return {
    whole: whole.slice(1),
    commits: inCommits.slice(1),
    bare: bare.slice(1),
    size: `${events.length} events, ${commits.length} commits, ${writes.length} writes of ${documents} documents`,
  };
}

/** Part of the time that went into commits (0 to 1). */
export const shareOfCommits = ({ whole, commits }: ProjectionMeasured): number =>
  median(whole.map((rate, round) => rate / (commits[round] ?? NaN)));

/** A figure beside the bare driver, which is the floor of all of them. */
export const besideBare = (
  name: string,
  rounds: readonly number[],
  { bare }: ProjectionMeasured,
  goals: Figure['goals'],
): Figure => ({
  name,
  unit: '/s',
  rounds,
  floor: { name: "the driver's bulkWrite of the same documents to the same server", rounds: bare },
  goals,
});
