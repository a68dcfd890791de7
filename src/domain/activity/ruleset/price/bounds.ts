import { compareExact, exactFrom, isDecimal, type Exact } from '../../../kernel/exact.ts';

/** Where among rising lower bounds a value falls, `[from, next)`; 0 below the first. */
export function bandOf(value: Exact, bounds: readonly Exact[]): number {
  let band = bounds.length - 1;
  while (band > 0) {
    const bound = bounds[band];
    if (bound && compareExact(value, bound) >= 0) break;
    band -= 1;
  }
  return band;
}

/** Another band, a few further; the first and the last hold what would go beyond. */
export const shiftedBand = (band: number, by: number, count: number): number =>
  Math.min(Math.max(band + by, 0), count - 1);

/** Below zero when the first is the smaller; texts that are no number stay where they are. */
export const byValue = (a: string, b: string): number =>
  isDecimal(a) && isDecimal(b) ? compareExact(exactFrom(a), exactFrom(b)) : 0;
