import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import type { Price } from '../price/price.ts';
import type { PriceContext } from '../price/priceRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import type { Modifier } from './modifier.ts';

/** What stands around a modifier: the price that it changes, and the modifiers applied before it. */
export interface ModifierContext extends PriceContext {
  readonly price: Price;
  readonly priceAt: Path;
  readonly earlier: readonly Modifier[];
}

/** One reason to change a price: how it is written, what the schema can't refuse, how it reads, and what it does. */
export interface ModifierShape<T> {
  readonly schema: Schema<T>;
  readonly faults: (modifier: T, at: Path, context: ModifierContext, report: Report) => void;
  /** Whole lines: « Hors commune : supplément de 2,00 € ». No full stop. */
  readonly lines: (modifier: T, context: PriceContext) => readonly string[];
  readonly compile: (modifier: T, at: Path, context: ModifierContext) => AdjustmentRule;
}
