import type { TownIdentity } from './townIdentity.ts';
import { checkTownColours } from './townColours.ts';
import { loadLogo } from './townLogo.ts';

/** What pages can't show of a town, in French: colours that are hard to read, a logo that can't be read. */
export function checkTown(town: TownIdentity): readonly string[] {
  const faults = [...checkTownColours(town)];
  try {
    loadLogo(town);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return faults;
}
