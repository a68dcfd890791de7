import { decimalText, exactFrom, isDecimal } from '../../../kernel/exact.ts';
import type { Path, Report } from '../schema/schema.ts';
import { bandOf, byValue, shiftedBand } from './bounds.ts';
import type { PriceContext, PriceFacts, RankMeaning, Unpriced } from './priceRule.ts';
import { unitFaults } from './units.ts';
import { bandWords, rankWords } from './words.ts';

/** What a grid may tell apart. */
export const axes = [
  'residency',
  'unit',
  'sibling_rank',
  'regime',
  'level',
  'funder',
  'qf',
] as const;
export type Axis = (typeof axes)[number];
/** Axes whose words are the town's. */
const named = ['regime', 'level', 'funder'] as const;
type Named = (typeof named)[number];
export const isNamed = (axis: Axis): axis is Named => (named as readonly Axis[]).includes(axis);

/** Every value that an axis names not, where a town writes it: `other`. */
const rest = 'other';
const isRank = (key: string): boolean => /^[1-9]\d?$/.test(key);

/** Lower bounds in rising order, as numbers stand in no order in JSON; other keys as they are written. */
export const inOrder = (axis: Axis, keys: readonly string[]): string[] =>
  axis === 'qf' || axis === 'sibling_rank' ? [...keys].sort(byValue) : [...keys];

/** Lower bounds that can't be read, don't begin where they must, or stand twice. */
function boundFaults(
  keys: readonly string[],
  first: string,
  isBound: (key: string) => boolean,
  wanted: string,
  at: Path,
  report: Report,
): void {
  const bounds = [...keys].filter(isBound).sort(byValue);
  for (const key of keys)
    if (!isBound(key)) report([...at, key], `« ${key} » n’est pas ${wanted}.`);
  if (byValue(bounds[0] ?? first, first) !== 0 || bounds.length === 0)
    report(at, `La première borne est "${first}".`);
  bounds.forEach((key, index) => {
    const before = bounds[index - 1];
    if (before !== undefined && byValue(before, key) === 0)
      report([...at, key], 'Cette borne y est deux fois.');
  });
}

function nameFaults(
  keys: readonly string[],
  all: readonly string[],
  unknown: (key: string) => string,
  at: Path,
  report: Report,
): void {
  for (const key of keys) if (!all.includes(key)) report([...at, key], unknown(key));
  for (const key of all)
    if (!keys.includes(key)) report([...at, key], `Aucun prix pour « ${key} ».`);
}

/** The keys of one branch of a grid: none too many, none missing. `all`: the words of that axis in the whole grid. */
export function axisFaults(
  axis: Axis,
  keys: readonly string[],
  all: readonly string[],
  at: Path,
  context: PriceContext,
  report: Report,
): void {
  if (axis === 'unit') unitFaults(keys, at, context, report);
  else if (axis === 'qf')
    boundFaults(
      keys,
      '0',
      (key) => isDecimal(key) && !key.startsWith('-'),
      'un quotient familial',
      at,
      report,
    );
  else if (axis === 'sibling_rank')
    boundFaults(keys, '1', isRank, 'un rang (de 1 à 99)', at, report);
  else if (axis === 'residency')
    nameFaults(
      keys,
      ['resident', 'outside'],
      (key) => `« ${key} » n’est ni resident ni outside.`,
      at,
      report,
    );
  else nameFaults(keys, all, (key) => `« ${key} » est inconnu.`, at, report);
}

/** The position of the key that the facts lead to. `highest`: the dearest of all. */
export type Choice = (facts: PriceFacts) => number | 'highest' | Unpriced;

/** How facts choose among the ordered keys of a branch. */
export function chooser(
  axis: Exclude<Axis, 'unit'>,
  keys: readonly string[],
  rankBy: RankMeaning,
  { bandShift = 0 }: PriceContext,
): Choice {
  if (axis === 'residency') {
    const [resident, outside] = [keys.indexOf('resident'), keys.indexOf('outside')];
    return (facts) => (facts.resident ? resident : outside);
  }
  if (axis === 'sibling_rank') {
    const bounds = keys.map(Number);
    return ({ rank }) =>
      Math.max(
        0,
        bounds.findLastIndex((bound) => rank[rankBy] >= bound),
      );
  }
  if (axis === 'qf') {
    const bounds = keys.map(exactFrom);
    return ({ qf }) =>
      qf === 'highest' ? qf : shiftedBand(bandOf(qf, bounds), bandShift, bounds.length);
  }
  const others = keys.indexOf(rest);
  const positions = new Map(keys.map((key, index) => [key, index]));
  return (facts) => {
    const value = facts[axis];
    if (value === undefined) return { unpriced: axis };
    const position = positions.get(value) ?? others;
    return position < 0 ? { unpriced: axis, value } : position;
  };
}

const knownNames: Readonly<Record<string, string>> = {
  resident: 'habitants de la commune',
  outside: 'hors commune',
  annual_days: 'jours fixes à l’année',
  planning: 'planning du mois',
  occasional: 'occasionnel',
  nursery: 'maternelle',
  primary: 'élémentaire',
  caf: 'allocataires CAF',
  msa: 'allocataires MSA',
};
const others = {
  regime: 'autres inscriptions',
  level: 'autres niveaux',
  funder: 'autres régimes',
} as const;

/** « QF de 651 à moins de 951 », « hors commune », « maternelle »; nothing where there is no choice. */
export function keyWords(
  axis: Axis,
  keys: readonly string[],
  index: number,
  rankBy: RankMeaning,
  { units, names = {} }: PriceContext,
): string {
  const [key = '', next] = [keys[index], keys[index + 1]];
  if (axis === 'unit') return units[key] ?? key;
  if (axis === 'qf') return bandWords(key, next);
  if (axis === 'sibling_rank')
    return keys.length === 1
      ? ''
      : rankWords(Number(key), next === undefined ? undefined : Number(next) - 1, rankBy);
  if (key === rest && isNamed(axis)) return names[key] ?? others[axis];
  return names[key] ?? knownNames[key] ?? key;
}

/** The fact that a step quotes besides the key. */
export const toldQf = ({ qf }: PriceFacts): string => (qf === 'highest' ? qf : decimalText(qf));
