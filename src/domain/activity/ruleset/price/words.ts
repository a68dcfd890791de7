import { NBSP } from '../../../kernel/french/typography.ts';
import { capitalise } from '../../../kernel/french/words.ts';
import { frenchDecimal } from '../../../kernel/french/numbers.ts';
import type { RankMeaning } from './priceRule.ts';

const colon = `${NBSP}: `;
/** « Matin » loses its capital inside a line, « QF » and « CAF » keep theirs. */
const inside = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.slice(0, 1).toLocaleLowerCase('fr') + text.slice(1) : text;

/** « Matin : 1,40 € »; a line with a label of its own follows a comma: « Mercredi, matin : 1,40 € ». */
export const labelled = (label: string, lines: readonly string[]): string[] =>
  lines.map((line) => `${capitalise(label)}${line.includes(colon) ? ', ' : colon}${inside(line)}`);

/** « 1er », « 2e » */
export const ordinal = (rank: number): string => (rank === 1 ? '1er' : `${rank}e`);

const counted = {
  enrolled_children: 'enfant inscrit de la famille',
  same_activity: 'enfant de la famille inscrit à cette activité',
  same_day: 'enfant de la famille présent le même jour',
} as const satisfies Record<RankMeaning, string>;
/** What a rank counts: « enfant de la famille présent le même jour » */
export const countedChild = (meaning: RankMeaning): string => counted[meaning];

/** « à partir du 2e enfant inscrit de la famille », « 2e enfant… », « du 2e au 3e enfant… » */
export function rankWords(from: number, to: number | undefined, meaning: RankMeaning): string {
  const child = countedChild(meaning);
  if (to === undefined) return `à partir du ${ordinal(from)} ${child}`;
  return to === from
    ? `${ordinal(from)} ${child}`
    : `du ${ordinal(from)} au ${ordinal(to)} ${child}`;
}

/** « QF inférieur à 651 », « QF de 651 à moins de 951 », « QF à partir de 1 251 »; nothing when there is one band. */
export function bandWords(from: string, next: string | undefined): string {
  if (next !== undefined && Number(from) === 0) return `QF inférieur à ${frenchDecimal(next)}`;
  if (next !== undefined) return `QF de ${frenchDecimal(from)} à moins de ${frenchDecimal(next)}`;
  return Number(from) === 0 ? '' : `QF à partir de ${frenchDecimal(from)}`;
}

/** « 45 min », « 1 h », « 1 h 30 » */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}${NBSP}min`;
  return `${hours}${NBSP}h${rest === 0 ? '' : `${NBSP}${String(rest).padStart(2, '0')}`}`;
}
