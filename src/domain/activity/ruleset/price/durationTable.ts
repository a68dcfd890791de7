import { exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { cents, literal, orNull, whole } from '../schema/values.ts';
import { ruleName, type PriceShape } from './priceRule.ts';
import { stayCounter, stayFaults, stayMembers, stayWords } from './stay.ts';
import { durationWords, labelled } from './words.ts';

const row = object({
  /** That long at most, held in the row; null: any longer time, in the last row only. */
  upToMinutes: orNull(whole(1, 1440, 'un nombre de minutes')),
  cents,
});
const schema = object({ type: literal('duration_table'), ...stayMembers, rows: list(row, 1) });
/** An amount by the length of the stay. */
export interface DurationTable extends Infer<typeof schema> {}

export const durationTable: PriceShape<DurationTable> = {
  schema,
  faults(price, at, _, report) {
    stayFaults(price, at, report);
    price.rows.forEach(({ upToMinutes }, index) => {
      const here = [...at, 'rows', index, 'upToMinutes'];
      const before = price.rows[index - 1]?.upToMinutes ?? 0;
      const last = index === price.rows.length - 1;
      if (last && upToMinutes !== null)
        report(here, 'La dernière ligne vaut pour toute durée plus longue : null.');
      if (!last && upToMinutes === null) report(here, 'Seule la dernière ligne est sans limite.');
      if (upToMinutes !== null && upToMinutes <= before)
        report(here, 'Les lignes se suivent : chacune va plus loin.');
    });
  },
  lines(price) {
    const stay = stayWords(price);
    return price.rows.flatMap(({ upToMinutes, cents }, index) => {
      const before = price.rows[index - 1]?.upToMinutes ?? null;
      const words =
        upToMinutes !== null
          ? `jusqu’à ${durationWords(upToMinutes)}`
          : before === null
            ? 'quelle que soit la durée'
            : `plus de ${durationWords(before)}`;
      return labelled(`${words}, ${stay}`, [formatPrice(cents)]);
    });
  },
  compile(price, at) {
    const minutesOf = stayCounter(price);
    const rows = price.rows.map(({ upToMinutes, cents }, index) => ({
      upTo: upToMinutes ?? Infinity,
      amount: exactOf(cents),
      rule: ruleName([...at, 'rows', index]),
    }));
    return (facts, trace) => {
      const minutes = minutesOf(facts);
      if (typeof minutes !== 'number') return minutes;
      const row = rows.find(({ upTo }) => minutes <= upTo);
      if (!row) return { unpriced: 'departure' };
      trace?.push({
        rule: row.rule,
        shape: 'duration_table',
        adds: row.amount,
        values: { minutes },
      });
      return row.amount;
    };
  },
};
