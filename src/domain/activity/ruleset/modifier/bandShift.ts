import { minus } from '../../../kernel/exact.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import { compilePrice, hasBands } from '../price/price.ts';
import { isUnpriced, ruleName } from '../price/priceRule.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, whole } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({
  op: literal('band_shift'),
  /** -1: the next lower band; the first and the last band hold what would go beyond. */
  bands: whole(-20, 20, 'un nombre de tranches'),
});
/**
 * The price of another band of QF. The price is compiled a second time with that shift, so that nothing is looked for
 * at each call; a family without a QF keeps the highest price.
 */
export interface BandShift extends Infer<typeof schema> {}

export const bandShift: ModifierShape<BandShift> = {
  schema,
  faults({ bands }, at, { price, earlier }, report) {
    if (bands === 0) report([...at, 'bands'], 'Un décalage de 0 tranche ne change rien.');
    if (!hasBands(price)) report(at, 'Ce tarif n’a pas de tranches de quotient familial.');
    if (earlier.some((one) => one.type !== 'sibling' || one.effect.op !== 'band_shift'))
      report(at, 'Changer de tranche porte sur le prix de base : cette règle vient en premier.');
  },
  lines({ bands }) {
    const side = bands < 0 ? 'inférieure' : 'supérieure';
    const count = Math.abs(bands);
    return [
      count === 1
        ? `prix de la tranche de QF ${side}`
        : `prix ${count}${NBSP}tranches de QF ${bands < 0 ? 'plus bas' : 'plus haut'}`,
    ];
  },
  compile({ bands }, at, context) {
    const other = compilePrice(context.price, context.priceAt, { ...context, bandShift: bands });
    const rule = ruleName(at);
    return (before, facts, trace) => {
      const after = other(facts, undefined);
      if (isUnpriced(after)) return after;
      trace?.push({ rule, shape: 'band_shift', adds: minus(after, before), values: { bands } });
      return after;
    };
  },
};
