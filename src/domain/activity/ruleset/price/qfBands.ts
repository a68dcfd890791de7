import { decimalText, exactFrom, exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import type { Infer, Path } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { cents, decimal, literal } from '../schema/values.ts';
import { bandOf, byValue, shiftedBand } from './bounds.ts';
import { dearest } from './dearest.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from './price.ts';
import { ruleName, type PriceContext, type PriceRule, type PriceShape } from './priceRule.ts';
import { bandWords, labelled } from './words.ts';

const band = object({
  /** Lower bound, in the band; the next band's is out of it. */
  from: decimal,
  /** An amount, or else a price: one of the two. */
  cents: optional(cents),
  price: optional(anyPrice()),
});
type Band = Infer<typeof band>;
const schema = object({ type: literal('qf_bands'), bands: list(band, 1) });
/**
 * A price for each band of quotient familial; without a QF, the dearest row. A shift by a modifier moves a known QF
 * only: who brings no proof pays the highest price.
 */
export interface QfBands extends Infer<typeof schema> {}

export const qfBands: PriceShape<QfBands> = {
  schema,
  faults({ bands }, at, context, report) {
    bands.forEach(({ from, cents, price }, index) => {
      const here = [...at, 'bands', index];
      const before = bands[index - 1]?.from;
      if (before === undefined && byValue(from, '0') !== 0)
        report([...here, 'from'], 'La première tranche part de "0".');
      if (before !== undefined && byValue(before, from) >= 0)
        report([...here, 'from'], 'Les tranches se suivent : chacune part de plus haut.');
      if ((cents === undefined) === (price === undefined))
        report(here, 'Une tranche a soit « cents », soit « price ».');
      if (price) priceFaults(price, [...here, 'price'], context, report);
    });
  },
  lines: ({ bands }, context) =>
    bands.flatMap(({ from, cents = 0, price }, index) => {
      const words = bandWords(from, bands[index + 1]?.from);
      const lines = price ? priceLines(price, context) : [formatPrice(cents)];
      return words ? labelled(words, lines) : lines;
    }),
  compile({ bands }, at, context) {
    const bounds = bands.map(({ from }) => exactFrom(from));
    const rules = bands.map((one, index) => compileBand(one, [...at, 'bands', index], context));
    const highest = dearest(rules);
    const shift = context.bandShift ?? 0;
    return (facts, trace) => {
      const { qf } = facts;
      const rule =
        qf === 'highest'
          ? highest
          : (rules[shiftedBand(bandOf(qf, bounds), shift, bounds.length)] ?? highest);
      return rule(facts, trace);
    };
  },
  parts: ({ bands }) => bands.flatMap(({ price }) => price ?? []),
  hasBands: ({ bands }) => bands.length > 1,
};

function compileBand({ from, cents = 0, price }: Band, at: Path, context: PriceContext): PriceRule {
  if (price) return compilePrice(price, [...at, 'price'], context);
  const amount = exactOf(cents);
  const rule = ruleName(at);
  return ({ qf }, trace) => {
    trace?.push({
      rule,
      shape: 'qf_bands',
      adds: amount,
      values: { qf: qf === 'highest' ? qf : decimalText(qf), from },
    });
    return amount;
  };
}
