import {
  compareExact,
  decimalText,
  exactFrom,
  exactOf,
  minus,
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
  op: literal('retain_percent'),
  /** `"10"` keeps a tenth. */
  percent: decimal,
});
/** A part of the price stays due. */
export interface RetainPercent extends Infer<typeof schema> {}

const hundred = exactOf(100);
const hundredth = exactFrom('0.01');

export const retainPercent: AdjustmentShape<RetainPercent> = {
  schema,
  faults({ percent }, at, _, report) {
    if (compareExact(exactFrom(percent), hundred) > 0)
      report([...at, 'percent'], 'On ne retient pas plus de 100 % du prix.');
  },
  lines({ percent }) {
    const written = decimalText(exactFrom(percent));
    if (written === '0') return ['rien n’est dû'];
    if (written === '100') return ['le prix reste entièrement dû'];
    const verb = written === '1' ? 'reste dû' : 'restent dus';
    return [`${frenchDecimal(written)}${NBSP}% du prix ${verb}`];
  },
  compile({ percent }, at) {
    const share = times(exactFrom(percent), hundredth);
    const rule = ruleName(at);
    return (before, _, trace) => {
      const after = times(before, share);
      trace?.push({
        rule,
        shape: 'retain_percent',
        adds: minus(after, before),
        values: { percent },
      });
      return after;
    };
  },
};
