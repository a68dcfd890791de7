import { minus, zero } from '../../../kernel/exact.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from '../price/price.ts';
import { ruleName } from '../price/priceRule.ts';
import { labelled } from '../price/words.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal } from '../schema/values.ts';
import type { AdjustmentShape } from './adjustmentRule.ts';

const schema = object({ op: literal('tariff'), price: anyPrice() });
/** Another tariff: the amount is worked out anew, and what it was is taken off in a step of its own. */
export interface Tariff extends Infer<typeof schema> {}

export const tariff: AdjustmentShape<Tariff> = {
  schema,
  faults: ({ price }, at, context, report) => priceFaults(price, [...at, 'price'], context, report),
  lines: ({ price }, context) => labelled('tarif particulier', priceLines(price, context)),
  compile({ price }, at, context) {
    const instead = compilePrice(price, [...at, 'price'], context);
    const rule = ruleName(at);
    return (before, facts, trace) => {
      trace?.push({ rule, shape: 'tariff', adds: minus(zero, before), values: {} });
      return instead(facts, trace);
    };
  },
};
