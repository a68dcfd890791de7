import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import type { PriceContext } from '../price/priceRule.ts';

/** What stands around an act in its ruleset. */
export interface ActContext {
  readonly deadlines: DeadlineContext;
  /** Units that the activity sells, among others. */
  readonly prices: PriceContext;
  /** `annual_days`, `planning`, `occasional`, or words of the town's. */
  readonly regimes: readonly string[];
}
