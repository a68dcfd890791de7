import type { LocalDate, Weekday } from '../../../kernel/localDate.ts';
import type { Instant, LocalTime } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';

/** The days around a session, as one activity of one town counts them. */
export interface RuleDays {
  readonly isPublicHoliday: (date: LocalDate) => boolean;
  /** Neither week-end, public holiday nor closure of the town. */
  readonly isWorkingDay: (date: LocalDate) => boolean;
  /** A day on which this activity takes place. */
  readonly isServiceDay: (date: LocalDate) => boolean;
}

/** The session that an act is about. */
export interface RuleSession {
  readonly date: LocalDate;
  /** When its slot begins. */
  readonly startsAt: Instant;
  /** Code of the period (holidays, term) that holds it, where the activity has periods. */
  readonly period?: string;
  /** First day of that period. */
  readonly periodStart?: LocalDate;
}

/** When an act may be done: from an opening on, where there is one, until a limit. */
export interface ActWindow {
  readonly opensAt?: Instant;
  readonly closes: Limit;
}

/** `always`: until the session begins. `never`: at no time. */
export type Opening = ActWindow | 'always' | 'never';

/** A deadline made ready once for a version: session to window. Local days and hours first, instants last. */
export type DeadlineRule = (session: RuleSession, days: RuleDays, audience: Audience) => Opening;

/** For whom a window opens. */
export const audiences = ['all', 'resident', 'outside'] as const;
export type Audience = (typeof audiences)[number];

/** A period of an activity: what families call it, its first and its last day. */
export interface RulePeriod {
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** What stands around a deadline in its ruleset. */
export interface DeadlineContext {
  readonly serviceDays: readonly Weekday[];
  /** Hours at which the activity's slots begin; none where the ruleset doesn't tell. */
  readonly starts: readonly LocalTime[];
  /** The activity's periods by code; none where it runs all year. */
  readonly periods: Readonly<Record<string, RulePeriod>>;
}

/** One way to set a limit: how it is written, what the schema can't refuse, how it reads in French, what it does. */
export interface DeadlineShape<T> {
  readonly schema: Schema<T>;
  readonly faults: (deadline: T, at: Path, context: DeadlineContext, report: Report) => void;
  /** Completes « Réservation : … », one line for each row of a table. No full stop. */
  readonly lines: (deadline: T, context: DeadlineContext) => readonly string[];
  readonly compile: (deadline: T, context: DeadlineContext) => DeadlineRule;
}
