import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../application/ports/logger.ts';
import type { Configuration } from './config/configuration.ts';
import type { OpenStores } from './container.ts';
import { HmacTokens } from './crypto/hmacTokens.ts';
import { projections } from '../application/projections/all.ts';
import { checkHistory, type HistoryCheckOptions } from './historyCheck.ts';
import { fileCopyMark, refuseHalfCopied } from './migration/halfCopied.ts';
import { hostedReadSide } from './projections/hostedReadSide.ts';
import { startProjectionHost } from './projections/projectionHost.ts';
import { openHistory } from './sqlite/history.ts';
import type { SqliteKeyVault } from './sqlite/sqliteKeyVault.ts';
import { openSqliteReadModelStore } from './sqlite/sqliteReadModelStore.ts';

/** Milliseconds: once the first pages were shown. */
const QUIET = 2_000;

/** Looks through the keys once after each start, beside the requests; answers how to stop that. */
function tellDamagedKeys(vault: Pick<SqliteKeyVault, 'damaged'>, log: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = async (): Promise<void> => {
    await pause(QUIET, undefined, { signal, ref: false });
    const keys = await vault.damaged(signal);
    if (keys > 0) log.error({ keys }, 'keys damaged: their people read as erased; restore keys.db');
  };
  const looking = look().catch((error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    if (!signal.aborted) log.error({ error: name }, 'the keys could not be looked through');
  });
  return async () => {
    stopping.abort();
    await looking;
  };
}

/**
 * Opens the stores of one machine: three SQLite files in the data directory, and the projections in a worker thread.
 * Throws DataDirectoryInUseError, DataFileRefusedError, WrongMasterKeyError, MigrationError for half a copy.
 */
export async function openEmbeddedStores(
  { dataDirectory: directory, masterKey }: Pick<Configuration, 'dataDirectory' | 'masterKey'>,
  log: Logger,
  check: HistoryCheckOptions = {},
): Promise<OpenStores> {
  // Takes the directory's lock, for the other two files as well: keys.db and read-models.db have no lock between
  // processes of their own. keys.db is written by this thread, read-models.db by the worker that the host starts, and
  // both end before `events` gives the lock back. Nothing else in src writes either without that lock: `portail verify`
  // reads, `portail accept` takes it.
  let committed: (appends: number, seconds: number) => void = () => undefined;
  const history = await openHistory({
    directory,
    masterKey,
    onCommit: ({ jobs, seconds }) => committed(jobs, seconds),
    onTrouble(error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.warn({ error: name }, 'the end of the log was not noted');
    },
  });
  const { events, vault } = history;
  const opened: (() => Promise<void>)[] = [() => history.close()];
  opened.push(tellDamagedKeys(vault, log));
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    await refuseHalfCopied(fileCopyMark(directory));
    const readModels = openSqliteReadModelStore({ directory, mode: 'read' });
    opened.push(() => readModels.close());
    const names = projections.map(({ name }) => name);
    const host = startProjectionHost({ workerData: { directory }, projections: names, log });
    opened.push(() => host.stop());
    const stopChecking = checkHistory(directory, log, check);
    opened.push(stopChecking);
    return {
      events,
      vault,
      readModels,
      readSide: hostedReadSide(host, events, readModels),
      tokens: new HmacTokens(masterKey.derive('session-tokens')),
      onAppended: () => {
        host.notify();
        history.appended();
      },
      onCommitted(tell) {
        committed = tell;
      },
      alone(_name, hold) {
        const stopping = new AbortController();
        const held = hold(stopping.signal);
        return {
          async stop() {
            stopping.abort();
            await held;
          },
        };
      },
      stopLooking: stopChecking,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
