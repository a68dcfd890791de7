import { setTimeout as pause } from 'node:timers/promises';
import { keepLease, LEASE_TIMING } from '../../application/processes/leaseKeeper.ts';
import type { MongoConnection } from '../mongodb/mongoConnection.ts';
import { openMongoLeases } from '../mongodb/mongoLeases.ts';
import { uuids } from '../uuids.ts';
import { MigrationError } from './migrationError.ts';

/** The lease of a migration that uses the servers, whichever way it copies. */
const MIGRATION = 'migration';

/** Longer than a holder stays silent while it lives. */
const WATCH_MS = LEASE_TIMING.ttlMs + LEASE_TIMING.lookMs;
const LOOK_MS = 250;

type Whose = 'portals' | 'migration';

/**
 * Whether somebody alive holds such a lease: seen by a sign of life. Leases given up are seen at once to be free; those
 * of a process that was killed take as long as another process would wait.
 */
async function isHeld(
  { db, ask }: MongoConnection,
  whose: Whose,
  signal?: AbortSignal,
): Promise<boolean> {
  const terms = db.collection<{ _id: string; beats: number }>('leases');
  const name = whose === 'portals' ? { $regex: '^(projection|process)/' } : MIGRATION;
  const look = async (): Promise<ReadonlyMap<string, number>> => {
    const found = await ask(async () => terms.find({ name, released: false }).toArray());
    return new Map(found.map(({ _id, beats }) => [_id, beats]));
  };
  const first = await look();
  let now = first;
  for (const end = performance.now() + WATCH_MS; now.size > 0 && performance.now() < end;) {
    await pause(LOOK_MS, undefined, signal && { signal });
    now = await look();
    for (const [id, beats] of now) if (first.get(id) !== beats) return true;
  }
  return false;
}

/**
 * Throws MigrationError while a migration uses the servers: no portal may write them then. A portal looks before it
 * opens, and again once it holds a lease, which a migration that began in between sees: one of the two gives way.
 */
export async function refuseDuringMigration(
  mongo: MongoConnection,
  signal?: AbortSignal,
): Promise<void> {
  if (await isHeld(mongo, 'migration', signal)) throw new MigrationError('MIGRATION.RUNNING');
}

/** Throws MigrationError while portals use the servers. */
export async function refuseDuringPortals(mongo: MongoConnection): Promise<void> {
  if (await isHeld(mongo, 'portals')) throw new MigrationError('MIGRATION.PORTALS_RUNNING');
}

/**
 * Keeps portals away from the servers until it is released. Throws MigrationError while portals use them, or another
 * migration does.
 */
export async function claimServers(mongo: MongoConnection): Promise<{ release(): Promise<void> }> {
  const leases = openMongoLeases(mongo);
  let held = (): void => undefined;
  const holding = new Promise<void>((resolve) => (held = resolve));
  const keeper = keepLease({
    leases,
    name: MIGRATION,
    holder: uuids.next(),
    hold: async (_lease, signal) => {
      held();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
  });
  try {
    const late = new AbortController();
    const isOurs = await Promise.race([
      holding.then(() => true),
      pause(2 * WATCH_MS, false, { signal: late.signal }),
    ]);
    late.abort();
    if (!isOurs) throw new MigrationError('MIGRATION.RUNNING');
    await refuseDuringPortals(mongo);
    return { release: () => keeper.stop() };
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}
