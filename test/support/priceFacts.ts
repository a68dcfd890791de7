import { expect } from 'chai';
import {
  adjustmentFaults,
  adjustmentLines,
  anyAdjustment,
  compileAdjustment,
} from '../../src/domain/activity/ruleset/adjustment/adjustment.ts';
import {
  anyModifier,
  compileModifiers,
  modifierFaults,
  modifierLines,
  type Modifier,
} from '../../src/domain/activity/ruleset/modifier/modifier.ts';
import {
  anyPrice,
  compilePrice,
  priceFaults,
  priceLines,
  type Price,
} from '../../src/domain/activity/ruleset/price/price.ts';
import {
  isUnpriced,
  type Amount,
  type PriceContext,
  type PriceFacts,
  type PriceStep,
  type RankMeaning,
} from '../../src/domain/activity/ruleset/price/priceRule.ts';
import type { RoundingRule } from '../../src/domain/activity/ruleset/rounding.ts';
import { list } from '../../src/domain/activity/ruleset/schema/structures.ts';
import {
  conforms,
  faultsOf,
  type Schema,
} from '../../src/domain/activity/ruleset/schema/schema.ts';
import { decimalText, exactFrom, plus, zero } from '../../src/domain/kernel/exact.ts';
import { hour } from './townFacts.ts';

export const perLine: RoundingRule = { mode: 'half_up', at: 'line' };
export const perUnitHalfUp: RoundingRule = { mode: 'half_up', at: 'unit' };

/** An activity that sells one thing without a name. */
export const canteen: PriceContext = { units: {}, rounding: perLine };
export const dayCare: PriceContext = {
  units: { morning: 'Matin', evening: 'Soir', minibus: 'Minibus' },
  rounding: perLine,
};
export const leisure: PriceContext = {
  units: { day: 'Journée', half: 'Demi-journée' },
  rounding: perLine,
};

/** What a test tells of a child; the rest is that of an only child of the town, with a QF of 700. */
export interface Told extends Partial<
  Omit<PriceFacts, 'qf' | 'rank' | 'children' | 'arrival' | 'departure'>
> {
  /** `'651'`, `'highest'` */
  readonly qf?: string;
  readonly rank?: number | Partial<Record<RankMeaning, number>>;
  readonly children?: number;
  readonly arrival?: string;
  readonly departure?: string;
}

const everyMeaning = (rank: number): Record<RankMeaning, number> => ({
  enrolled_children: rank,
  same_activity: rank,
  same_day: rank,
});

export function facts({ qf = '700', rank = 1, children, arrival, departure, ...told }: Told = {}) {
  const given: PriceFacts = {
    units: [],
    resident: true,
    ownMeal: false,
    ...told,
    qf: qf === 'highest' ? qf : exactFrom(qf),
    rank: typeof rank === 'number' ? everyMeaning(rank) : { ...everyMeaning(1), ...rank },
    ...(children === undefined ? {} : { children: everyMeaning(children) }),
    ...(arrival === undefined ? {} : { arrival: hour(arrival) }),
    ...(departure === undefined ? {} : { departure: hour(departure) }),
  };
  return given;
}

/** `1050`, `318.45`; or what nobody told: `no level`, `no unit: supper`. */
export const shownAmount = (amount: Amount): string =>
  isUnpriced(amount)
    ? `no ${amount.unpriced}${amount.value === undefined ? '' : `: ${amount.value}`}`
    : decimalText(amount);

/** What a town wrote, as its type; the test fails where it has a fault. */
export function read<T>(schema: Schema<T>, written: unknown): T {
  if (!conforms(schema, written)) expect.fail(JSON.stringify(faultsOf(schema, written), null, 1));
  return written;
}
const priceOf = (written: unknown): Price => read(anyPrice(), written);

/** The amount of a price; that its steps add up to it is checked each time. */
export function amountOf(written: unknown, told: Told = {}, context = canteen): string {
  const rule = compilePrice(priceOf(written), ['price'], context);
  const steps: PriceStep[] = [];
  const amount = rule(facts(told), steps);
  if (!isUnpriced(amount)) expect(total(steps), 'the steps add up').to.equal(decimalText(amount));
  expect(shownAmount(rule(facts(told), undefined)), 'without a trace').to.equal(
    shownAmount(amount),
  );
  return shownAmount(amount);
}
const total = (steps: readonly PriceStep[]): string =>
  decimalText(steps.reduce((sum, { adds }) => plus(sum, adds), zero));

