import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKey } from './crypto/masterKey.ts';
import { openHistory } from './sqlite/history.ts';
import { READ_MODEL_FILE } from './sqlite/readModelFile.ts';

/**
 * Takes the log of a data directory as it is, after a backup older than what the portal had noted of it was restored.
 * Read models go: they may be ahead of the log, and are made anew. Throws what openHistory throws.
 */
export async function acceptHistory(directory: string, masterKey: MasterKey): Promise<void> {
  const onTrouble = (error: unknown): void => {
    process.emitWarning(error instanceof Error ? error : String(error));
  };
  const history = await openHistory({ directory, masterKey, onTrouble, takesAsItIs: true });
  try {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(directory, `${READ_MODEL_FILE}${suffix}`), { force: true });
  } finally {
    await history.close();
  }
}
