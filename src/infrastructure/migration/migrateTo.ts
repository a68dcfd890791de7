import type { MasterKey } from '../crypto/masterKey.ts';
import type { SharedServers } from '../distributed/sharedServers.ts';
import { migrateStore, type MigratedStore, type MigrationOptions } from './migrateStore.ts';
import type { MigrationSide } from './migrationSide.ts';
import { openFileSide, openServerSide } from './openSides.ts';

export type MigrationTarget = 'eventstoredb' | 'sqlite';

export interface MigrationPlaces {
  readonly dataDirectory: string;
  readonly servers: SharedServers;
  readonly masterKey: MasterKey;
}

export const isMigrationTarget = (word: string | undefined): word is MigrationTarget =>
  word === 'eventstoredb' || word === 'sqlite';

/** Copies the history of a data directory to servers, or back. Throws what migrateStore and the sides throw. */
export async function migrateTo(
  to: MigrationTarget,
  { dataDirectory, servers, masterKey }: MigrationPlaces,
  onProgress?: MigrationOptions['onProgress'],
): Promise<MigratedStore> {
  const opened: MigrationSide[] = [];
  const open = async (side: Promise<MigrationSide>): Promise<MigrationSide> => {
    const one = await side;
    opened.push(one);
    await one.claim();
    return one;
  };
  try {
    const files = (role: 'source' | 'target') => open(openFileSide(dataDirectory, masterKey, role));
    const server = () => open(openServerSide(servers, masterKey));
    // The source first: a wrong one leaves the target untouched.
    const source = await (to === 'sqlite' ? server() : files('source'));
    const target = await (to === 'sqlite' ? files('target') : server());
    return await migrateStore({ source, target, ...(onProgress && { onProgress }) });
  } finally {
    for (const side of opened) await side.close();
  }
}
