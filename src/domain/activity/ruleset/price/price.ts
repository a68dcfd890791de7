import type { Path, Report, Schema } from '../schema/schema.ts';
import { reference, variants } from '../schema/structures.ts';
import { arrival, type Arrival } from './arrival.ts';
import { byUnit, type ByUnit } from './byUnit.ts';
import { countTiers, type CountTiers } from './countTiers.ts';
import { durationTable, type DurationTable } from './durationTable.ts';
import { effortRate, type EffortRate } from './effortRate.ts';
import { exitSlices, type ExitSlices } from './exitSlices.ts';
import { flat, type Flat } from './flat.ts';
import { grid, type Grid } from './grid.ts';
import { gridCell } from './gridCell.ts';
import { metered, type Metered } from './metered.ts';
import { packagePrice, type Package } from './package.ts';
import type { PriceContext, PriceRule, PriceShape } from './priceRule.ts';
import { qfBands, type QfBands } from './qfBands.ts';
import { sum, type Sum } from './sum.ts';

/** How an amount is worked out: the shapes seen in real regulations, each in a file of its own. */
export type Price =
  | Flat
  | ByUnit
  | Sum
  | QfBands
  | EffortRate
  | Grid
  | Metered
  | DurationTable
  | ExitSlices
  | Arrival
  | Package
  | CountTiers;

type Shapes = { readonly [T in Price['type']]: PriceShape<Extract<Price, { type: T }>> };
/** Asked when used: shapes hold other prices, and so this file. */
const shapes = (): Shapes => ({
  flat,
  by_unit: byUnit,
  sum,
  qf_bands: qfBands,
  effort_rate: effortRate,
  grid,
  metered,
  duration_table: durationTable,
  exit_slices: exitSlices,
  arrival,
  package: packagePrice,
  count_tiers: countTiers,
});

const schema: Schema<Price> = variants<Price>('type', () =>
  Object.fromEntries(Object.entries(shapes()).map(([type, shape]) => [type, shape.schema])),
);
/** Any price, where a rule holds one. A function: shapes ask for it before this file has been run. */
export function anyPrice(): Schema<Price> {
  return reference('price', () => schema);
}
/** What the published schema refers to. */
export const priceDefinitions = (): Readonly<Record<string, Schema<unknown>>> => ({
  price: schema,
  grid_cell: gridCell,
});

const shapeOf = (price: Price): PriceShape<Price> =>
  shapes()[price.type] as unknown as PriceShape<Price>;

export const priceFaults = (price: Price, at: Path, context: PriceContext, report: Report): void =>
  shapeOf(price).faults(price, at, context, report);
export const priceLines = (price: Price, context: PriceContext): readonly string[] =>
  shapeOf(price).lines(price, context);
export const compilePrice = (price: Price, at: Path, context: PriceContext): PriceRule =>
  shapeOf(price).compile(price, at, context);

/** True when a price, or one that it holds, has bands of QF. */
export function hasBands(price: Price): boolean {
  const { hasBands: own, parts } = shapeOf(price);
  return own?.(price) === true || (parts?.(price).some(hasBands) ?? false);
}

/** True when a price, or one that it holds, depends on the quotient familial. */
export const usesQf = (price: Price): boolean =>
  price.type === 'effort_rate' ||
  hasBands(price) ||
  (shapeOf(price).parts?.(price).some(usesQf) ?? false);
