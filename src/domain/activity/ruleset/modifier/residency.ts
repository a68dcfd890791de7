import {
  adjustmentFaults,
  adjustmentLines,
  anyAdjustment,
  compileAdjustment,
} from '../adjustment/adjustment.ts';
import { labelled } from '../price/words.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal, oneOf } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({
  type: literal('residency'),
  when: oneOf('resident', 'outside'),
  effect: anyAdjustment,
});
/** Another price for those who live in the town, or who don't. */
export interface Residency extends Infer<typeof schema> {}

const labels = { resident: 'habitants de la commune', outside: 'hors commune' } as const;

export const residency: ModifierShape<Residency> = {
  schema,
  faults: ({ effect }, at, context, report) =>
    adjustmentFaults(effect, [...at, 'effect'], context, report),
  lines: ({ when, effect }, context) => labelled(labels[when], adjustmentLines(effect, context)),
  compile({ when, effect }, at, context) {
    const resident = when === 'resident';
    const change = compileAdjustment(effect, [...at, 'effect'], context);
    return (before, facts, trace) =>
      facts.resident === resident ? change(before, facts, trace) : before;
  },
};
