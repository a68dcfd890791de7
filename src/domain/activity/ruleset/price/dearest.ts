import { compareExact, type Exact } from '../../../kernel/exact.ts';
import { isUnpriced, type PriceRule } from './priceRule.ts';

/** The dearest of several prices for the same facts; the first of equals, and its steps alone. */
export const dearest =
  (rules: readonly PriceRule[]): PriceRule =>
  (facts, trace) => {
    let best: { amount: Exact; rule: PriceRule } | undefined;
    for (const rule of rules) {
      const amount = rule(facts, undefined);
      if (isUnpriced(amount)) return amount;
      if (!best || compareExact(amount, best.amount) > 0) best = { amount, rule };
    }
    if (!best) return { unpriced: 'reasonable' };
    return trace ? best.rule(facts, trace) : best.amount;
  };
