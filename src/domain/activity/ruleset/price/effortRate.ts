import {
  compareExact,
  decimalText,
  exactFrom,
  exactOf,
  times,
  type Exact,
} from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { frenchDecimal } from '../../../kernel/french/numbers.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { cents, decimal, literal } from '../schema/values.ts';
import { ruleName, type PriceShape } from './priceRule.ts';

const schema = object({
  type: literal('effort_rate'),
  /** Euros for each point of QF: `"0.0036"` is 0,36 %. */
  rate: decimal,
  floor: optional(cents),
  ceiling: cents,
});
/** A share of the quotient familial, between a floor and a ceiling (taux d'effort). */
export interface EffortRate extends Infer<typeof schema> {}

const hundred = exactOf(100);

export const effortRate: PriceShape<EffortRate> = {
  schema,
  faults({ floor, ceiling }, at, _, report) {
    if (floor !== undefined && floor > ceiling)
      report([...at, 'floor'], 'Le plancher dépasse le plafond.');
  },
  lines({ rate, floor, ceiling }) {
    const percent = frenchDecimal(decimalText(times(exactFrom(rate), hundred)));
    const least = floor === undefined ? '' : `, au moins ${formatMoney(floor)}`;
    return [`${percent}${NBSP}% du quotient familial${least}, au plus ${formatMoney(ceiling)}`];
  },
  compile({ rate, floor = 0, ceiling }, at) {
    const [low, high] = [exactOf(floor), exactOf(ceiling)];
    const centsPerPoint = times(exactFrom(rate), hundred);
    const rule = ruleName(at);
    return ({ qf }, trace) => {
      const share = qf === 'highest' ? undefined : times(qf, centsPerPoint);
      const [adds, bound] = within(share, low, high);
      trace?.push({
        rule,
        shape: 'effort_rate',
        adds,
        values: { qf: qf === 'highest' ? qf : decimalText(qf), rate, bound },
      });
      return adds;
    };
  },
};

type Bound = 'none' | 'floor' | 'ceiling';
function within(share: Exact | undefined, low: Exact, high: Exact): [Exact, Bound] {
  if (!share || compareExact(share, high) >= 0) return [high, 'ceiling'];
  return compareExact(share, low) <= 0 ? [low, 'floor'] : [share, 'none'];
}
