import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data directory that does not exist yet, in a temporary folder that `remove` removes. */
export function temporaryDirectory(): { readonly directory: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'portail-events-'));
  return {
    directory: join(parent, 'data'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
