import { ChainVerifier, type ChainFault } from './events/hashChain.ts';
import { DataFileRefusedError, isDamage } from './sqlite/dataFileErrors.ts';
import { directoryNamedIn, eventsFileOf } from './sqlite/eventsFile.ts';
import { keysFileOf, readKeysFile, type KeysFile } from './sqlite/keysFile.ts';
import { refuseLostEnd } from './sqlite/endMark.ts';
import { anchorFault } from './sqlite/logAnchor.ts';
import { SealedSubjects } from './sqlite/missingKeys.ts';
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
 * no position is missing, that the log still has the end that the vault has noted, and that the vault has a row for
 * each person in it. Needs no key.
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
    const subjects = new SealedSubjects();
    let events = 0;
    for await (const records of store.readAll()) {
      for (const record of records) {
        verifier.follow(record);
        subjects.follow(record);
      }
      events += records.length;
    }
    const inChains = verifier.faults.map(
      ({ stream, revision, fault }) =>
        `${stream}, événement ${revision}\u00a0: ${chainWords[fault]}`,
    );
    const atTheEnd = await endFaults(directory, store, keys);
    const inKeys = keys ? keyFaults(directory, subjects) : [];
    return {
      streams: verifier.streams,
      events,
      faults: [...new Set([...inVault, ...lost, ...inKeys, ...inFile, ...inChains, ...atTheEnd])],
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
    if (!isDamage(error) || error.file !== keysFileOf(directory)) throw error;
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

/** Also what nobody can name any more once another mark was written over the one that knew it. */
function keyFaults(directory: string, subjects: SealedSubjects): readonly string[] {
  const missing = subjects.missingIn(directory);
  if (missing === 0) return [];
  return [
    `Le fichier «\u00a0${keysFileOf(directory)}\u00a0» n’a pas la clé de toutes les personnes de l’historique\u00a0: il en manque ${missing}, qui paraissent effacées.`,
  ];
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
