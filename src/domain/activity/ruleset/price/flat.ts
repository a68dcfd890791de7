import { exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal } from '../schema/values.ts';
import type { PriceShape } from './priceRule.ts';
import { ruleName } from './priceRule.ts';

const schema = object({ type: literal('flat'), cents });
/** The same amount for everybody. */
export interface Flat extends Infer<typeof schema> {}

export const flat: PriceShape<Flat> = {
  schema,
  faults: () => undefined,
  lines: ({ cents }) => [formatPrice(cents)],
  compile({ cents }, at) {
    const amount = exactOf(cents);
    const step = { rule: ruleName(at), shape: 'flat', adds: amount, values: {} };
    return (_, trace) => {
      trace?.push(step);
      return amount;
    };
  },
};
