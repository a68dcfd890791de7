import type { Logger } from '../application/ports/logger.ts';
import type { Configuration } from './config/configuration.ts';
import type { Adapters } from './container.ts';
import { HmacTokens } from './crypto/hmacTokens.ts';
import { projections } from '../application/projections/all.ts';
import { hostedReadSide } from './projections/hostedReadSide.ts';
import { startProjectionHost } from './projections/projectionHost.ts';
import { openSqliteEventStore } from './sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from './sqlite/sqliteKeyVault.ts';
import { openSqliteReadModelStore } from './sqlite/sqliteReadModelStore.ts';

export type EmbeddedStores = Pick<
  Adapters,
  'events' | 'readModels' | 'readSide' | 'vault' | 'tokens' | 'onAppended'
> & {
  /** Stops the projections, then closes the files. */
  close(): Promise<void>;
};

/**
 * Opens the stores of one machine: three SQLite files in the data directory, and the projections in a worker thread.
 * Throws DataDirectoryInUseError, DataFileRefusedError, WrongMasterKeyError.
 */
export async function openEmbeddedStores(
  { dataDirectory: directory, masterKey }: Configuration,
  log: Logger,
): Promise<EmbeddedStores> {
  const events = openSqliteEventStore({ directory, mode: 'write' });
  try {
    const vault = new SqliteKeyVault(directory, masterKey);
    const names = projections.map(({ name }) => name);
    const host = startProjectionHost({ directory, projections: names, log });
    const readModels = openSqliteReadModelStore({ directory, mode: 'read' });
    return {
      events,
      vault,
      readModels,
      readSide: hostedReadSide(host, events, readModels),
      tokens: new HmacTokens(masterKey.derive('session-tokens')),
      onAppended: () => host.notify(),
      async close() {
        await host.stop();
        await readModels.close();
        await vault.close();
        await events.close();
      },
    };
  } catch (error) {
    await events.close();
    throw error;
  }
}
