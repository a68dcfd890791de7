import {
  compareExact,
  decimalText,
  exactOf,
  minus,
  rounded,
  roundings,
} from '../../kernel/exact.ts';
import type { Exact } from '../../kernel/exact.ts';
import { ruleName, type PriceRule, type Trace, type Unpriced } from './price/priceRule.ts';
import { isUnpriced } from './price/priceRule.ts';
import type { Infer, Path } from './schema/schema.ts';
import { object } from './schema/structures.ts';
import { oneOf } from './schema/values.ts';

export const roundingSchema = object({
  mode: oneOf(...roundings),
  /** `line`: only what is billed; `unit`: each price that is then multiplied or added to others, too. */
  at: oneOf('line', 'unit'),
});
/** How an amount that falls between two cents is settled, and when. */
export interface RoundingRule extends Infer<typeof roundingSchema> {}

const modes = {
  half_up: 'au centime le plus proche, le demi-centime vers le haut',
  half_even: 'au centime le plus proche, le demi-centime vers le centime pair',
  down: 'au centime inférieur',
  up: 'au centime supérieur',
} as const;
const moments = { line: 'une fois par ligne', unit: 'pour chaque unité' } as const;

/** Completes « Arrondi : … ». */
export const roundingLine = ({ mode, at }: RoundingRule): string =>
  `${modes[mode]}, ${moments[at]}`;

/** Beyond ten million euros, either way, nothing is billed: somebody must look. */
const farthest = exactOf(1_000_000_000);
const isFar = (amount: Exact): boolean =>
  compareExact(amount, farthest) > 0 || compareExact(minus(exactOf(0), amount), farthest) > 0;

/** Whole cents, with a step where the rounding moved the amount. */
export function settled(
  { mode }: RoundingRule,
  amount: Exact,
  at: Path,
  trace: Trace,
): number | Unpriced {
  if (isFar(amount)) return { unpriced: 'reasonable', value: decimalText(amount) };
  const cents = rounded(amount, mode);
  if (!trace) return cents;
  const adds = minus(exactOf(cents), amount);
  if (adds.n !== 0n)
    trace.push({
      rule: ruleName(at),
      shape: 'rounding',
      adds,
      values: { mode, from: decimalText(amount), to: cents },
    });
  return cents;
}

/** A price that is multiplied or added to others: settled on its own where the town rounds each unit. */
export function perUnit(rule: PriceRule, rounding: RoundingRule): PriceRule {
  if (rounding.at === 'line') return rule;
  return (facts, trace) => {
    const amount = rule(facts, trace);
    if (isUnpriced(amount)) return amount;
    const cents = settled(rounding, amount, ['rounding'], trace);
    return typeof cents === 'number' ? exactOf(cents) : cents;
  };
}
