import { ChainVerifier, type ChainFault } from './events/hashChain.ts';
import { DataFileRefusedError } from './sqlite/dataFileErrors.ts';
import { directoryNamedIn, eventsFileOf } from './sqlite/eventsFile.ts';
import { keysFileOf, readKeysFile, type KeysFile } from './sqlite/keysFile.ts';
import { refuseLostEnd } from './sqlite/endMark.ts';
import { anchorFault } from './sqlite/logAnchor.ts';
import { openSqliteEventStore, type SqliteEventStore } from './sqlite/sqliteEventStore.ts';
import { verifyIntegrity } from './sqlite/verifyIntegrity.ts';

export interface VerifiedHistory {
  readonly streams: number;
  readonly events: number;
  /** In French, for the operator. */
  readonly faults: readonly string[];
}

const chainWords: Readonly<Record<ChainFault, string>> = {
  altered: 'modifié',
  missing: 'absent',
  reordered: 'déplacé',
};

/**
 * Reads the whole log of a data directory, also beside a running portal: follows every stream's hash chain, checks that
 * no position is missing, and that the log still has the end that the vault has noted. Needs no key.
 * Throws DataFileRefusedError when the log can't be read.
 */
export async function verifyHistory(directory: string): Promise<VerifiedHistory> {
  // Before the log, which only grows.
  const { keys, faults: inVault } = vaultOf(directory);
  const lost = lostEndFaults(directory);
  const inFile = verifyIntegrity(directory);
  const store = openSqliteEventStore({ directory, mode: 'read' });
  try {
    const verifier = new ChainVerifier();
    let events = 0;
    for await (const records of store.readAll()) {
      for (const record of records) verifier.follow(record);
      events += records.length;
    }
    const inChains = verifier.faults.map(
      ({ stream, revision, fault }) =>
        `${stream}, événement ${revision}\u00a0: ${chainWords[fault]}`,
    );
    const atTheEnd = await endFaults(directory, store, keys);
    return {
      streams: verifier.streams,
      events,
      faults: [...new Set([...inVault, ...lost, ...inFile, ...inChains, ...atTheEnd])],
    };
  } finally {
    await store.close();
  }
}

function vaultOf(directory: string): {
  readonly keys: KeysFile | undefined;
  readonly faults: readonly string[];
} {
  try {
    const keys = readKeysFile(directory);
    const named = directoryNamedIn(directory);
    if (named === undefined || named === keys?.anchor?.directory) return { keys, faults: [] };
    throw new DataFileRefusedError(keysFileOf(directory), keys ? 'unpaired' : 'lost');
  } catch (error) {
    if (!(error instanceof DataFileRefusedError) || error.file !== keysFileOf(directory))
      throw error;
    return { keys: undefined, faults: [error.message] };
  }
}

/** What was lost since the last commit; a file that can't be read is told of elsewhere. */
function lostEndFaults(directory: string): readonly string[] {
  try {
    refuseLostEnd(directory);
    return [];
  } catch (error) {
    const isLost = error instanceof DataFileRefusedError && ['cut', 'fewer'].includes(error.reason);
    return isLost ? [error.message] : [];
  }
}

async function endFaults(
  directory: string,
  store: SqliteEventStore,
  keys: KeysFile | undefined,
): Promise<string[]> {
  if (!keys?.anchor) return [];
  const { position, digest } = keys.anchor;
  const fault = await anchorFault(store, { position: BigInt(position), digest });
  return fault ? [new DataFileRefusedError(eventsFileOf(directory), fault).message] : [];
}
