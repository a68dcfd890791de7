import { exactOf, zero } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import { plural } from '../../../kernel/french/words.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { cents, literal, oneOf, whole } from '../schema/values.ts';
import { ruleName, type PriceShape } from './priceRule.ts';
import { labelled } from './words.ts';

const visits = optional(whole(1, 366, 'un nombre de venues'));
const tier = object({
  /** Just so many visits, or else (the last tier) so many and more: one of the two. */
  count: visits,
  from: visits,
  cents,
});
const schema = object({
  type: literal('count_tiers'),
  window: oneOf('week', 'month', 'period', 'term', 'school_year'),
  tiers: list(tier, 1),
});
/** What is due in all for the visits of a window: one, two, more. */
export interface CountTiers extends Infer<typeof schema> {}

export const countTiers: PriceShape<CountTiers> = {
  schema,
  faults({ tiers }, at, _, report) {
    tiers.forEach(({ count, from }, index) => {
      const here = [...at, 'tiers', index];
      const last = index === tiers.length - 1;
      if ((count === undefined) === (from === undefined)) {
        report(here, 'Un palier a soit « count », soit « from ».');
        return;
      }
      if (last && from === undefined)
        report(
          [...here, 'count'],
          'Le dernier palier vaut pour toutes les venues suivantes : « from ».',
        );
      if (!last && count === undefined)
        report([...here, 'from'], 'Seul le dernier palier vaut pour les venues suivantes.');
      if ((count ?? from) !== index + 1)
        report(
          [...here, count === undefined ? 'from' : 'count'],
          `Les paliers se suivent sans trou : ici, ${index + 1}.`,
        );
    });
  },
  lines: ({ tiers, window }) =>
    tiers.flatMap(({ count, from = 1, cents }) => {
      const words =
        count === undefined ? `à partir de ${plural(from, 'venue')}` : plural(count, 'venue');
      return labelled(`${words} ${windows[window]}`, [formatPrice(cents)]);
    }),
  compile({ tiers, window }, at) {
    const amounts = tiers.map(({ cents }, index) => ({
      amount: exactOf(cents),
      rule: ruleName([...at, 'tiers', index]),
    }));
    const whole = ruleName(at);
    return ({ count }, trace) => {
      if (count === undefined) return { unpriced: 'count' };
      if (!Number.isInteger(count) || count < 0) return { unpriced: 'count', value: String(count) };
      const tier = amounts[Math.min(count, amounts.length) - 1];
      const { amount, rule } = tier ?? { amount: zero, rule: whole };
      trace?.push({ rule, shape: 'count_tiers', adds: amount, values: { count, window } });
      return amount;
    };
  },
};

const windows = {
  week: 'dans la semaine',
  month: 'dans le mois',
  period: 'dans la période',
  term: 'dans le trimestre',
  school_year: 'dans l’année scolaire',
} as const;
