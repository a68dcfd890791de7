import { NBSP } from '../../../kernel/french/typography.ts';
import {
  adjustmentFaults,
  adjustmentLines,
  adjustmentSchemas,
  compileAdjustment,
  type Adjustment,
} from '../adjustment/adjustment.ts';
import type { AdjustmentRule } from '../adjustment/adjustmentRule.ts';
import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import type { PriceContext } from '../price/priceRule.ts';
import { labelled } from '../price/words.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { list, object, optional, variants } from '../schema/structures.ts';
import { literal, whole } from '../schema/values.ts';
import { counterFaults, counterMembers, counterWords, resetWords } from './counter.ts';

const refuse = object({ op: literal('refuse') });
/** What becomes of an occurrence: its amount is changed, or it is refused. */
export type OccurrenceEffect = Adjustment | Infer<typeof refuse>;
const effect: Schema<OccurrenceEffect> = variants<OccurrenceEffect>('op', () => ({
  ...adjustmentSchemas,
  refuse,
}));

const times = whole(1, 1000, 'un nombre de fois');
const row = object({
  fromOccurrence: times,
  /** The last row has none: it holds for all that follow. */
  toOccurrence: optional(times),
  adjust: effect,
});
export const occurrenceTable = object({ ...counterMembers, rows: list(row, 1) });
/** « la 1re fois… dès la 2e… »: what happens depends on how often it has happened. */
export interface OccurrenceTable extends Infer<typeof occurrenceTable> {}
type Row = Infer<typeof row>;

/** From the first time on, no time left out, none told twice, and the last row for ever. */
export function occurrenceFaults(
  table: OccurrenceTable,
  at: Path,
  deadlines: DeadlineContext,
  prices: PriceContext,
  report: Report,
): void {
  counterFaults(table, at, deadlines, report);
  table.rows.forEach((own, index) => {
    const place = [...at, 'rows', index];
    const reason = misplaced(own.fromOccurrence, table.rows[index - 1]);
    if (reason) report([...place, 'fromOccurrence'], reason);
    if (own.toOccurrence !== undefined && own.toOccurrence < own.fromOccurrence)
      report([...place, 'toOccurrence'], 'La dernière fois précède la première.');
    if (own.toOccurrence !== undefined && index === table.rows.length - 1)
      report([...place, 'toOccurrence'], 'Aucune ligne ne dit ce qui vient ensuite.');
    if (own.adjust.op !== 'refuse')
      adjustmentFaults(own.adjust, [...place, 'adjust'], prices, report);
  });
}

function misplaced(from: number, before: Row | undefined): string | undefined {
  if (!before) return from === 1 ? undefined : 'La première ligne doit partir de la 1re fois.';
  if (before.toOccurrence === undefined) return 'La ligne précédente vaut déjà pour la suite.';
  if (from <= before.toOccurrence) return 'Cette ligne recouvre la précédente.';
  return from === before.toOccurrence + 1
    ? undefined
    : 'Des fois manquent entre la ligne précédente et celle-ci.';
}

const nth = (n: number): string => (n === 1 ? '1re' : `${n}e`);
function timesWords({ fromOccurrence: from, toOccurrence: to }: Row): string {
  if (to === undefined) return from === 1 ? 'chaque fois' : `dès la ${nth(from)} fois`;
  return from === to ? `la ${nth(from)} fois` : `de la ${nth(from)} à la ${nth(to)} fois`;
}

/** « La 1re fois : tarif ordinaire », « Dès la 2e fois : supplément de 5,00 € », and what is counted. */
export const occurrenceLines = (table: OccurrenceTable, prices: PriceContext): string[] => [
  ...table.rows.flatMap((own) =>
    labelled(
      timesWords(own),
      own.adjust.op === 'refuse' ? ['refus'] : adjustmentLines(own.adjust, prices),
    ),
  ),
  `compté ${counterWords(table)}${NBSP}; ${resetWords(table)}`,
];

/** What is done the how-many-th time: an adjustment, or a refusal. Times count from 1. */
export type OccurrenceRule = (occurrence: number) => AdjustmentRule | 'refuse';

export function compileOccurrences(
  { rows }: OccurrenceTable,
  at: Path,
  prices: PriceContext,
): OccurrenceRule {
  const ready = rows.map(({ toOccurrence = Infinity, adjust }, index) => ({
    last: toOccurrence,
    rule:
      adjust.op === 'refuse'
        ? adjust.op
        : compileAdjustment(adjust, [...at, 'rows', index, 'adjust'], prices),
  }));
  return (occurrence) => ready.find(({ last }) => occurrence <= last)?.rule ?? 'refuse';
}
