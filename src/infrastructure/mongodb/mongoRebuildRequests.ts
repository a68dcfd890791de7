import type { Collection } from 'mongodb';
import type { RebuildRequests } from '../projections/leasedProjections.ts';
import type { MongoConnection } from './mongoConnection.ts';
import { isDuplicateKey } from './mongoErrors.ts';

/** Rebuilds asked for, a document each in the collection `rebuild-requests`. */
export function openMongoRebuildRequests({ db, ask }: MongoConnection): RebuildRequests {
  const rows: Collection<{ _id: string }> = db.collection<{ _id: string }>('rebuild-requests');
  return {
    ask: async (projection) =>
      ask(async () => {
        try {
          await rows.insertOne({ _id: projection });
        } catch (error) {
          // Asked for already, and not begun yet: one rebuild serves both.
          if (!isDuplicateKey(error)) throw error;
        }
      }),
    take: async (projection) =>
      ask(async () => (await rows.deleteOne({ _id: projection })).deletedCount > 0),
  };
}
