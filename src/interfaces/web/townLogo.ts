import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { palette } from './palette.ts';
import { contrast, type Hex } from './townContrast.ts';
import type { TownIdentity } from './townIdentity.ts';

export interface Logo {
  readonly type: 'image/svg+xml' | 'image/png';
  readonly body: Buffer;
}

const small = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'l', 'd', 'en', 'sur', 'sous', 'et']);

/** « Vallée du Lot » -> « VL ». Two letters at most. */
export const initialsOf = (name: string): string =>
  name
    .split(/[\s'’-]+/)
    .filter((word) => word !== '' && !small.has(word.toLowerCase()))
    .slice(0, 2)
    .map((word) => (word.match(/\p{L}|\p{N}/u)?.[0] ?? '').toUpperCase())
    .join('');

/** The town's initials on its brand colour. */
export function initialsLogo({ name, brandColour }: TownIdentity): string {
  const ink: Hex =
    contrast(brandColour, '#ffffff') >= contrast(brandColour, palette.paper.dark)
      ? '#ffffff'
      : palette.paper.dark;
  const letters = initialsOf(name);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="12" fill="${brandColour}"/>` +
    `<text x="24" y="24" dy=".36em" text-anchor="middle" font-family="system-ui, sans-serif" font-weight="700" ` +
    `font-size="${letters.length > 1 ? 20 : 26}" fill="${ink}">${letters}</text></svg>`
  );
}

/** Reads the town's logo. Throws an Error with a French message when the file can't be read or is no SVG or PNG. */
export function loadLogo(town: TownIdentity): Logo {
  if (town.logo === undefined)
    return { type: 'image/svg+xml', body: Buffer.from(initialsLogo(town)) };
  const extension = extname(town.logo).toLowerCase();
  if (extension !== '.svg' && extension !== '.png')
    throw new Error(`Le logo doit être un fichier .svg ou .png\u00a0: ${town.logo}`);
  try {
    const body = readFileSync(town.logo);
    return { type: extension === '.svg' ? 'image/svg+xml' : 'image/png', body };
  } catch (cause) {
    throw new Error(`Le logo ne se lit pas\u00a0: ${town.logo}`, { cause });
  }
}
