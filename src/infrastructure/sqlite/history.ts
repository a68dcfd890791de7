import { randomUUID } from 'node:crypto';
import type { MasterKey } from '../crypto/masterKey.ts';
import { DataFileRefusedError } from './dataFileErrors.ts';
import { EndMarkFile, refuseLostEnd } from './endMark.ts';
import { directoryNamedIn, eventsFileOf, nameDirectory } from './eventsFile.ts';
import type { Commit } from './groupCommit.ts';
import { IdleWork } from './idleWork.ts';
import { keysFileOf, readKeysFile } from './keysFile.ts';
import { anchorFault, anchorOf } from './logAnchor.ts';
import { openSqliteEventStore, type SqliteEventStore } from './sqliteEventStore.ts';
import { SqliteKeyVault } from './sqliteKeyVault.ts';

/** Milliseconds. */
const QUIET = 1_000;

export interface HistoryOptions {
  readonly directory: string;
  readonly masterKey: MasterKey;
  /** What fails in quiet moments. */
  readonly onTrouble: (error: unknown) => void;
  /** Told of each transaction of the log, once it is durable. */
  readonly onCommit?: (commit: Commit) => void;
  /** Milliseconds without an append before the end of the log is noted in the vault; 1,000 unless told. */
  readonly quiet?: number;
  /** The operator knows that the log ends before what was noted of it: a backup that is older. */
  readonly takesAsItIs?: boolean;
}

/** The two files that can't be made anew from one another: the log, and the keys to what is sealed in it. */
export interface History {
  readonly events: SqliteEventStore;
  readonly vault: SqliteKeyVault;
  /** Something was stored: call it after each append. Costs nothing. */
  appended(): void;
  /** Notes the end of the log now; quiet moments and `close` do. */
  note(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens `events.db` and `keys.db` of a data directory, made when neither is there. They name the same directory, and
 * the vault has noted where the log ended: one that was lost, is another's or lost its end is refused, and nothing is
 * changed. Throws DataDirectoryInUseError, DataFileRefusedError, WrongMasterKeyError.
 */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const { directory, masterKey, onCommit, takesAsItIs = false } = options;
  if (!takesAsItIs) refuseLostEnd(directory);
  let mark = (): void => undefined;
  const events = openSqliteEventStore({
    directory,
    mode: 'write',
    onCommit(commit) {
      mark();
      onCommit?.(commit);
    },
  });
  let vault: SqliteKeyVault | undefined;
  try {
    const isNew = (await events.head()) === undefined;
    if (!readKeysFile(directory) && !isNew)
      throw new DataFileRefusedError(keysFileOf(directory), 'lost');
    vault = new SqliteKeyVault(directory, masterKey);
    const id = await joined(options, { events, vault, isNew });
    const opened = kept({ events, vault }, id, options);
    mark = opened.mark;
    return opened.history;
  } catch (error) {
    await vault?.close();
    await events.close();
    throw error;
  }
}

/** Checks that both files are of one directory, and names it in them; answers its id. */
async function joined(
  { directory, onTrouble, takesAsItIs = false }: HistoryOptions,
  { events, vault, isNew }: Pick<History, 'events' | 'vault'> & { readonly isNew: boolean },
): Promise<string> {
  const anchor = vault.anchor();
  const named = directoryNamedIn(directory);
  // Without a name in the log: an earlier version wrote it, or the first start stopped before.
  if (named !== undefined && named !== anchor?.directory && !(isNew && anchor === undefined))
    throw new DataFileRefusedError(keysFileOf(directory), 'unpaired');
  const fault = anchor && !takesAsItIs ? await anchorFault(events, anchor) : undefined;
  if (fault) throw new DataFileRefusedError(eventsFileOf(directory), fault);
  const id = anchor?.directory ?? named ?? randomUUID();
  // The vault first: a log that is named always has its vault.
  vault.keepAnchor(await anchorOf(events, id));
  try {
    // Also what a killed portal left in the write-ahead log: a damaged byte there loses all that follows it.
    vault.empty();
  } catch (error) {
    // On a full disk, say: it stays where it is.
    onTrouble(error);
  }
  if (named === undefined) nameDirectory(directory, id);
  return id;
}

function kept(
  { events, vault }: Pick<History, 'events' | 'vault'>,
  id: string,
  { directory, onTrouble, quiet = QUIET }: HistoryOptions,
): { readonly history: History; readonly mark: () => void } {
  const end = new EndMarkFile(directory);
  const mark = (): void => {
    try {
      end.write({ directory: id, position: events.last, keys: vault.count });
    } catch (error) {
      // What was committed stays so; the last mark is true of it too.
      onTrouble(error);
    }
  };
  let noting = Promise.resolve();
  const note = (): Promise<void> => {
    const noteEnd = async (): Promise<void> => {
      vault.keepAnchor(await anchorOf(events, id));
      mark();
      // Not while somebody reads the vault: the next note tries again.
      vault.empty();
    };
    noting = noting.then(noteEnd).catch(onTrouble);
    return noting;
  };
  mark();
  const idle = new IdleWork(() => {
    void note();
    return false;
  }, quiet);
  const history: History = {
    events,
    vault,
    appended: () => idle.touch(),
    note,
    async close() {
      idle.stop();
      await note();
      await vault.close();
      await events.close();
      end.close();
    },
  };
  return { history, mark };
}
