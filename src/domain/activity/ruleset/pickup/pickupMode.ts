import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';

/** What stands around a mode in its rule. */
export interface ModeContext {
  /** `inclusive`: a minute on a bound belongs to what ends there. */
  readonly boundary: Limit['boundary'];
  /** Late by no more than that is free: no minute up to it is ever counted. */
  readonly freeMinutes: number;
}

/** Whole minutes late, as the rule counts them, to cents. */
export type ModeRule = (minutes: number) => number;

/** One way to bill a late pick-up: how it is written, what the schema can't refuse, how it reads, what it does. */
export interface PickupMode<T> {
  readonly schema: Schema<T>;
  readonly faults: (mode: T, at: Path, context: ModeContext, report: Report) => void;
  /** Completes « départ après 18 h 30 : … ». No full stop. */
  readonly lines: (mode: T, context: ModeContext) => readonly string[];
  /** The amount depends on how late it is: the sentence must say from when minutes are counted. */
  readonly countsMinutes: boolean;
  readonly compile: (mode: T, context: ModeContext) => ModeRule;
}
