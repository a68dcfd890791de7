import { plus, zero } from '../../../kernel/exact.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { literal, words } from '../schema/values.ts';
import { perUnit } from '../rounding.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from './price.ts';
import { isUnpriced, type PriceShape } from './priceRule.ts';
import { labelled } from './words.ts';

const schema = object({
  type: literal('sum'),
  parts: list(object({ label: words(80), price: anyPrice() }), 1),
});
/** Several prices due together: session, meal, snack. */
export interface Sum extends Infer<typeof schema> {}

export const sum: PriceShape<Sum> = {
  schema,
  faults({ parts }, at, context, report) {
    const labels = parts.map(({ label }) => label.trim());
    parts.forEach(({ price }, index) => {
      const label = labels[index] ?? '';
      if (labels.indexOf(label) < index)
        report([...at, 'parts', index, 'label'], `« ${label} » nomme déjà une autre part.`);
      priceFaults(price, [...at, 'parts', index, 'price'], context, report);
    });
  },
  lines: ({ parts }, context) =>
    parts.flatMap(({ label, price }) => labelled(label, priceLines(price, context))),
  compile({ parts }, at, context) {
    const rules = parts.map(({ price }, index) =>
      perUnit(compilePrice(price, [...at, 'parts', index, 'price'], context), context.rounding),
    );
    return (facts, trace) => {
      let total = zero;
      for (const rule of rules) {
        const amount = rule(facts, trace);
        if (isUnpriced(amount)) return amount;
        total = plus(total, amount);
      }
      return total;
    };
  },
  parts: ({ parts }) => parts.map(({ price }) => price),
};
