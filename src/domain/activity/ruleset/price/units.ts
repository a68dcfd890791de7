import { plus, zero } from '../../../kernel/exact.ts';
import type { Path, Report } from '../schema/schema.ts';
import { perUnit } from '../rounding.ts';
import { isUnpriced, type PriceContext, type PriceRule } from './priceRule.ts';

/** What stands around the price of one unit: only that unit is left to price. */
export const withinUnit = (unit: string, context: PriceContext): PriceContext => ({
  ...context,
  units: { [unit]: context.units[unit] ?? unit },
  unit,
});

/** Every unit that the activity sells needs a price, and only those have one. */
export function unitFaults(
  priced: readonly string[],
  at: Path,
  { units }: PriceContext,
  report: Report,
): void {
  for (const unit of priced)
    if (!Object.hasOwn(units, unit))
      report([...at, unit], `« ${unit} » n’est pas une unité de cette activité.`);
  for (const unit of Object.keys(units))
    if (!priced.includes(unit)) report(at, `Aucun tarif ne donne le prix de l’unité « ${unit} ».`);
}

/** Adds up what is taken, each as often as it is taken; a unit that no rule prices is said. */
export function sumOfUnits(
  rules: ReadonlyMap<string, PriceRule>,
  { unit: picked, rounding }: PriceContext,
): PriceRule {
  const settledRules = new Map([...rules].map(([unit, rule]) => [unit, perUnit(rule, rounding)]));
  const fixed = picked === undefined ? undefined : [picked];
  // One thing sold: it needs no name.
  const untold = rules.size === 1 ? [...rules.keys()] : [];
  return (facts, trace) => {
    const taken = fixed ?? (facts.units.length === 0 ? untold : facts.units);
    if (taken.length === 0) return { unpriced: 'unit' };
    let sum = zero;
    for (const unit of taken) {
      const rule = settledRules.get(unit);
      if (!rule) return { unpriced: 'unit', value: unit };
      const amount = rule(facts, trace);
      if (isUnpriced(amount)) return amount;
      sum = plus(sum, amount);
    }
    return sum;
  };
}
