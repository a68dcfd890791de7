import {
  adjustmentFaults,
  adjustmentLines,
  adjustmentSchemas,
  compileAdjustment,
  type Adjustment,
} from '../adjustment/adjustment.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import {
  compileOccurrences,
  occurrenceFaults,
  occurrenceLines,
  occurrenceTable,
  type OccurrenceTable,
} from '../counter/occurrenceTable.ts';
import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import type { PriceContext } from '../price/priceRule.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { object, variants } from '../schema/structures.ts';
import { literal } from '../schema/values.ts';

const refuse = object({ op: literal('refuse') });
type Refuse = Infer<typeof refuse>;
const everyTime: Schema<Adjustment | Refuse> = variants<Adjustment | Refuse>('op', () => ({
  ...adjustmentSchemas,
  refuse,
}));

/** What a child costs who comes without a booking: the same every time, or told from how often it has happened. */
export type Unbooked = Adjustment | Refuse | OccurrenceTable;
const isTable = (rule: Unbooked): rule is OccurrenceTable => 'rows' in rule;
const hasRows = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'rows' in value;

export const unbooked: Schema<Unbooked> = {
  json: () => ({ oneOf: [everyTime.json(), occurrenceTable.json()] }),
  check: (value, at, report) =>
    (hasRows(value) ? occurrenceTable : everyTime).check(value, at, report),
};

export function unbookedFaults(
  rule: Unbooked,
  at: Path,
  deadlines: DeadlineContext,
  prices: PriceContext,
  report: Report,
): void {
  if (isTable(rule)) occurrenceFaults(rule, at, deadlines, prices, report);
  else if (rule.op !== 'refuse') adjustmentFaults(rule, at, prices, report);
}

/** Completes « Présence sans réservation : … ». */
export function unbookedLines(rule: Unbooked, prices: PriceContext): readonly string[] {
  if (isTable(rule)) return occurrenceLines(rule, prices);
  return rule.op === 'refuse' ? ['l’enfant n’est pas accueilli'] : adjustmentLines(rule, prices);
}

/** What is done of the price; `untold`: the rule asks how often it has happened, and nobody told. */
export type UnbookedRule = (occurrence?: number) => AdjustmentRule | 'refuse' | 'untold';

export function compileUnbooked(rule: Unbooked, at: Path, prices: PriceContext): UnbookedRule {
  if (!isTable(rule)) {
    const same = rule.op === 'refuse' ? rule.op : compileAdjustment(rule, at, prices);
    return () => same;
  }
  const pick = compileOccurrences(rule, at, prices);
  if (rule.rows.length === 1) return () => pick(1);
  return (occurrence) => (occurrence === undefined ? 'untold' : pick(occurrence));
}
