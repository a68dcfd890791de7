import { plural } from '../../../kernel/french/words.ts';
import {
  rankMeanings,
  type PriceFacts,
  type RankMeaning,
  type Unpriced,
} from '../price/priceRule.ts';
import { labelled, rankWords } from '../price/words.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { literal, oneOf, whole } from '../schema/values.ts';
import type { ModifierContext, ModifierShape } from './modifierRule.ts';
import { compileEffect, effectFaults, effectLines, siblingEffect } from './siblingEffect.ts';

const rank = whole(1, 99, 'un rang');
const schema = object({
  type: literal('sibling'),
  /** Which children of the family count. */
  rankBy: oneOf(...rankMeanings),
  fromRank: rank,
  /** The last rank that it is for; without it, all those that follow. */
  toRank: optional(rank),
  effect: siblingEffect,
  /** The child of that rank, or all of a family that reaches it. */
  appliesTo: oneOf('that_child', 'all'),
});
/** Another price for the second child, the third… */
export interface Sibling extends Infer<typeof schema> {}

export const sibling: ModifierShape<Sibling> = {
  schema,
  faults(modifier, at, context, report) {
    const { fromRank, toRank = 99, effect, appliesTo } = modifier;
    if (toRank < fromRank) report([...at, 'toRank'], 'Le dernier rang précède le premier.');
    if (
      effect.op === 'family_package' &&
      (fromRank !== 1 || modifier.toRank !== undefined || appliesTo !== 'that_child')
    )
      report(
        [...at, 'effect'],
        'Un forfait de la famille vaut pour chaque enfant : fromRank 1, sans toRank, that_child.',
      );
    overlapFaults(modifier, at, context, report);
    effectFaults(effect, [...at, 'effect'], context, report);
  },
  lines(modifier, context) {
    const { rankBy, fromRank, toRank, effect, appliesTo } = modifier;
    const lines = effectLines(effect, context);
    return labelled(
      appliesTo === 'all'
        ? `pour tous les enfants d’une famille qui ${familyWords(modifier)}`
        : effect.op === 'family_package'
          ? packageWords[rankBy]
          : rankWords(fromRank, toRank, rankBy),
      lines,
    );
  },
  compile(modifier, at, context) {
    const change = compileEffect(modifier.effect, modifier.rankBy, [...at, 'effect'], context);
    const concerns = modifier.appliesTo === 'all' ? familyReaches(modifier) : hasRank(modifier);
    return (before, facts, trace) => {
      const concerned = concerns(facts);
      if (typeof concerned === 'object') return concerned;
      return concerned ? change(before, facts, trace) : before;
    };
  },
};

/** Two rules of one meaning for one rank: nobody could say which holds. */
function overlapFaults(
  { rankBy, fromRank, toRank = 99 }: Sibling,
  at: Path,
  { earlier }: ModifierContext,
  report: Report,
): void {
  const overlaps = earlier.some(
    (one) =>
      one.type === 'sibling' &&
      one.rankBy === rankBy &&
      one.fromRank <= toRank &&
      fromRank <= (one.toRank ?? 99),
  );
  if (overlaps) report([...at, 'fromRank'], 'Une règle plus haut vaut déjà pour ces rangs.');
}

type Concerns = (facts: PriceFacts) => boolean | Unpriced;

const hasRank =
  ({ rankBy, fromRank, toRank = Infinity }: Sibling): Concerns =>
  ({ rank }) =>
    rank[rankBy] >= fromRank && rank[rankBy] <= toRank;

/** As many children as their number says, and at least as the child's rank shows. */
function familyReaches({ rankBy, fromRank, toRank }: Sibling): Concerns {
  const most = toRank ?? Infinity;
  return ({ rank, children }) => {
    const shown = rank[rankBy];
    if (children) {
      const counted = Math.max(children[rankBy], shown);
      return counted >= fromRank && counted <= most;
    }
    if (shown > most) return false;
    return toRank === undefined && shown >= fromRank ? true : { unpriced: 'children' };
  };
}

const packageWords = {
  enrolled_children: 'selon les enfants inscrits de la famille',
  same_activity: 'selon les enfants de la famille inscrits à cette activité',
  same_day: 'selon les enfants de la famille présents le même jour',
} as const;

/** « compte au moins 2 enfants inscrits », « compte de 2 à 3 enfants présents le même jour » */
function familyWords({ rankBy, fromRank, toRank }: Sibling): string {
  const count = (most: number): string => plural(most, ...countedWords[rankBy]);
  if (toRank === undefined) return `compte au moins ${count(fromRank)}`;
  return toRank === fromRank
    ? `compte ${count(fromRank)}`
    : `compte de ${fromRank} à ${count(toRank)}`;
}
const countedWords: Readonly<Record<RankMeaning, readonly [one: string, several: string]>> = {
  enrolled_children: ['enfant inscrit', 'enfants inscrits'],
  same_activity: ['enfant inscrit à cette activité', 'enfants inscrits à cette activité'],
  same_day: ['enfant présent le même jour', 'enfants présents le même jour'],
};
