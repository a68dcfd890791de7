import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isLocalDate } from '../../../domain/kernel/localDate.ts';
import { DemoPlanError } from './demoActs.ts';
import type { DemoKey } from './demoPlan.ts';

/** Says that a data directory is the demo's. */
export const DEMO_FILE = 'demo.json';

/** What a portal that is no demo leaves in its directory. */
const dataFiles = ['events.db', 'events.db-wal', 'keys.db', 'keys.db-wal'];

/**
 * The seed and the day of the demo town that a data directory holds, kept in `demo.json` before anything else: a
 * filling that was cut short goes on with its own plan, also on a later day. Throws DemoPlanError when the file is not
 * what this wrote, and where there are data without it: invented families don't belong among real ones.
 */
export function demoKeyIn(directory: string, fresh: DemoKey): DemoKey {
  const path = join(directory, DEMO_FILE);
  if (existsSync(path)) return readKey(path);
  if (dataFiles.some((name) => existsSync(join(directory, name))))
    throw new DemoPlanError(
      `Le dossier «\u00a0${directory}\u00a0» contient des données qui ne viennent pas de la démonstration\u00a0: choisissez-en un autre (PORTAIL_DATA).`,
    );
  // Written beside and renamed: the file is whole or not there.
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  writeSync(file, `${JSON.stringify({ seed: fresh.seed, today: fresh.today })}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, path);
  return fresh;
}

function readKey(path: string): DemoKey {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    kept = undefined;
  }
  if (typeof kept === 'object' && kept !== null && 'seed' in kept && 'today' in kept) {
    const { seed, today } = kept;
    if (typeof seed === 'string' && typeof today === 'string' && isLocalDate(today))
      return { seed, today };
  }
  throw new DemoPlanError(
    `« ${path} » n’est pas lisible\u00a0: supprimez le dossier de la démonstration.`,
  );
}
