import {
  adjustmentFaults,
  adjustmentLines,
  anyAdjustment,
  type Adjustment,
} from '../adjustment/adjustment.ts';
import {
  occurrenceFaults,
  occurrenceLines,
  occurrenceTable,
  type OccurrenceTable,
} from '../counter/occurrenceTable.ts';
import { labelled } from '../price/words.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { object, optional, variants } from '../schema/structures.ts';
import { flag, literal } from '../schema/values.ts';
import type { ActContext } from './actContext.ts';

/** One adjustment for all, or one that depends on how often it has happened. */
export type LateAdjust = Adjustment | OccurrenceTable;
const isTable = (adjust: LateAdjust): adjust is OccurrenceTable => 'rows' in adjust;
const adjust: Schema<LateAdjust> = {
  json: () => ({ oneOf: [anyAdjustment.json(), occurrenceTable.json()] }),
  check: (value, at, report) =>
    (typeof value === 'object' && value !== null && 'rows' in value
      ? occurrenceTable
      : anyAdjustment
    ).check(value, at, report),
};

const outcomes = {
  refuse: object({ outcome: literal('refuse') }),
  accept: object({
    outcome: literal('accept'),
    adjust,
    /** The price is that of a family without quotient familial. */
    losesQf: optional(flag),
  }),
  waitlist: object({ outcome: literal('waitlist') }),
  manual: object({ outcome: literal('manual') }),
} as const;
/** What becomes of an act out of time. */
export type Late = Infer<(typeof outcomes)[keyof typeof outcomes]>;
export const late: Schema<Late> = variants<Late>('outcome', () => outcomes);

export function lateFaults(
  rule: Late,
  at: Path,
  { deadlines, prices }: ActContext,
  report: Report,
): void {
  if (rule.outcome !== 'accept') return;
  const place = [...at, 'adjust'];
  if (isTable(rule.adjust)) occurrenceFaults(rule.adjust, place, deadlines, prices, report);
  else adjustmentFaults(rule.adjust, place, prices, report);
}

const settled = {
  refuse: 'hors délai, la demande est refusée',
  waitlist: 'hors délai, la demande est placée sur liste d’attente',
  manual: 'hors délai, le service décide au cas par cas, selon les places',
} as const;

export function lateLines(rule: Late, { prices }: ActContext): string[] {
  if (rule.outcome !== 'accept') return [settled[rule.outcome]];
  const adjusted = isTable(rule.adjust)
    ? occurrenceLines(rule.adjust, prices)
    : adjustmentLines(rule.adjust, prices);
  const qf = rule.losesQf ? ['hors délai, le quotient familial n’est pas appliqué'] : [];
  return [...labelled('hors délai', adjusted), ...qf];
}
