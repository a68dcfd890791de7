import { exactOf, larger, minus, plus, zero } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { ruleName } from '../price/priceRule.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, whole } from '../schema/values.ts';
import type { AdjustmentShape } from './adjustmentRule.ts';

const schema = object({
  op: literal('add'),
  /** Below zero: a reduction. */
  cents: whole(-10_000_000, 10_000_000, 'un montant en centimes entiers,'),
});
/** A supplement; or a reduction, which never makes a price negative. */
export interface Add extends Infer<typeof schema> {}

export const add: AdjustmentShape<Add> = {
  schema,
  faults: () => undefined,
  lines: ({ cents }) => [
    cents === 0
      ? 'tarif ordinaire'
      : cents > 0
        ? `supplément de ${formatMoney(cents)}`
        : `réduction de ${formatMoney(-cents)}`,
  ],
  compile({ cents }, at) {
    const supplement = exactOf(cents);
    const rule = ruleName(at);
    return (before, _, trace) => {
      const after = larger(plus(before, supplement), zero);
      trace?.push({ rule, shape: 'add', adds: minus(after, before), values: { cents } });
      return after;
    };
  },
};
