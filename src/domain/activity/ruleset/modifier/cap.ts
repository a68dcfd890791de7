import { compareExact, exactOf, minus } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { ruleName } from '../price/priceRule.ts';
import { labelled } from '../price/words.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({ type: literal('cap'), cents });
/** Never more than that: what the service costs for each user (code de l'éducation, R.531-53). */
export interface Cap extends Infer<typeof schema> {}

export const cap: ModifierShape<Cap> = {
  schema,
  faults(_, at, { earlier }, report) {
    if (earlier.some(({ type }) => type === 'membership'))
      report(at, 'L’adhésion s’ajoute au prix plafonné : elle vient après ce plafond.');
  },
  lines: ({ cents }) => labelled('dans tous les cas', [`au plus ${formatMoney(cents)}`]),
  compile({ cents }, at) {
    const most = exactOf(cents);
    const rule = ruleName(at);
    return (before, _, trace) => {
      if (compareExact(before, most) <= 0) return before;
      trace?.push({ rule, shape: 'cap', adds: minus(most, before), values: { cents } });
      return most;
    };
  },
};
