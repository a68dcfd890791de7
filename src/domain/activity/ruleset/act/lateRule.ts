import { compileAdjustment } from '../adjustment/adjustment.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import { compileOccurrences } from '../counter/occurrenceTable.ts';
import type { PriceContext } from '../price/priceRule.ts';
import type { Path } from '../schema/schema.ts';
import type { Late } from './late.ts';

/** What an act out of time becomes: taken with its amount changed, or not taken. */
export type LateOutcome =
  | { readonly outcome: 'accept'; readonly adjust: AdjustmentRule; readonly losesQf: boolean }
  | { readonly outcome: 'refuse' | 'waitlist' | 'manual' };

/** A late rule made ready once for a version: the how-many-th time, from 1, to what becomes of it. */
export type LateRule = (occurrence: number) => LateOutcome;

export function compileLate(rule: Late, at: Path, prices: PriceContext): LateRule {
  if (rule.outcome !== 'accept') return () => rule;
  const losesQf = rule.losesQf === true;
  const place = [...at, 'adjust'];
  if (!('rows' in rule.adjust)) {
    const adjust = compileAdjustment(rule.adjust, place, prices);
    return () => ({ outcome: 'accept', adjust, losesQf });
  }
  const pick = compileOccurrences(rule.adjust, place, prices);
  return (occurrence) => {
    const adjust = pick(occurrence);
    return adjust === 'refuse' ? { outcome: 'refuse' } : { outcome: 'accept', adjust, losesQf };
  };
}
