import { exactOf, minus } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { ruleName } from '../price/priceRule.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal } from '../schema/values.ts';
import type { AdjustmentShape } from './adjustmentRule.ts';

const schema = object({ op: literal('replace'), cents });
/** Another amount, whatever the price was. */
export interface Replace extends Infer<typeof schema> {}

export const replace: AdjustmentShape<Replace> = {
  schema,
  faults: () => undefined,
  lines: ({ cents }) => [cents === 0 ? 'gratuit' : `${formatMoney(cents)} au lieu du tarif`],
  compile({ cents }, at) {
    const after = exactOf(cents);
    const rule = ruleName(at);
    return (before, _, trace) => {
      trace?.push({ rule, shape: 'replace', adds: minus(after, before), values: { cents } });
      return after;
    };
  },
};