type Shown = readonly [rule: string, shape: string, adds: string, values: PriceStep['values']];
export const shownSteps = (steps: readonly PriceStep[]): Shown[] =>
  steps.map(({ rule, shape, adds, values }) => [rule, shape, decimalText(adds), values]);

export function stepsOf(written: unknown, told: Told = {}, context = canteen): Shown[] {
  const steps: PriceStep[] = [];
  compilePrice(priceOf(written), ['price'], context)(facts(told), steps);
  return shownSteps(steps);
}

type Found = readonly [path: string, reason: string];
type Check<T> = (
  value: T,
  report: (path: readonly (string | number)[], reason: string) => void,
) => void;
function found<T>(schema: Schema<T>, written: unknown, check: Check<T>): Found[] {
  const faults: Found[] = faultsOf(schema, written).map(({ path, reason }) => [
    path.join('/'),
    reason,
  ]);
  if (conforms(schema, written))
    check(written, (path, reason) => faults.push([path.join('/'), reason]));
  return faults;
}

/** Every fault of a price that a town wrote, with its path. */
export const faultsIn = (written: unknown, context = canteen): Found[] =>
  found(anyPrice(), written, (price, report) => priceFaults(price, [], context, report));

const shownSpaces = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replaceAll('\u00a0', '~').replaceAll('\u202f', '_'));
/** Its sentences; non-breaking spaces are shown as `~`, narrow ones as `_`. */
export const saidOf = (written: unknown, context = canteen): string[] =>
  shownSpaces(priceLines(priceOf(written), context));

/** What an adjustment makes of an amount in cents, and its steps. */
export function adjusted(written: unknown, before: string, told: Told = {}, context = canteen) {
  const rule = compileAdjustment(read(anyAdjustment, written), ['late'], context);
  const steps: PriceStep[] = [];
  const after = rule(exactFrom(before), facts(told), steps);
  expect(shownAmount(rule(exactFrom(before), facts(told), undefined))).to.equal(shownAmount(after));
  return { amount: shownAmount(after), steps: shownSteps(steps) };
}
export const adjustmentFaultsIn = (written: unknown, context = canteen): Found[] =>
  found(anyAdjustment, written, (one, report) => adjustmentFaults(one, [], context, report));
export const adjustmentSaid = (written: unknown, context = canteen): string[] =>
  shownSpaces(adjustmentLines(read(anyAdjustment, written), context));

const modifierList: Schema<readonly Modifier[]> = list(anyModifier);
const flatPrice = { type: 'flat', cents: 1000 };

/** What modifiers make of a price (of 10 € unless told), and all the steps. */
export function modified(
  modifiers: readonly unknown[],
  told: Told = {},
  written: unknown = flatPrice,
  context = canteen,
) {
  const price = priceOf(written);
  const base = compilePrice(price, ['price'], context);
  const around = { price, priceAt: ['price'], context };
  const change = compileModifiers(read(modifierList, modifiers), ['modifiers'], around);
  const amountWith = (steps: PriceStep[] | undefined): Amount => {
    const before = base(facts(told), steps);
    return isUnpriced(before) ? before : change(before, facts(told), steps);
  };
  const steps: PriceStep[] = [];
  const after = amountWith(steps);
  if (!isUnpriced(after)) expect(total(steps), 'the steps add up').to.equal(decimalText(after));
  expect(shownAmount(amountWith(undefined)), 'without a trace').to.equal(shownAmount(after));
  return { amount: shownAmount(after), steps: shownSteps(steps) };
}
export const modifierFaultsIn = (
  modifiers: readonly unknown[],
  written: unknown = flatPrice,
  context = canteen,
): Found[] =>
  found(modifierList, modifiers, (all, report) =>
    modifierFaults(all, [], { price: priceOf(written), priceAt: ['price'], context }, report),
  );
export const modifierSaid = (modifier: unknown, context = canteen): string[] =>
  shownSpaces(modifierLines(read(modifierList, [modifier]), context));
