import type { LocalDate } from '../../../kernel/localDate.ts';
import { isBefore, type Limit } from '../../../kernel/sessionTerms.ts';
import type { Infer, Schema } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { literal, oneOf, orNull } from '../schema/values.ts';
import { CLAUSE } from './absencePart.ts';
import type {
  Absence,
  AbsenceContext,
  AbsencePart,
  PartRule,
  Proof,
  Verdict,
} from './absencePart.ts';
import { evidenceKind, kindWords } from './evidenceKinds.ts';
import { limitFor, limitLine, noLonger, timeLimit } from './timeLimit.ts';
import { waiting } from './waiting.ts';

const waits = object({ waiting: waiting.schema });
const refuse = literal('refuse');
/** A proof that comes late, or never: the days are due, or only the first ones. */
type Otherwise = 'refuse' | Infer<typeof waits>;
const otherwise: Schema<Otherwise> = {
  json: () => ({ oneOf: [refuse.json(), waits.json()] }),
  check: (value, at, report) =>
    (typeof value === 'object' ? waits : refuse).check(value, at, report),
};

const schema = object({
  kinds: list(evidenceKind, 1),
  /** Whom it must name. */
  names: optional(list(oneOf('child'), 1)),
  /** null: at any time. */
  within: orNull(timeLimit),
  /** A second, longer limit, until which `ifLate` holds. */
  latestWithin: optional(timeLimit),
  /** Beyond `within`; the days are due when nothing is said. */
  ifLate: optional(otherwise),
  /** When no proof ever comes; the days are due when nothing is said. */
  ifMissing: optional(otherwise),
});
/** The proof that an absence asks for. */
export interface Evidence extends Infer<typeof schema> {}

const hasWaiting = (one: Otherwise | undefined): one is Infer<typeof waits> =>
  typeof one === 'object';

export const evidence: AbsencePart<Evidence> = {
  schema,
  faults({ kinds, within, latestWithin, ifLate }, at, _, report) {
    kinds.forEach((kind, index) => {
      if (kinds.indexOf(kind) < index) report([...at, 'kinds', index], `« ${kind} » y est déjà.`);
    });
    if (within === null) {
      if (ifLate !== undefined)
        report([...at, 'ifLate'], 'Sans délai, un justificatif n’est jamais en retard.');
      if (latestWithin !== undefined)
        report([...at, 'latestWithin'], 'Un second délai suppose un premier délai.');
      return;
    }
    if (latestWithin === undefined) return;
    if (!hasWaiting(ifLate))
      report(
        [...at, 'ifLate'],
        'Entre les deux délais, il faut dire combien de jours restent dus (waiting).',
      );
    if (noLonger(within, latestWithin))
      report([...at, 'latestWithin'], 'Le second délai doit être plus long que le premier.');
  },
  line(given, context) {
    const { kinds, names, within, latestWithin, ifLate, ifMissing } = given;
    const named = names ? ' au nom de l’enfant' : '';
    const limit = within ? `, ${limitLine(within)}` : '';
    const line = `sur présentation ${kindWords(kinds)}${named}${limit}`;
    const last = latestWithin ? ` (${limitLine(latestWithin)})` : '';
    const late = hasWaiting(ifLate)
      ? [`si le justificatif arrive après${last}, ${waiting.line(ifLate.waiting, context)}`]
      : [];
    const missing = hasWaiting(ifMissing)
      ? [`sans justificatif, ${waiting.line(ifMissing.waiting, context)}`]
      : [];
    return [line, ...late, ...missing].join(CLAUSE);
  },
  compile(given, context) {
    const late = waitingRule(given.ifLate, context);
    const missing = waitingRule(given.ifMissing, context);
    return (absence) => {
      const proof = absence.evidence;
      if (!proof) return missing?.(absence) ?? ((date) => unproven(given, absence, date));
      const ifLate = late?.(absence);
      return (date) => {
        const fault = unfit(given, proof, date);
        if (fault) return { due: true, why: fault };
        if (!given.within) return undefined;
        const limit = limitFor(given.within, absence, date);
        if (isBefore(proof.at, limit)) return undefined;
        const latest = given.latestWithin && limitFor(given.latestWithin, absence, date);
        if (ifLate && (!latest || isBefore(proof.at, latest)))
          return withLimit(ifLate(date), limit);
        return { due: true, why: 'evidence_late', limit };
      };
    };
  },
};

const waitingRule = (one: Otherwise | undefined, context: AbsenceContext): PartRule | undefined =>
  hasWaiting(one) ? waiting.compile(one.waiting, context) : undefined;

function unproven({ within }: Evidence, absence: Absence, date: LocalDate): Verdict {
  const verdict = { due: true, why: 'no_evidence' } as const;
  return within ? { ...verdict, limit: limitFor(within, absence, date) } : verdict;
}

const withLimit = (verdict: Verdict | undefined, limit: Limit): Verdict | undefined =>
  verdict && { ...verdict, limit };

/** Why a proof can't excuse this day, whenever it came. */
function unfit(
  { kinds, names }: Evidence,
  { kind, namesChild, covers }: Proof,
  date: LocalDate,
): 'evidence_kind' | 'evidence_name' | 'evidence_days' | undefined {
  if (kind !== undefined && !kinds.includes(kind)) return 'evidence_kind';
  if (names && namesChild === false) return 'evidence_name';
  return covers && (date < covers.from || date > covers.to) ? 'evidence_days' : undefined;
}
