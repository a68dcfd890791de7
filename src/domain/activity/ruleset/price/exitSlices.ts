import { exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import { formatTime } from '../../../kernel/french/times.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { cents, literal, localTime, oneOf, orNull } from '../schema/values.ts';
import { ruleName, type PriceShape } from './priceRule.ts';
import { labelled } from './words.ts';

const row = object({
  /** Departure until then; null: later, in the last row only. */
  until: orNull(localTime),
  cents,
});
const schema = object({
  type: literal('exit_slices'),
  /** Whether a departure on the very minute is still in the row. */
  boundary: oneOf('exclusive', 'inclusive'),
  rows: list(row, 1),
});
/** An amount by the hour of departure. */
export interface ExitSlices extends Infer<typeof schema> {}

export const exitSlices: PriceShape<ExitSlices> = {
  schema,
  faults({ rows }, at, _, report) {
    rows.forEach(({ until }, index) => {
      const here = [...at, 'rows', index, 'until'];
      const before = rows[index - 1]?.until ?? null;
      const last = index === rows.length - 1;
      if (last && until !== null)
        report(here, 'La dernière ligne vaut pour tout départ plus tardif : null.');
      if (!last && until === null) report(here, 'Seule la dernière ligne est sans limite.');
      if (until !== null && before !== null && until <= before)
        report(here, 'Les lignes se suivent : chacune va plus tard.');
    });
  },
  lines({ rows, boundary }) {
    const [until, after] =
      boundary === 'inclusive'
        ? ['départ jusqu’à', 'départ après']
        : ['départ avant', 'départ à partir de'];
    return rows.flatMap(({ until: own, cents }, index) => {
      const before = rows[index - 1]?.until ?? null;
      const words =
        own !== null
          ? `${until} ${formatTime(own)}`
          : before === null
            ? 'quelle que soit l’heure du départ'
            : `${after} ${formatTime(before)}`;
      return labelled(words, [formatPrice(cents)]);
    });
  },
  compile({ rows, boundary }, at) {
    const slices = rows.map(({ until, cents }, index) => ({
      until,
      amount: exactOf(cents),
      rule: ruleName([...at, 'rows', index]),
    }));
    const inclusive = boundary === 'inclusive';
    return ({ departure }, trace) => {
      if (departure === undefined) return { unpriced: 'departure' };
      const slice = slices.find(
        ({ until }) => until === null || departure < until || (inclusive && departure === until),
      );
      if (!slice) return { unpriced: 'departure', value: departure };
      trace?.push({
        rule: slice.rule,
        shape: 'exit_slices',
        adds: slice.amount,
        values: { departure },
      });
      return slice.amount;
    };
  },
};
