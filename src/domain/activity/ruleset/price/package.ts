import { decimalText, exactOf, minus, times, zero, type Exact } from '../../../kernel/exact.ts';
import { formatMoney } from '../../../kernel/french/money.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Infer, Path } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { cents, flag, literal, oneOf, whole } from '../schema/values.ts';
import { perUnit } from '../rounding.ts';
import { anyPrice, compilePrice, priceFaults, priceLines } from './price.ts';
import { isUnpriced, ruleName, type PriceContext, type PriceRule } from './priceRule.ts';
import type { MissingFact, PriceFacts, PriceShape, Unpriced } from './priceRule.ts';

const schema = object({
  type: literal('package'),
  period: oneOf('month', 'term', 'year'),
  /** One amount for the period, or else a price for each session foreseen in it: one of the two. */
  cents: optional(cents),
  perForeseeableUnit: optional(anyPrice()),
  /** Payments that the amount is spread over. */
  instalments: optional(whole(2, 12, 'un nombre de versements')),
  /** A period begun is due whole; otherwise for the sessions that are left. */
  startedIsDue: flag,
});
/** A price for a whole period, whatever is used of it. */
export interface Package extends Infer<typeof schema> {}

export const packagePrice: PriceShape<Package> = {
  schema,
  faults({ cents, perForeseeableUnit }, at, context, report) {
    if ((cents === undefined) === (perForeseeableUnit === undefined))
      report(at, 'Un forfait a soit « cents », soit « perForeseeableUnit ».');
    if (perForeseeableUnit)
      priceFaults(perForeseeableUnit, [...at, 'perForeseeableUnit'], context, report);
  },
  lines({ period, cents = 0, perForeseeableUnit, instalments, startedIsDue }, context) {
    const { each, within, started } = periodWords[period];
    const paid = instalments === undefined ? '' : `, en ${instalments}${NBSP}versements`;
    const begun = startedIsDue
      ? `, dû en entier même si l’enfant commence en cours ${within}`
      : `, au prorata des séances restantes si l’enfant commence en cours ${within}`;
    return perForeseeableUnit
      ? priceLines(perForeseeableUnit, context).map(
          (line) => `${line} par séance prévue ${started}${paid}${begun}`,
        )
      : [`forfait de ${formatMoney(cents)} ${each}${paid}${begun}`];
  },
  compile: (price, at, context) =>
    price.perForeseeableUnit
      ? perSession(price, price.perForeseeableUnit, at, context)
      : forPeriod(price, exactOf(price.cents ?? 0), at),
  parts: ({ perForeseeableUnit }) => (perForeseeableUnit ? [perForeseeableUnit] : []),
};

const periodWords = {
  month: { each: 'par mois', within: 'de mois', started: 'dans le mois' },
  term: { each: 'par trimestre', within: 'de trimestre', started: 'dans le trimestre' },
  year: { each: 'par an', within: 'd’année', started: 'dans l’année' },
} as const;

const told = ({ period, instalments = 1 }: Package) => ({ period, instalments });

/** A number of sessions that somebody counted, at most so many. */
function counted(fact: MissingFact, count: number | undefined, most = 100_000): number | Unpriced {
  if (count === undefined) return { unpriced: fact };
  return Number.isInteger(count) && count >= 0 && count <= most
    ? count
    : { unpriced: fact, value: String(count) };
}

/** The sessions foreseen, and those that are left of them. */
function sessions({ foreseeable, remaining }: PriceFacts): [number, number] | Unpriced {
  const all = counted('foreseeable', foreseeable);
  if (typeof all !== 'number') return all;
  const left = counted('remaining', remaining ?? all, all);
  return typeof left === 'number' ? [all, left] : left;
}

function forPeriod(price: Package, whole: Exact, at: Path): PriceRule {
  const rule = ruleName(at);
  const values = told(price);
  const step = { rule, shape: 'package', adds: whole, values };
  return (facts, trace) => {
    if (price.startedIsDue || facts.remaining === undefined) {
      trace?.push(step);
      return whole;
    }
    const known = sessions(facts);
    if ('unpriced' in known) return known;
    const [all, left] = known;
    const share = all === 0 ? zero : { n: BigInt(left), d: BigInt(all) };
    const amount = times(whole, share);
    trace?.push({
      rule,
      shape: 'package',
      adds: amount,
      values: { ...values, foreseeable: all, remaining: left },
    });
    return amount;
  };
}

function perSession(
  price: Package,
  unitPrice: NonNullable<Package['perForeseeableUnit']>,
  at: Path,
  context: PriceContext,
): PriceRule {
  const rule = ruleName(at);
  const values = told(price);
  const unit = perUnit(
    compilePrice(unitPrice, [...at, 'perForeseeableUnit'], context),
    context.rounding,
  );
  return (facts, trace) => {
    const known = sessions(facts);
    if ('unpriced' in known) return known;
    const [all, left] = known;
    const each = unit(facts, trace);
    if (isUnpriced(each)) return each;
    const amount = times(each, exactOf(price.startedIsDue ? all : left));
    trace?.push({
      rule,
      shape: 'package',
      adds: minus(amount, each),
      values: { ...values, foreseeable: all, remaining: left, perUnit: decimalText(each) },
    });
    return amount;
  };
}
