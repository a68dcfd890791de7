import { exactFrom, type Exact } from '../../../kernel/exact.ts';
import {
  addMonths,
  firstDayOf,
  lastDayOf,
  monthOf,
  type LocalDate,
  type YearMonth,
} from '../../../kernel/localDate.ts';
import type { QfPolicy, QfSource } from './qfPolicy.ts';

/** A quotient familial as a proof told it. */
export interface QfProof {
  readonly qf: Exact;
  readonly receivedOn: LocalDate;
  readonly validFrom: LocalDate;
  /** Its last day; open where the proof tells none. */
  readonly validTo?: LocalDate;
  readonly source?: QfSource;
}

/** What is known of the family besides its proofs. */
export interface QfFacts {
  readonly resident: boolean;
  /** First day of the first bill that is not made yet on a day. */
  readonly nextBillFrom: (receivedOn: LocalDate) => LocalDate;
}

/** A proof, and the first day on which it counts. */
export interface EffectiveProof {
  readonly proof: QfProof;
  readonly effectiveFrom: LocalDate;
}

/** The quotient of a day, and why. */
export interface QfDecision {
  readonly qf: Exact | 'highest' | 'refuse';
  /** `reference_date`: the proof has ended since, but held on the reference date. */
  readonly why: 'proof' | 'reference_date' | 'missing' | 'outside';
  /** The proof used, and since when it counts. */
  readonly used?: EffectiveProof;
  /** The first one that will count later. */
  readonly coming?: EffectiveProof;
}

/** A policy made ready once for a version. Pure, never throws. */
export type QfRule = (history: readonly QfProof[], date: LocalDate, facts: QfFacts) => QfDecision;

export function compileQfPolicy(policy: QfPolicy): QfRule {
  const { missing, outsideUsesQf, referenceDate, source } = policy;
  const without = typeof missing === 'string' ? missing : exactFrom(missing.band);
  return (history, date, facts) => {
    if (!facts.resident && !outsideUsesQf) return { qf: 'highest', why: 'outside' };
    const known = history
      .filter((proof) => !source || !proof.source || source.includes(proof.source))
      .map((proof) => ({ proof, effectiveFrom: effectiveFrom(policy, proof, facts) }));
    const coming = firstOf(known.filter((one) => one.effectiveFrom > date && !isOver(one)));
    const told = coming && { coming };
    const reference = referenceDate === undefined ? undefined : lastReference(referenceDate, date);
    const used = latestOf(
      known.filter((one) => one.effectiveFrom <= date && holds(one.proof, date, reference)),
    );
    if (!used) return { qf: without, why: 'missing', ...told };
    const why = isValidOn(used.proof, date) ? 'proof' : 'reference_date';
    return { qf: used.proof.qf, why, used, ...told };
  };
}

function effectiveFrom(
  { changeEffective, retroactive }: QfPolicy,
  { receivedOn, validFrom }: QfProof,
  { nextBillFrom }: QfFacts,
): LocalDate {
  if (retroactive) return validFrom;
  const counted = {
    immediate: () => receivedOn,
    next_month: () => firstDayOf(addMonths(monthOf(receivedOn), 1)),
    next_bill: () => nextBillFrom(receivedOn),
  }[changeEffective]();
  return counted > validFrom ? counted : validFrom;
}

const isValidOn = ({ validFrom, validTo }: QfProof, date: LocalDate): boolean =>
  validFrom <= date && (validTo === undefined || date <= validTo);

/** Valid on the day, or on the reference date that the day goes by. */
const holds = (proof: QfProof, date: LocalDate, reference: LocalDate | undefined): boolean =>
  isValidOn(proof, date) || (reference !== undefined && isValidOn(proof, reference));

/** A proof that ends before it counts never will. */
const isOver = ({ proof, effectiveFrom }: EffectiveProof): boolean =>
  proof.validTo !== undefined && proof.validTo < effectiveFrom;

/** The last reference date that has come; 29 February is the last day of February. */
function lastReference(day: string, date: LocalDate): LocalDate {
  const year = Number(date.slice(0, 4));
  const own = referenceIn(year, day);
  return own <= date ? own : referenceIn(year - 1, day);
}

const referenceIn = (year: number, day: string): LocalDate =>
  day === '02-29' ? lastDayOf(`${year}-02` as YearMonth) : (`${year}-${day}` as LocalDate);

/** The newest situation wins, then what was received last, then what was noted last. */
const latestOf = (proofs: readonly EffectiveProof[]): EffectiveProof | undefined =>
  proofs.reduce<EffectiveProof | undefined>(
    (best, one) => (best && isNewer(best.proof, one.proof) ? best : one),
    undefined,
  );

const isNewer = (one: QfProof, other: QfProof): boolean =>
  one.validFrom === other.validFrom
    ? one.receivedOn > other.receivedOn
    : one.validFrom > other.validFrom;

const firstOf = (proofs: readonly EffectiveProof[]): EffectiveProof | undefined =>
  proofs.reduce<EffectiveProof | undefined>(
    (first, one) => (first && first.effectiveFrom <= one.effectiveFrom ? first : one),
    undefined,
  );
