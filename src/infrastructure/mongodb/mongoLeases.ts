import type { Collection } from 'mongodb';
import type { Lease, Leases } from '../../application/ports/leases.ts';
import type { MongoConnection } from './mongoConnection.ts';
import { isDuplicateKey } from './mongoErrors.ts';

/**
 * One holder's time with a lease. Its id names the lease and the token, so that inserting it is what wins the lease:
 * a unique id is the one thing that no server of the wire protocol gives twice, whatever its updates do meanwhile.
 */
interface TermRow {
  /** `lease/7`. */
  readonly _id: string;
  readonly name: string;
  readonly token: number;
  readonly holder: string;
  readonly ttlMs: number;
  /** Signs of life. */
  readonly beats: number;
  readonly released: boolean;
}

/** What a candidate saw last, and since when it saw nothing else. */
interface Seen {
  readonly token: number;
  readonly beats: number;
  readonly since: number;
}

const termId = (name: string, token: number): string => `${name}/${token}`;

/**
 * Leases in the collection `leases`. Each instance looks with its own eyes; `monotonic` gives milliseconds that only
 * grow.
 */
export function openMongoLeases(
  { db, ask }: MongoConnection,
  monotonic: () => number = () => performance.now(),
): Leases {
  const terms: Collection<TermRow> = db.collection<TermRow>('leases');
  const seen = new Map<string, Seen>();

  const lastTerm = async (name: string): Promise<TermRow | undefined> =>
    (await terms.find({ name }).sort({ token: -1 }).limit(1).toArray())[0];

  /** True once this candidate has seen no sign of life for the holder's ttl. */
  const silent = ({ name, token, beats, ttlMs }: TermRow, asked: number): boolean => {
    const before = seen.get(name);
    if (before?.token === token && before.beats === beats) return asked - before.since >= ttlMs;
    // From now on, not from when it was asked: the sign may have come in between.
    seen.set(name, { token, beats, since: monotonic() });
    return false;
  };

  return {
    acquire: async (name, holder, ttlMs) =>
      ask(async () => {
        const asked = monotonic();
        const last = await lastTerm(name);
        if (last && !last.released && !silent(last, asked)) return undefined;
        const token = (last?.token ?? 0) + 1;
        const term = { name, token, holder, ttlMs, beats: 0, released: false };
        try {
          await terms.insertOne({ _id: termId(name, token), ...term });
        } catch (error) {
          if (isDuplicateKey(error)) return undefined;
          throw error;
        }
        seen.delete(name);
        // Paused between its look and its insert, it may have taken a number that was over long ago.
        if ((await lastTerm(name))?.token !== token) return undefined;
        // Only the last term says how far the tokens are: the others take room.
        await terms.deleteMany({ name, token: { $lt: token } }).catch(() => undefined);
        return { name, holder, token };
      }),

    renew: async ({ name, token, holder }: Lease) =>
      ask(async () => {
        const { matchedCount } = await terms.updateOne(
          { _id: termId(name, token), holder, released: false },
          { $inc: { beats: 1 } },
        );
        return matchedCount > 0 && (await lastTerm(name))?.token === token;
      }),

    release: async ({ name, token, holder }: Lease) =>
      ask(async () => {
        await terms.updateOne({ _id: termId(name, token), holder }, { $set: { released: true } });
      }),
  };
}
