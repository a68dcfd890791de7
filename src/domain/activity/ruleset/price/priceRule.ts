import type { Exact } from '../../../kernel/exact.ts';
import type { LocalTime } from '../../../kernel/parisTime.ts';
import type { RoundingRule } from '../rounding.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import type { Price } from './price.ts';

/** The meanings that towns give to « deuxième enfant »; each counts from 1. */
export const rankMeanings = ['enrolled_children', 'same_activity', 'same_day'] as const;
export type RankMeaning = (typeof rankMeanings)[number];

/** What a price may depend on, for one child on one day. */
export interface PriceFacts {
  /** What is taken, each as often as it is taken: `['morning', 'minibus']`; none told where only one is sold. */
  readonly units: readonly string[];
  /** The quotient familial in force on that day; `highest` when the town bills its highest price instead. */
  readonly qf: Exact | 'highest';
  readonly resident: boolean;
  readonly rank: Readonly<Record<RankMeaning, number>>;
  /** How many children the family counts in each meaning, for what a rank changes for all of them. */
  readonly children?: Readonly<Record<RankMeaning, number>>;
  /** `annual_days`, `planning`, `occasional`, or a word of the town's. */
  readonly regime?: string;
  /** `nursery`, `primary`… */
  readonly level?: string;
  /** Who helps to pay: `caf`, `msa`, `other`… */
  readonly funder?: string;
  readonly ownMeal: boolean;
  /** Wall clock in France. */
  readonly arrival?: LocalTime;
  readonly departure?: LocalTime;
  /** How many visits there are in the tariff's window: the price is that of all of them. */
  readonly count?: number;
  /** Sessions foreseen in the period of a package. */
  readonly foreseeable?: number;
  /** Those of them that are left when the child begins; not told: all. */
  readonly remaining?: number;
  /** A membership fee is to be paid with this; a price said beforehand leaves it out. */
  readonly membershipDue?: boolean;
}

/** A fact that the price needs and nobody told. */
export type MissingFact =
  | 'unit'
  | 'regime'
  | 'level'
  | 'funder'
  | 'arrival'
  | 'departure'
  | 'count'
  | 'foreseeable'
  | 'remaining'
  | 'children';

/** No amount can be said, and why; never thrown. */
export interface Unpriced {
  /** `reasonable`: the rules lead to an amount that no town bills. */
  readonly unpriced: MissingFact | 'reasonable';
  /** The unit that no tariff prices, the level that no row names. */
  readonly value?: string;
}

/** Cents before rounding, or why not. */
export type Amount = Exact | Unpriced;
export const isUnpriced = (amount: Amount): amount is Unpriced => 'unpriced' in amount;

/** One step on the way to the amount, as data: all that the steps add, rounding included, is the amount. */
export interface PriceStep {
  /** Where the rule stands in the ruleset: `activities/cantine/price/units/meal`. */
  readonly rule: string;
  /** The shape that took the step: `effort_rate`, `multiply`. */
  readonly shape: string;
  /** Cents, before rounding. */
  readonly adds: Exact;
  /** What its sentence quotes. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Where steps are noted; nothing is noted where nobody asks. */
export type Trace = PriceStep[] | undefined;

/** A price made ready once for a version: facts to cents. Pure, never throws. */
export type PriceRule = (facts: PriceFacts, trace: Trace) => Amount;

/** What stands around a price in its ruleset. */
export interface PriceContext {
  /** Units that the activity sells, and what families call them; none when it sells one thing. */
  readonly units: Readonly<Record<string, string>>;
  /** The unit that an outer rule has picked: rules inside price that one, whatever else is taken. */
  readonly unit?: string;
  /** What families call the regimes, levels and funders of the town's own making. */
  readonly names?: Readonly<Record<string, string>>;
  readonly rounding: RoundingRule;
  /** Bands that a modifier moves the QF by: -1 is the next lower one. */
  readonly bandShift?: number;
}

/** One way to price: how it is written, what the schema can't refuse, how it reads in French, and what it does. */
export interface PriceShape<T> {
  readonly schema: Schema<T>;
  readonly faults: (price: T, at: Path, context: PriceContext, report: Report) => void;
  /** Completes « Tarif : … »; one line, or several for a table. No full stop. */
  readonly lines: (price: T, context: PriceContext) => readonly string[];
  readonly compile: (price: T, at: Path, context: PriceContext) => PriceRule;
  /** The prices that it holds, where it holds any. */
  readonly parts?: (price: T) => readonly Price[];
  /** True when it has bands of QF of its own, which a modifier may shift. */
  readonly hasBands?: (price: T) => boolean;
}

/** A rule's place in its ruleset, as explanations and faults name it. */
export const ruleName = (at: Path): string => at.join('/');
