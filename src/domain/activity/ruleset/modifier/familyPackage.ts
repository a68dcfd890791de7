import { exactOf, minus } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { plural } from '../../../kernel/french/words.ts';
import { ruleName, type RankMeaning } from '../price/priceRule.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import type { Infer, Path } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { cents, literal } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({
  op: literal('family_package'),
  /** What the family pays in all for one child, two, three… */
  cents: list(cents, 2),
  /** What each child beyond the list adds. */
  eachFurther: cents,
});
/** A price for the family: each child pays what its rank adds to it. */
export interface FamilyPackage extends Infer<typeof schema> {}

type Shape = Omit<ModifierShape<FamilyPackage>, 'compile'> & {
  readonly compile: (effect: FamilyPackage, at: Path, rankBy: RankMeaning) => AdjustmentRule;
};

export const familyPackage: Shape = {
  schema,
  faults({ cents }, at, _, report) {
    cents.forEach((amount, index) => {
      if (amount < (cents[index - 1] ?? 0))
        report([...at, 'cents', index], 'Un enfant de plus ferait baisser le prix de la famille.');
    });
  },
  lines: ({ cents, eachFurther }) => {
    const totals = cents.map(
      (amount, index) => `${formatMoney(amount)} pour ${plural(index + 1, 'enfant')}`,
    );
    return [
      `forfait de la famille, ${totals.join(', ')}, puis ${formatMoney(eachFurther)} par enfant de plus`,
    ];
  },
  compile({ cents, eachFurther }, at, rankBy) {
    const added = cents.map((amount, index) => exactOf(amount - (cents[index - 1] ?? 0)));
    const further = exactOf(eachFurther);
    const rule = ruleName(at);
    return (before, facts, trace) => {
      const rank = Math.max(1, facts.rank[rankBy]);
      const after = added[rank - 1] ?? further;
      trace?.push({ rule, shape: 'family_package', adds: minus(after, before), values: { rank } });
      return after;
    };
  },
};
