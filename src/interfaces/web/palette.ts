import type { Hex } from './townContrast.ts';

/** A colour by day and by night. */
export interface Tone {
  readonly light: Hex;
  readonly dark: Hex;
}

/**
 * The portal's own colours: limestone paper, ink, four state colours. The town brings the fifth (brand) and an
 * accent. Each state has a text colour (`-ink`) that reads on its ground (`-ground`), and an edge.
 */
export const palette = {
  paper: { light: '#f6f2ea', dark: '#111716' },
  card: { light: '#fffdf9', dark: '#1a2221' },
  sunk: { light: '#ece6da', dark: '#0b100f' },
  ink: { light: '#1b2321', dark: '#eef2ee' },
  'ink-soft': { light: '#464e4b', dark: '#b6c1bc' },
  line: { light: '#ddd5c6', dark: '#323d3a' },
  edge: { light: '#80786a', dark: '#7f8d88' },
  'held-ink': { light: '#0c4430', dark: '#a9e4c8' },
  'held-ground': { light: '#dcefe3', dark: '#123629' },
  'held-edge': { light: '#2f7d5b', dark: '#4f9f7d' },
  'wait-ink': { light: '#573b00', dark: '#ffdb94' },
  'wait-ground': { light: '#fdeecb', dark: '#3b2d0e' },
  'wait-edge': { light: '#a37300', dark: '#b98f33' },
  'list-ink': { light: '#40307a', dark: '#d6cbff' },
  'list-ground': { light: '#e9e4fa', dark: '#2c2548' },
  'list-edge': { light: '#7562bd', dark: '#8d7dcb' },
  'stop-ink': { light: '#7a1d10', dark: '#ffb9ab' },
  'stop-ground': { light: '#fce6df', dark: '#43201a' },
  'stop-edge': { light: '#bf4a35', dark: '#cf6f5d' },
} as const satisfies Record<string, Tone>;

export type PaletteName = keyof typeof palette;

/** Text and the ground it stands on: at least 7:1 (AAA), by day and by night. */
export const bodyTextPairs: readonly (readonly [PaletteName, PaletteName])[] = [
  ['ink', 'paper'],
  ['ink', 'card'],
  ['ink', 'sunk'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'card'],
  ['held-ink', 'held-ground'],
  ['wait-ink', 'wait-ground'],
  ['list-ink', 'list-ground'],
  ['stop-ink', 'stop-ground'],
  ['held-ink', 'card'],
  ['wait-ink', 'card'],
  ['list-ink', 'card'],
  ['stop-ink', 'card'],
  ['stop-ink', 'paper'],
];

/** Small marks and secondary words: at least 4.5:1. */
export const smallTextPairs: readonly (readonly [PaletteName, PaletteName])[] = [
  ['ink-soft', 'sunk'],
  ['ink', 'held-ground'],
  ['ink', 'wait-ground'],
  ['ink', 'list-ground'],
  ['ink', 'stop-ground'],
];

/** Borders and marks that carry meaning: at least 3:1 (RGAA 3.3). */
export const edgePairs: readonly (readonly [PaletteName, PaletteName])[] = [
  ['edge', 'paper'],
  ['edge', 'card'],
  ['held-edge', 'card'],
  ['held-edge', 'paper'],
  ['wait-edge', 'card'],
  ['wait-edge', 'paper'],
  ['list-edge', 'card'],
  ['list-edge', 'paper'],
  ['stop-edge', 'card'],
  ['stop-edge', 'paper'],
];

const declarations = (tones: Readonly<Record<string, Tone>>, value: (tone: Tone) => string) =>
  Object.entries(tones)
    .map(([name, tone]) => `--${name}:${value(tone)}`)
    .join(';');

/** Custom properties in the `tokens` layer; browsers that don't know light-dark() get the same colours. */
export function toneStylesheet(tones: Readonly<Record<string, Tone>>): string {
  const [light, dark, both] = [
    declarations(tones, (tone) => tone.light),
    declarations(tones, (tone) => tone.dark),
    declarations(tones, (tone) => `light-dark(${tone.light},${tone.dark})`),
  ];
  return `@layer tokens{:root{${both}}@supports not (color:light-dark(#000,#fff)){:root{${light}}@media (prefers-color-scheme:dark){:root{${dark}}}}}\n`;
}
