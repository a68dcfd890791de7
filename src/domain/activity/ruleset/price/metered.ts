import {
  decimalText,
  exactOf,
  larger,
  minus,
  smaller,
  times,
  zero,
} from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import type { Infer } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { cents, literal, oneOf, whole } from '../schema/values.ts';
import { perUnit } from '../rounding.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from './price.ts';
import { isUnpriced, ruleName, type PriceShape } from './priceRule.ts';
import { slotMinutes, stayCounter, stayFaults, stayMembers, stayWords } from './stay.ts';
import { durationWords } from './words.ts';

const minutes = whole(1, 1440, 'un nombre de minutes');
const schema = object({
  type: literal('metered'),
  ...stayMembers,
  stepMinutes: minutes,
  /** A step begun is due, or only a whole one. */
  counts: oneOf('started', 'completed'),
  perStep: anyPrice(),
  /** Fewer minutes count as that many. */
  minMinutes: optional(minutes),
  maxMinutes: optional(minutes),
  minCents: optional(cents),
  maxCents: optional(cents),
});
/** Time that is measured: so much for each quarter or half of an hour. */
export interface Metered extends Infer<typeof schema> {}

export const metered: PriceShape<Metered> = {
  schema,
  faults(price, at, context, report) {
    const { minMinutes = 0, maxMinutes = 1440, minCents = 0, maxCents = Infinity } = price;
    stayFaults(price, at, report);
    if (price.stepMinutes > slotMinutes(price) && price.slot.start < price.slot.end)
      report([...at, 'stepMinutes'], 'Le pas dépasse la durée du créneau.');
    if (minMinutes > maxMinutes) report([...at, 'minMinutes'], 'Le minimum dépasse le maximum.');
    if (minCents > maxCents) report([...at, 'minCents'], 'Le minimum dépasse le maximum.');
    priceFaults(price.perStep, [...at, 'perStep'], context, report);
  },
  lines: (price, context) =>
    priceLines(price.perStep, context).map(
      (line) => `${line} ${stepWords(price)}, ${stayWords(price)}${boundWords(price)}`,
    ),
  compile(price, at, context) {
    const { stepMinutes, counts, minMinutes = 0, maxMinutes = 1440, minCents = 0 } = price;
    const steps = counts === 'started' ? Math.ceil : Math.floor;
    const [least, most] = [exactOf(minCents), price.maxCents];
    const highest = most === undefined ? undefined : exactOf(most);
    const minutesOf = stayCounter(price);
    const step = perUnit(
      compilePrice(price.perStep, [...at, 'perStep'], context),
      context.rounding,
    );
    const rule = ruleName(at);
    return (facts, trace) => {
      const stayed = minutesOf(facts);
      if (typeof stayed !== 'number') return stayed;
      const perStep = step(facts, trace);
      if (isUnpriced(perStep)) return perStep;
      const count = steps(Math.min(Math.max(stayed, minMinutes), maxMinutes) / stepMinutes);
      const due = larger(count === 0 ? zero : times(perStep, exactOf(count)), least);
      const amount = highest ? smaller(due, highest) : due;
      trace?.push({
        rule,
        shape: 'metered',
        adds: minus(amount, perStep),
        values: { minutes: stayed, steps: count, stepMinutes, perStep: decimalText(perStep) },
      });
      return amount;
    };
  },
  parts: ({ perStep }) => [perStep],
};

/** « par demi-heure commencée », « par tranche complète de 10 min » */
function stepWords({ stepMinutes, counts }: Metered): string {
  const done = counts === 'started' ? 'commencé' : 'complet';
  const feminine = counts === 'started' ? 'commencée' : 'complète';
  if (stepMinutes === 1) return `par minute ${feminine}`;
  if (stepMinutes === 15) return `par quart d’heure ${done}`;
  if (stepMinutes === 30) return `par demi-heure ${feminine}`;
  if (stepMinutes === 60) return `par heure ${feminine}`;
  return `par tranche ${feminine} de ${durationWords(stepMinutes)}`;
}

function boundWords({ minMinutes, maxMinutes, minCents, maxCents }: Metered): string {
  const bounds = [
    ...(minMinutes === undefined ? [] : [`au moins ${durationWords(minMinutes)}`]),
    ...(maxMinutes === undefined ? [] : [`au plus ${durationWords(maxMinutes)}`]),
    ...(minCents === undefined ? [] : [`au moins ${formatMoney(minCents)}`]),
    ...(maxCents === undefined ? [] : [`au plus ${formatMoney(maxCents)}`]),
  ];
  return bounds.map((bound) => `, ${bound}`).join('');
}
