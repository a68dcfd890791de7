import { NBSP } from '../../../kernel/french/typography.ts';
import { capitalise } from '../../../kernel/french/words.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import { ruleName } from '../price/priceRule.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { code, flag, literal, oneOf, words } from '../schema/values.ts';
import {
  CLAUSE,
  type Absence,
  type AbsenceContext,
  type AbsencePart,
  type PartRule,
  type Verdict,
} from './absencePart.ts';
import { evidence, type Evidence } from './evidence.ts';
import { groundWords } from './grounds.ts';
import { inverseWaiting, type InverseWaiting } from './inverseWaiting.ts';
import { minConsecutive, type MinConsecutive } from './minConsecutive.ts';
import { notice, type Notice } from './notice.ts';
import { relief, reliefFaults, reliefForm, reliefLine, remains, type Remains } from './relief.ts';
import { holdsOn, validity, validityFaults, validityLine } from './validity.ts';
import { waiting, type Waiting } from './waiting.ts';

const ground = {
  ground: code,
  /** What families call a ground of the town's own. */
  words: optional(words(80)),
  ...validity,
};
const refusing = object({ ...ground, relief: literal('none') });
const excusing = object({
  ...ground,
  relief,
  form: reliefForm,
  /** The town knows by itself: the family does nothing. */
  automatic: optional(flag),
  notice: optional<Notice>(notice.schema),
  evidence: optional<Evidence>(evidence.schema),
  waiting: optional<Waiting>(waiting.schema),
  freeFirst: optional<InverseWaiting>(inverseWaiting.schema),
  minConsecutive: optional<MinConsecutive>(minConsecutive.schema),
  /** Whether brothers and sisters who stay at home too are spared. */
  scope: oneOf('child', 'siblings'),
});
/** A ground that the town names and doesn't excuse: the days stay due. */
export interface RefusingRule extends Infer<typeof refusing> {}
/** A ground that excuses, on conditions. */
export interface ExcusingRule extends Infer<typeof excusing> {}
export type AbsenceRule = RefusingRule | ExcusingRule;

export const absenceRule: Schema<AbsenceRule> = {
  json: () => ({ oneOf: [excusing.json(), refusing.json()] }),
  check: (value, at, report) => (isRefusing(value) ? refusing : excusing).check(value, at, report),
};

const isRefusing = (value: unknown): value is RefusingRule =>
  typeof value === 'object' && value !== null && 'relief' in value && value.relief === 'none';

/** What the family did to be excused can't be asked for what the town knows by itself. */
const asked = ['notice', 'evidence'] as const;

/** The conditions, in the order in which they are asked. */
function eachPart(
  rule: ExcusingRule,
  visit: <T>(name: string, part: AbsencePart<T>, of: T) => void,
) {
  if (rule.minConsecutive) visit('minConsecutive', minConsecutive, rule.minConsecutive);
  if (rule.freeFirst) visit('freeFirst', inverseWaiting, rule.freeFirst);
  if (rule.notice) visit('notice', notice, rule.notice);
  if (rule.evidence) visit('evidence', evidence, rule.evidence);
  if (rule.waiting) visit('waiting', waiting, rule.waiting);
}

/** What the schema can't refuse in one rule. */
export function absenceRuleFaults(
  rule: AbsenceRule,
  at: Path,
  context: AbsenceContext,
  report: Report,
): void {
  if (groundWords(rule.ground, rule.words) === undefined)
    report(
      [...at, 'words'],
      `Le motif « ${rule.ground} » est propre à la ville : il faut dire comment les familles le lisent.`,
    );
  validityFaults(rule, at, report);
  if (isRefusing(rule)) return;
  reliefFaults(rule.relief, [...at, 'relief'], report);
  eachPart(rule, (name, part, of) => part.faults(of, [...at, name], context, report));
  if (rule.waiting && rule.freeFirst)
    report(
      [...at, 'freeFirst'],
      'Les premiers jours ne peuvent pas être à la fois dus (waiting) et gratuits (freeFirst).',
    );
  if (rule.automatic) automaticFaults(rule, at, report);
}

function automaticFaults(rule: ExcusingRule, at: Path, report: Report): void {
  for (const name of asked)
    if (rule[name])
      report([...at, name], 'Un motif automatique ne demande aucune démarche à la famille.');
  if (rule.waiting?.from === 'notice')
    report([...at, 'waiting', 'from'], 'Un motif automatique n’est pas signalé par la famille.');
}

/** « Maladie : absence non facturée, sur présentation d’un certificat médical ; … » */
export function absenceRuleLine(rule: AbsenceRule, context: AbsenceContext): string {
  const name = capitalise(groundWords(rule.ground, rule.words) ?? rule.ground);
  const when = validityLine(rule);
  const head = `${name}${when ? ` (${when})` : ''}${NBSP}: `;
  if (isRefusing(rule)) return `${head}l’absence reste due`;
  const first = [
    reliefLine(rule.relief, rule.form),
    ...(rule.automatic ? ['sans démarche de votre part'] : []),
    ...(rule.minConsecutive ? [minConsecutive.line(rule.minConsecutive, context)] : []),
    ...(rule.evidence ? [evidence.line(rule.evidence, context)] : []),
  ].join(', ');
  const next = [
    ...(rule.notice ? [notice.line(rule.notice, context)] : []),
    ...(rule.freeFirst ? [inverseWaiting.line(rule.freeFirst, context)] : []),
    ...(rule.waiting ? [waiting.line(rule.waiting, context)] : []),
    ...scopeLine(rule),
  ];
  return head + [first, ...next].join(CLAUSE);
}

/** What the town knows by itself is the same for all children: nothing is said. */
function scopeLine({ scope, automatic }: ExcusingRule): string[] {
  if (scope === 'siblings') return ['vaut aussi pour les frères et sœurs'];
  return automatic ? [] : ['pour l’enfant concerné seulement'];
}

/** A rule made ready once for a version. */
export interface CompiledRule {
  readonly rule: string;
  readonly ground: string;
  readonly holdsOn: (date: LocalDate) => boolean;
  /** What stays due of an excused day. */
  readonly remains: Remains;
  readonly judge: (absence: Absence) => (date: LocalDate) => Verdict;
}

const notExcused: Verdict = { due: true, why: 'not_excused' };
const notForSiblings: Verdict = { due: true, why: 'not_for_siblings' };
const excused: Verdict = { due: false, why: 'excused' };

export function compileAbsenceRule(
  given: AbsenceRule,
  at: Path,
  context: AbsenceContext,
): CompiledRule {
  const rule = ruleName(at);
  const holds = (date: LocalDate): boolean => holdsOn(given, date);
  const named = { rule, ground: given.ground, holdsOn: holds };
  if (isRefusing(given)) return { ...named, remains: 'none', judge: () => () => notExcused };
  const parts: PartRule[] = [];
  eachPart(given, (_, part, of) => parts.push(part.compile(of, context)));
  return {
    ...named,
    remains: remains(given.relief),
    judge(absence) {
      if (absence.whose === 'sibling' && given.scope === 'child') return () => notForSiblings;
      const asked = parts.map((part) => part(absence));
      return (date) => {
        for (const part of asked) {
          const verdict = part(date);
          if (verdict) return verdict;
        }
        return excused;
      };
    },
  };
}
