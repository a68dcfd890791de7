import { palette, type PaletteName, type Tone } from './palette.ts';
import { contrast, isHex, toHex, toOklch, type Hex } from './townContrast.ts';
import type { TownIdentity } from './townIdentity.ts';

/** WCAG AA for text. */
const AA = 4.5;
/** What the derived colours aim at. */
const AAA = 7;

type Mode = keyof Tone;
const grounds: readonly PaletteName[] = ['paper', 'card', 'sunk'];

/** The town's colours by day and by night, as the style sheet uses them. */
export interface TownColours {
  readonly brand: Tone;
  readonly 'on-brand': Tone;
  readonly 'brand-ground': Tone;
  readonly 'brand-strong': Tone;
  /** Far hills: never under text. */
  readonly 'brand-mist': Tone;
  readonly accent: Tone;
  readonly 'on-accent': Tone;
}

/** By night: the same hue, lighter, until it reads on every ground. */
function byNight(colour: Hex): Hex {
  const { hue, chroma } = toOklch(colour);
  for (let lightness = 0.72; lightness < 0.98; lightness += 0.01) {
    const hex = toHex({ lightness, hue, chroma: Math.min(chroma, 0.12) });
    if (grounds.every((ground) => contrast(hex, palette[ground].dark) >= AAA)) return hex;
  }
  return palette.ink.dark;
}

/** A light ground in the brand's hue. */
const tint = (colour: Hex, lightness: number, chroma: number): Hex => {
  const { hue, chroma: own } = toOklch(colour);
  return toHex({ lightness, hue, chroma: Math.min(own, chroma) });
};

const onto = (colour: Hex, light: Hex, dark: Hex): Hex =>
  contrast(colour, light) >= contrast(colour, dark) ? light : dark;

const darker = (colour: Hex, by: number): Hex => {
  const lch = toOklch(colour);
  return toHex({ ...lch, lightness: lch.lightness + by });
};

/** Every colour that the style sheet derives from a town's two. */
export function townColours(town: Pick<TownIdentity, 'brandColour' | 'accentColour'>): TownColours {
  const { brandColour: brand, accentColour: accent } = town;
  const [brandNight, accentNight] = [byNight(brand), byNight(accent)];
  const on = (colour: Hex): Hex => onto(colour, '#ffffff', palette.paper.dark);
  return {
    brand: { light: brand, dark: brandNight },
    'on-brand': { light: on(brand), dark: on(brandNight) },
    'brand-ground': { light: tint(brand, 0.945, 0.02), dark: tint(brand, 0.29, 0.03) },
    'brand-strong': { light: darker(brand, -0.06), dark: darker(brandNight, 0.06) },
    'brand-mist': { light: tint(brand, 0.8, 0.05), dark: tint(brand, 0.4, 0.05) },
    accent: { light: accent, dark: accentNight },
    'on-accent': { light: on(accent), dark: on(accentNight) },
  };
}

interface Pair {
  readonly role: 'brandColour' | 'accentColour';
  readonly what: string;
  readonly text: Hex;
  readonly ground: Hex;
}

/** The pairs that pages really show. */
function pairsOf(colours: TownColours): Pair[] {
  const modes: readonly { mode: Mode; words: string }[] = [
    { mode: 'light', words: 'le jour' },
    { mode: 'dark', words: 'la nuit' },
  ];
  return modes.flatMap(({ mode, words }) => {
    const brand = { role: 'brandColour' as const, text: colours.brand[mode] };
    const accent = { role: 'accentColour' as const, text: colours.accent[mode] };
    return [
      { ...brand, what: `sur le papier, ${words}`, ground: palette.paper[mode] },
      { ...brand, what: `sur une fiche, ${words}`, ground: palette.card[mode] },
      { ...brand, what: `sur son fond clair, ${words}`, ground: colours['brand-ground'][mode] },
      { ...brand, what: `sous le texte d’un bouton, ${words}`, ground: colours['on-brand'][mode] },
      { ...accent, what: `sur le papier, ${words}`, ground: palette.paper[mode] },
      { ...accent, what: `sur une fiche, ${words}`, ground: palette.card[mode] },
      {
        ...accent,
        what: `sous le texte d’une étiquette, ${words}`,
        ground: colours['on-accent'][mode],
      },
    ];
  });
}

const weakest = (town: TownColourChoice, role: Pair['role']): { pair: Pair; ratio: number } => {
  const ratios = pairsOf(townColours(town))
    .filter((pair) => pair.role === role)
    .map((pair) => ({ pair, ratio: contrast(pair.text, pair.ground) }));
  return ratios.reduce((worst, next) => (next.ratio < worst.ratio ? next : worst));
};

export type TownColourChoice = Pick<TownIdentity, 'brandColour' | 'accentColour'>;

/** The colour of the same hue whose lightness differs least and that passes everywhere. */
function nearestPassing(town: TownColourChoice, role: Pair['role']): Hex {
  const lch = toOklch(town[role]);
  for (let step = 1; step <= 100; step += 1)
    for (const sign of [-1, 1]) {
      const lightness = lch.lightness + (sign * step) / 100;
      if (lightness <= 0 || lightness >= 1) continue;
      const hex = toHex({ ...lch, lightness });
      if (weakest({ ...town, [role]: hex }, role).ratio >= AA) return hex;
    }
  return palette.ink.light;
}

const names: Record<Pair['role'], string> = {
  brandColour: 'La couleur de la ville',
  accentColour: 'La couleur d’accent',
};

/**
 * What the configuration must mend before the portal starts, in French; nothing when both colours read at 4.5:1 (AA)
 * in every pair that pages show, by day and by night.
 */
export function checkTownColours(town: TownColourChoice): readonly string[] {
  const roles: readonly Pair['role'][] = ['brandColour', 'accentColour'];
  return roles.flatMap((role) => {
    if (!isHex(town[role]))
      return [
        `${names[role]} s’écrit #rrggbb\u00a0: «\u00a0${String(town[role])}\u00a0» ne se lit pas ainsi.`,
      ];
    const { pair, ratio } = weakest(town, role);
    if (ratio >= AA) return [];
    const measured = (Math.floor(ratio * 100) / 100).toFixed(2).replace('.', ',');
    return [
      `${names[role]} ${town[role]} ne se lit pas assez bien ${pair.what}\u00a0: contraste de ${measured}, ` +
        `il en faut 4,5. La plus proche qui convient est ${nearestPassing(town, role)}.`,
    ];
  });
}
