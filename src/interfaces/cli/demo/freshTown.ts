import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DemoPlanError } from './demoActs.ts';
import { DEMO_FILE } from './demoDay.ts';

/** What a demo writes in its directory, but its lock, which is held meanwhile, and the file that says that it is one. */
const ownFile = /^((events|keys|read-models)\.db([-.].*)?|master\.key|demo\.json\.new)$/;

/**
 * Removes the demo town of a directory, and nothing else that stands there. Throws DemoPlanError where the demo did
 * not make what is there, and what `lock` throws while a portal runs on it.
 */
export function removeDemoTown(
  directory: string,
  lock: (directory: string) => { release(): void },
): void {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return;
  const mark = join(directory, DEMO_FILE);
  if (!existsSync(mark))
    throw new DemoPlanError(
      `Le dossier «\u00a0${directory}\u00a0» ne vient pas de la démonstration\u00a0: rien n’y a été supprimé. Choisissez-en un autre (PORTAIL_DATA).`,
    );
  const held = lock(directory);
  try {
    for (const name of readdirSync(directory))
      if (ownFile.test(name)) rmSync(join(directory, name));
    // Last: whoever is cut short on the way may begin again.
    rmSync(mark);
  } finally {
    held.release();
  }
}
