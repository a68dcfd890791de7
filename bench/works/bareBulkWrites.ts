import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import type { DocumentWrite } from '../../src/application/ports/readModelStore.ts';
import { agenda } from '../../src/application/projections/agenda.ts';
import { rowOf, type DocumentRow } from '../../src/infrastructure/mongodb/storedDocument.ts';

/** As many as the portal puts into one request (src/infrastructure/mongodb/mongoReadModelWriter.ts). */
const insertedAtOnce = 1_000;
const raisedAtOnce = 50;

type Operation = AnyBulkWriteOperation<DocumentRow>;

/** The same documents as the requests that write them: new ones are inserted, the others replaced. */
function requestsOf(commits: readonly (readonly DocumentWrite[])[]): Operation[][] {
  const there = new Set<string>();
  return commits.flatMap((writes) => {
    const inserts: Operation[] = [];
    const updates: Operation[] = [];
    for (const write of writes) {
      const { _id, kept } = rowOf(agenda, write);
      if (there.has(_id))
        updates.push({ updateMany: { filter: { _id }, update: { $set: { kept } } } });
      else inserts.push({ insertOne: { document: { _id, kept } } });
      there.add(_id);
    }
    return [...slices(inserts, insertedAtOnce), ...slices(updates, raisedAtOnce)];
  });
}

function* slices<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/**
 * Milliseconds that the driver's bulkWrite takes for the documents of those commits, with nothing before or after it:
 * no event is read, no document loaded, no fence asked for, no checkpoint kept. Leaves the documents in the collection.
 */
export async function writeBare(
  db: Db,
  collection: string,
  commits: readonly (readonly DocumentWrite[])[],
): Promise<number> {
  const rows: Collection<DocumentRow> = db.collection(collection);
  const requests = requestsOf(commits);
  await db.createCollection(collection);
  const start = performance.now();
  for (const request of requests) await rows.bulkWrite(request, { ordered: false });
  return performance.now() - start;
}
