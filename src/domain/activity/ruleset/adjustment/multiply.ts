import {
  compareExact,
  decimalText,
  exactFrom,
  exactOf,
  minus,
  one,
  times,
} from '../../../kernel/exact.ts';
import { frenchDecimal } from '../../../kernel/french/numbers.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import { ruleName } from '../price/priceRule.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { decimal, literal } from '../schema/values.ts';
import type { AdjustmentShape } from './adjustmentRule.ts';

const schema = object({
  op: literal('multiply'),
  /** `"1.5"` is half as much again, `"0.75"` a quarter off. */
  factor: decimal,
});
/** So many times the price. */
export interface Multiply extends Infer<typeof schema> {}

const hundred = exactOf(100);

export const multiply: AdjustmentShape<Multiply> = {
  schema,
  faults({ factor }, at, _, report) {
    if (compareExact(exactFrom(factor), hundred) > 0)
      report([...at, 'factor'], 'Ce facteur dépasse 100.');
  },
  lines: ({ factor }) => [factorWords(factor)],
  compile({ factor }, at) {
    const by = exactFrom(factor);
    const rule = ruleName(at);
    return (before, _, trace) => {
      const after = times(before, by);
      trace?.push({ rule, shape: 'multiply', adds: minus(after, before), values: { factor } });
      return after;
    };
  },
};

const plainWords: Readonly<Record<string, string>> = {
  '0': 'gratuit',
  '0.5': 'demi-tarif',
  '1': 'tarif ordinaire',
  '2': 'tarif doublé',
  '3': 'tarif triplé',
};

/** « tarif majoré de 50 % », « réduction de 25 % », « demi-tarif » */
function factorWords(factor: string): string {
  const by = exactFrom(factor);
  const plain = plainWords[decimalText(by)];
  if (plain) return plain;
  const change = minus(by, one);
  const percent = (size: typeof change): string =>
    `${frenchDecimal(decimalText(times(size, hundred)))}${NBSP}%`;
  return change.n > 0n
    ? `tarif majoré de ${percent(change)}`
    : `réduction de ${percent(minus(one, by))}`;
}
