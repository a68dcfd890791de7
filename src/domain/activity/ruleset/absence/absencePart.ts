import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Instant } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Audience, DeadlineContext, RuleDays, RuleSession } from '../deadline/deadlineRule.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import type { EvidenceKind } from './evidenceKinds.ts';

/** A proof as the town received it. What is not told is not held against the family. */
export interface Proof {
  readonly at: Instant;
  readonly kind?: EvidenceKind;
  readonly namesChild?: boolean;
  /** Days that it covers. */
  readonly covers?: { readonly from: LocalDate; readonly to: LocalDate };
}

/** What is known of an absence. */
export interface AbsenceFacts {
  /** A known ground, the town's own, or `none`. */
  readonly ground: string;
  /** First and last day, as the family told them. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** When the family warned. */
  readonly notice?: Instant;
  readonly evidence?: Proof;
  /** A brother or sister stays at home with the child that the ground is about; the child itself when not told. */
  readonly whose?: 'child' | 'sibling';
  readonly audience?: Audience;
}

/** The days around an absence, and the session of each. */
export interface AbsenceDays extends RuleDays {
  readonly sessionOn: (date: LocalDate) => RuleSession;
}

/** An absence with its days counted once. */
export interface Absence extends AbsenceFacts {
  /** Days of service, in order; the only ones that can be due. */
  readonly dates: readonly [LocalDate, ...LocalDate[]];
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly days: AbsenceDays;
}

/** When the town first knew: a proof tells the absence too. */
export function warnedAt({ notice, evidence }: AbsenceFacts): Instant | undefined {
  if (notice === undefined || evidence === undefined) return notice ?? evidence?.at;
  return evidence.at < notice ? evidence.at : notice;
}

/** Why a day is due or not. */
export const whys = [
  'no_rule',
  'not_excused',
  'not_for_siblings',
  'too_short',
  'first_days_free',
  'not_announced',
  'no_notice',
  'notice_late',
  'no_evidence',
  'evidence_kind',
  'evidence_name',
  'evidence_days',
  'evidence_late',
  'waiting',
  'excused',
] as const;
export type Why = (typeof whys)[number];

/** What a part says of a day; `limit` is what the family could have kept. */
export interface Verdict {
  readonly due: boolean;
  readonly why: Why;
  readonly limit?: Limit;
}

/** What a part says of the days of an absence; undefined: nothing, the next part is asked. */
export type PartRule = (absence: Absence) => (date: LocalDate) => Verdict | undefined;

/** What stands around an absence rule in its ruleset. */
export type AbsenceContext = DeadlineContext;

/** Between the clauses of a rule's sentence. */
export const CLAUSE = `${NBSP}; `;

/** One condition of an absence rule: how it is written, what the schema can't refuse, how it reads, what it does. */
export interface AbsencePart<T> {
  readonly schema: Schema<T>;
  readonly faults: (part: T, at: Path, context: AbsenceContext, report: Report) => void;
  /** A clause of the rule's sentence. */
  readonly line: (part: T, context: AbsenceContext) => string;
  readonly compile: (part: T, context: AbsenceContext) => PartRule;
}
