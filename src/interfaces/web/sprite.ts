import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { iconNames, markShapes } from './icons.ts';

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('lucide-static/package.json')), 'icons');

/** The drawing inside a Lucide icon. Throws when the package has no icon of that name. */
export function lucideDrawing(name: string): string {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8');
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1];
  if (inner === undefined) throw new Error(`not an icon: ${name}`);
  return inner.replace(/\s+/g, ' ').replace(/ \/>/g, '/>').trim();
}

/** One file with every icon and mark that pages use, as symbols. Lucide icons: ISC licence, lucide.dev. */
export function iconSprite(): string {
  const icons = iconNames.map(
    (name) =>
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${lucideDrawing(name)}</symbol>`,
  );
  const marks = Object.entries(markShapes).map(
    ([name, shape]) => `<symbol id="mark-${name}" viewBox="0 0 12 12">${shape}</symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC licence, https://lucide.dev -->${[...icons, ...marks].join('')}</svg>\n`;
}
