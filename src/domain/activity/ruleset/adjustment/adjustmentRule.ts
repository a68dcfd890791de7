import type { Exact } from '../../../kernel/exact.ts';
import type { Amount, PriceContext, PriceFacts, Trace } from '../price/priceRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';

/**
 * An adjustment made ready once for a version: an amount becomes another. Pure, never throws. Its steps add what the
 * amount becomes, less what it was.
 */
export type AdjustmentRule = (amount: Exact, facts: PriceFacts, trace: Trace) => Amount;

/** One way to change an amount: how it is written, what the schema can't refuse, how it reads, and what it does. */
export interface AdjustmentShape<T> {
  readonly schema: Schema<T>;
  readonly faults: (adjustment: T, at: Path, context: PriceContext, report: Report) => void;
  /** Completes « Réservation tardive : … »; one line, or several for a tariff of its own. No full stop. */
  readonly lines: (adjustment: T, context: PriceContext) => readonly string[];
  readonly compile: (adjustment: T, at: Path, context: PriceContext) => AdjustmentRule;
}
