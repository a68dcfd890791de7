import type { Infer } from '../schema/schema.ts';
import { object, record } from '../schema/structures.ts';
import { code, literal } from '../schema/values.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from './price.ts';
import type { PriceShape } from './priceRule.ts';
import { sumOfUnits, unitFaults, withinUnit } from './units.ts';
import { labelled } from './words.ts';

const schema = object({ type: literal('by_unit'), units: record(code, anyPrice()) });
/** A price for each thing sold: morning, evening, minibus; what is taken twice is due twice. */
export interface ByUnit extends Infer<typeof schema> {}

export const byUnit: PriceShape<ByUnit> = {
  schema,
  faults({ units }, at, context, report) {
    unitFaults(Object.keys(units), [...at, 'units'], context, report);
    for (const [unit, price] of Object.entries(units))
      priceFaults(price, [...at, 'units', unit], withinUnit(unit, context), report);
  },
  lines: ({ units }, context) =>
    Object.entries(units).flatMap(([unit, price]) => {
      const lines = priceLines(price, withinUnit(unit, context));
      return context.unit === unit ? lines : labelled(context.units[unit] ?? unit, lines);
    }),
  compile({ units }, at, context) {
    const rules = Object.entries(units).map(
      ([unit, price]) =>
        [unit, compilePrice(price, [...at, 'units', unit], withinUnit(unit, context))] as const,
    );
    return sumOfUnits(new Map(rules), context);
  },
  parts: ({ units }) => Object.values(units),
};
