import { compareExact, exactFrom, exactOf } from '../../../kernel/exact.ts';
import { frenchDecimal } from '../../../kernel/french/numbers.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { decimal, literal, oneOf } from '../schema/values.ts';

const retained = object({ retainPercent: decimal });
const full = literal('full');
/** How much of the price an excused day is spared; the town may keep a percentage. */
export type Relief = 'full' | Infer<typeof retained>;
export const relief: Schema<Relief> = {
  json: () => ({ oneOf: [full.json(), retained.json()] }),
  check(value, at, report) {
    if (typeof value === 'object') retained.check(value, at, report);
    else if (value !== 'full')
      report(at, 'Il faut l’un de : full, none, { "retainPercent": "10" }.');
  },
};

/** How the family is spared: never on a bill, taken off the next one, or paid back. */
export const reliefForm = oneOf('not_billed', 'credit_next_bill', 'refund');
export type ReliefForm = Infer<typeof reliefForm>;

/** What stays due of an excused day. */
export type Remains = 'none' | { readonly percent: string };

export const remains = (given: Relief): Remains =>
  given === 'full' ? 'none' : { percent: given.retainPercent };

export function reliefFaults(given: Relief, at: Path, report: Report): void {
  if (given === 'full') return;
  const percent = exactFrom(given.retainPercent);
  if (compareExact(percent, exactOf(0)) <= 0)
    report([...at, 'retainPercent'], 'Ne rien retenir s’écrit « full ».');
  if (compareExact(percent, exactOf(100)) >= 0)
    report([...at, 'retainPercent'], 'Tout retenir s’écrit « none ».');
}

const forms = {
  not_billed: 'absence non facturée',
  credit_next_bill: 'absence déduite de la facture suivante',
  refund: 'absence remboursée',
} as const satisfies Readonly<Record<ReliefForm, string>>;

/** « absence remboursée, sauf 10 % du prix qui restent dus » */
export const reliefLine = (given: Relief, form: ReliefForm): string =>
  given === 'full'
    ? forms[form]
    : `${forms[form]}, sauf ${frenchDecimal(given.retainPercent)}${NBSP}% du prix qui restent dus`;
