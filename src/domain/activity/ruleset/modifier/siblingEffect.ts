import {
  adjustmentFaults,
  adjustmentLines,
  adjustmentSchemas,
  compileAdjustment,
  type Adjustment,
} from '../adjustment/adjustment.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import type { PriceContext, RankMeaning } from '../price/priceRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import { reference, variants } from '../schema/structures.ts';
import { bandShift, type BandShift } from './bandShift.ts';
import { familyPackage, type FamilyPackage } from './familyPackage.ts';
import type { ModifierContext } from './modifierRule.ts';

/** What a rank among siblings changes: an adjustment, the band of QF, or a price for the family. */
export type SiblingEffect = Adjustment | BandShift | FamilyPackage;

const schema: Schema<SiblingEffect> = variants<SiblingEffect>('op', () => ({
  ...adjustmentSchemas,
  band_shift: bandShift.schema,
  family_package: familyPackage.schema,
}));
export const siblingEffect: Schema<SiblingEffect> = reference('sibling_effect', () => schema);
/** What the published schema refers to. */
export const siblingDefinitions: Readonly<Record<string, Schema<unknown>>> = {
  sibling_effect: schema,
};

export function effectFaults(
  effect: SiblingEffect,
  at: Path,
  context: ModifierContext,
  report: Report,
): void {
  if (effect.op === 'band_shift') bandShift.faults(effect, at, context, report);
  else if (effect.op === 'family_package') familyPackage.faults(effect, at, context, report);
  else adjustmentFaults(effect, at, context, report);
}

export function effectLines(effect: SiblingEffect, context: PriceContext): readonly string[] {
  if (effect.op === 'band_shift') return bandShift.lines(effect, context);
  if (effect.op === 'family_package') return familyPackage.lines(effect, context);
  return adjustmentLines(effect, context);
}

export function compileEffect(
  effect: SiblingEffect,
  rankBy: RankMeaning,
  at: Path,
  context: ModifierContext,
): AdjustmentRule {
  if (effect.op === 'band_shift') return bandShift.compile(effect, at, context);
  if (effect.op === 'family_package') return familyPackage.compile(effect, at, rankBy);
  return compileAdjustment(effect, at, context);
}
