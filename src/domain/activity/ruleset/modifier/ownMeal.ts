import {
  adjustmentFaults,
  adjustmentLines,
  anyAdjustment,
  compileAdjustment,
} from '../adjustment/adjustment.ts';
import { labelled } from '../price/words.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal } from '../schema/values.ts';
import type { ModifierShape } from './modifierRule.ts';

const schema = object({ type: literal('own_meal'), effect: anyAdjustment });
/** Another price for a child who brings the meal from home, most often under a PAI (allergies). */
export interface OwnMeal extends Infer<typeof schema> {}

export const ownMeal: ModifierShape<OwnMeal> = {
  schema,
  faults: ({ effect }, at, context, report) =>
    adjustmentFaults(effect, [...at, 'effect'], context, report),
  lines: ({ effect }, context) =>
    labelled('repas apporté par la famille (PAI)', adjustmentLines(effect, context)),
  compile({ effect }, at, context) {
    const change = compileAdjustment(effect, [...at, 'effect'], context);
    return (before, facts, trace) => (facts.ownMeal ? change(before, facts, trace) : before);
  },
};
