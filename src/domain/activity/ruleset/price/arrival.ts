import { exactOf } from '../../../kernel/exact.ts';
import { formatPrice } from '../../../kernel/french/money.ts';
import { formatTime } from '../../../kernel/french/times.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { cents, literal, localTime } from '../schema/values.ts';
import { ruleName, type PriceShape } from './priceRule.ts';
import { labelled } from './words.ts';

/** From that minute on, itself included, until the next step's. */
const step = object({ from: localTime, cents });
const schema = object({ type: literal('arrival'), steps: list(step, 1) });
/** An amount by the hour of arrival. */
export interface Arrival extends Infer<typeof schema> {}

export const arrival: PriceShape<Arrival> = {
  schema,
  faults({ steps }, at, _, report) {
    steps.forEach(({ from }, index) => {
      const here = [...at, 'steps', index, 'from'];
      const before = steps[index - 1]?.from;
      if (before === undefined && from !== '00:00')
        report(here, 'La première ligne part de "00:00".');
      if (before !== undefined && from <= before)
        report(here, 'Les lignes se suivent : chacune part de plus tard.');
      if (from === '24:00') report(here, 'Personne n’arrive après la fin du jour.');
    });
  },
  lines: ({ steps }) =>
    steps.flatMap(({ from, cents }, index) => {
      const next = steps[index + 1]?.from;
      const words =
        index > 0
          ? `arrivée à partir de ${formatTime(from)}`
          : next === undefined
            ? 'quelle que soit l’heure d’arrivée'
            : `arrivée avant ${formatTime(next)}`;
      return labelled(words, [formatPrice(cents)]);
    }),
  compile({ steps }, at) {
    const latestFirst = steps
      .map(({ from, cents }, index) => ({
        from,
        amount: exactOf(cents),
        rule: ruleName([...at, 'steps', index]),
      }))
      .reverse();
    return ({ arrival: time }, trace) => {
      if (time === undefined) return { unpriced: 'arrival' };
      const own = latestFirst.find(({ from }) => from <= time);
      if (!own) return { unpriced: 'arrival', value: time };
      trace?.push({
        rule: own.rule,
        shape: 'arrival',
        adds: own.amount,
        values: { arrival: time },
      });
      return own.amount;
    };
  },
};
