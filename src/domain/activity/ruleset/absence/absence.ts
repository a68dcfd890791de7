import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { Path, Report, Schema } from '../schema/schema.ts';
import { list } from '../schema/structures.ts';
import type { Absence, AbsenceContext, AbsenceDays, AbsenceFacts, Why } from './absencePart.ts';
import {
  absenceRule,
  absenceRuleFaults,
  absenceRuleLine,
  compileAbsenceRule,
  type AbsenceRule,
  type CompiledRule,
} from './absenceRule.ts';
import { counted } from './absentDays.ts';
import type { Remains } from './relief.ts';
import { overlap } from './validity.ts';

/** What excuses an absence from an activity; a ground that no rule names excuses nothing. */
export type Absences = readonly AbsenceRule[];
export const absences: Schema<Absences> = list(absenceRule);

/** What the schema can't refuse: faults of each rule, and two rules for one ground on one day. */
export function absenceFaults(
  rules: Absences,
  at: Path,
  context: AbsenceContext,
  report: Report,
): void {
  rules.forEach((rule, index) => {
    absenceRuleFaults(rule, [...at, index], context, report);
    const other = rules.findIndex(
      (earlier, place) => place < index && earlier.ground === rule.ground && overlap(earlier, rule),
    );
    if (other >= 0)
      report(
        [...at, index, 'ground'],
        `La règle n° ${other + 1} dit déjà ce que vaut « ${rule.ground} » aux mêmes dates.`,
      );
  });
}

/** One sentence for each rule. */
export const absenceLines = (rules: Absences, context: AbsenceContext): readonly string[] =>
  rules.length === 0
    ? ['Aucune absence n’est déduite']
    : rules.map((rule) => absenceRuleLine(rule, context));

/** What is due of a day: all, nothing, or a percentage of its price. */
export type DueShare = 'full' | Remains;

/** One day of service, what is due of it, and why. */
export interface AbsentDay {
  readonly date: LocalDate;
  readonly due: DueShare;
  readonly why: Why;
  /** Where the rule stands in the ruleset; absent where no rule matches. */
  readonly rule?: string;
  /** Kept, it would have spared the day. */
  readonly limit?: Limit;
}

/** Days that one rule settled alike. */
export interface AbsenceStep extends Omit<AbsentDay, 'date'> {
  readonly ground: string;
  readonly dates: readonly LocalDate[];
}

export interface AbsenceJudgement {
  readonly days: readonly AbsentDay[];
  /** Days of which something is due. */
  readonly billed: readonly LocalDate[];
  readonly explanation: readonly AbsenceStep[];
}

/** Rules made ready once for a version, by ground. */
export type CompiledAbsences = ReadonlyMap<string, readonly CompiledRule[]>;

export function compileAbsences(
  rules: Absences,
  at: Path,
  context: AbsenceContext,
): CompiledAbsences {
  const byGround = new Map<string, CompiledRule[]>();
  rules.forEach((rule, index) => {
    const compiled = compileAbsenceRule(rule, [...at, index], context);
    byGround.set(rule.ground, [...(byGround.get(rule.ground) ?? []), compiled]);
  });
  return byGround;
}

/** What an absence leaves due, day by day; each day by the rule that holds on it. Only days of service are ever due. */
export function judgeAbsence(
  rules: CompiledAbsences,
  facts: AbsenceFacts,
  days: AbsenceDays,
): AbsenceJudgement {
  const [first, ...others] = counted('service_day', facts.from, facts.to, days);
  if (first === undefined) return { days: [], billed: [], explanation: [] };
  const dates = [first, ...others] as const;
  const absence: Absence = { ...facts, dates, first, last: others.at(-1) ?? first, days };
  const judges = (rules.get(facts.ground) ?? []).map((rule) => ({
    rule,
    judge: rule.judge(absence),
  }));
  const judged = dates.map((date): AbsentDay => {
    const held = judges.find(({ rule }) => rule.holdsOn(date));
    if (!held) return { date, due: 'full', why: 'no_rule' };
    const { due, ...told } = held.judge(date);
    return {
      date,
      due: due ? 'full' : shareOf(held.rule, told.why),
      ...told,
      rule: held.rule.rule,
    };
  });
  return {
    days: judged,
    billed: judged.filter(({ due }) => due !== 'none').map(({ date }) => date),
    explanation: steps(facts.ground, judged),
  };
}

/** A percentage is kept of excused days, never of those that are free by themselves. */
const shareOf = ({ remains }: CompiledRule, why: Why): DueShare =>
  why === 'first_days_free' ? 'none' : remains;

/** Days in a row that were settled alike make one step. */
function steps(ground: string, days: readonly AbsentDay[]): AbsenceStep[] {
  const told: AbsenceStep[] = [];
  for (const { date, ...same } of days) {
    const before = told.at(-1);
    if (before && alike(before, same))
      told.splice(-1, 1, { ...before, dates: [...before.dates, date] });
    else told.push({ ground, ...same, dates: [date] });
  }
  return told;
}

type Settled = Omit<AbsentDay, 'date'>;
const alike = (one: Settled, other: Settled): boolean =>
  one.rule === other.rule && one.why === other.why && one.limit?.at === other.limit?.at;
