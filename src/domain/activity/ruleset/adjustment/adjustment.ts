import type { PriceContext } from '../price/priceRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import { reference, variants } from '../schema/structures.ts';
import { add, type Add } from './add.ts';
import type { AdjustmentRule, AdjustmentShape } from './adjustmentRule.ts';
import { multiply, type Multiply } from './multiply.ts';
import { replace, type Replace } from './replace.ts';
import { retainPercent, type RetainPercent } from './retainPercent.ts';
import { tariff, type Tariff } from './tariff.ts';

/** What a rule makes of an amount: the ways seen in real regulations, each in a file of its own. */
export type Adjustment = Replace | Add | Multiply | Tariff | RetainPercent;

type Shapes = { readonly [T in Adjustment['op']]: AdjustmentShape<Extract<Adjustment, { op: T }>> };
const shapes: Shapes = { replace, add, multiply, tariff, retain_percent: retainPercent };

/** By their word, for a rule that knows other effects besides. */
export const adjustmentSchemas: Readonly<Record<string, Schema<unknown>>> = Object.fromEntries(
  Object.entries(shapes).map(([op, shape]) => [op, shape.schema]),
);
const schema: Schema<Adjustment> = variants<Adjustment>('op', () => adjustmentSchemas);
/** Any adjustment, where a rule holds one. */
export const anyAdjustment: Schema<Adjustment> = reference('adjustment', () => schema);
/** What the published schema refers to. */
export const adjustmentDefinitions: Readonly<Record<string, Schema<unknown>>> = {
  adjustment: schema,
};

const shapeOf = (adjustment: Adjustment): AdjustmentShape<Adjustment> =>
  shapes[adjustment.op] as unknown as AdjustmentShape<Adjustment>;

export const adjustmentFaults = (
  adjustment: Adjustment,
  at: Path,
  context: PriceContext,
  report: Report,
): void => shapeOf(adjustment).faults(adjustment, at, context, report);

export const adjustmentLines = (adjustment: Adjustment, context: PriceContext): readonly string[] =>
  shapeOf(adjustment).lines(adjustment, context);

export const compileAdjustment = (
  adjustment: Adjustment,
  at: Path,
  context: PriceContext,
): AdjustmentRule => shapeOf(adjustment).compile(adjustment, at, context);
