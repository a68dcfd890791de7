import { exactOf, plus } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { ruleName } from '../price/priceRule.ts';
import { labelled } from '../price/words.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal, oneOf } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({
  type: literal('membership'),
  cents,
  period: oneOf('month', 'term', 'year'),
  /** Who pays it once. */
  per: oneOf('child', 'family'),
});
/** A fee due once in each period, with what is billed first in it: the facts say whether it is due. */
export interface Membership extends Infer<typeof schema> {}

const payers = { child: 'par enfant', family: 'par famille' } as const;
const periods = { month: 'par mois', term: 'par trimestre', year: 'par an' } as const;

export const membership: ModifierShape<Membership> = {
  schema,
  faults: () => undefined,
  lines: ({ cents, period, per }) =>
    labelled('adhésion', [`${formatMoney(cents)} ${payers[per]} et ${periods[period]}`]),
  compile({ cents, period, per }, at) {
    const fee = exactOf(cents);
    const step = { rule: ruleName(at), shape: 'membership', adds: fee, values: { period, per } };
    return (before, { membershipDue }, trace) => {
      if (membershipDue !== true) return before;
      trace?.push(step);
      return plus(before, fee);
    };
  },
};
