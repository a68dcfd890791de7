import { monthName } from '../../../kernel/french/dates.ts';
import { frenchDecimal } from '../../../kernel/french/numbers.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Infer, Path, Report, Schema } from '../schema/schema.ts';
import { list, object, optional } from '../schema/structures.ts';
import { dayOfYear, decimal, flag, oneOf } from '../schema/values.ts';

export const qfSource = oneOf('CAF', 'MSA', 'tax', 'own_formula');
export type QfSource = Infer<typeof qfSource>;

const band = object({
  /** Priced as this quotient. */
  band: decimal,
});
const missingWords = oneOf('highest', 'refuse');
type Missing = Infer<typeof missingWords> | Infer<typeof band>;
const missing: Schema<Missing> = {
  json: () => ({ oneOf: [missingWords.json(), band.json()] }),
  check: (value, at, report) =>
    (typeof value === 'object' ? band : missingWords).check(value, at, report),
};

/** Which quotient familial a family is billed by. */
export const qfPolicy = object({
  /** The proofs that count; any where nothing is told. */
  source: optional(list(qfSource, 1)),
  /** A proof valid on that day holds until that day of the next year. */
  referenceDate: optional(dayOfYear),
  /** For a family without a valid proof. */
  missing,
  /** Whether families from elsewhere are priced by their quotient too. */
  outsideUsesQf: flag,
  /** From when a proof counts, told from the day on which the town received it; the first proof is a change too. */
  changeEffective: oneOf('immediate', 'next_month', 'next_bill'),
  /** A proof counts from its own first day, however late it came. */
  retroactive: flag,
});
export interface QfPolicy extends Infer<typeof qfPolicy> {}

export function qfPolicyFaults(
  { source = [], changeEffective, retroactive }: QfPolicy,
  at: Path,
  report: Report,
): void {
  source.forEach((one, index) => {
    if (source.indexOf(one) < index) report([...at, 'source', index], `« ${one} » y est déjà.`);
  });
  if (retroactive && changeEffective !== 'immediate')
    report(
      [...at, 'changeEffective'],
      'Un changement rétroactif n’attend ni le mois ni la facture : il faut « immediate ».',
    );
}

const sources = {
  CAF: 'une attestation de la CAF',
  MSA: 'une attestation de la MSA',
  tax: 'l’avis d’imposition',
  own_formula: 'le calcul de la ville',
} as const satisfies Readonly<Record<QfSource, string>>;
const changes = {
  immediate: 'dès la réception du justificatif',
  next_month: 'le mois qui suit la réception du justificatif',
  next_bill: 'à la facture qui suit la réception du justificatif',
} as const satisfies Readonly<Record<QfPolicy['changeEffective'], string>>;

/** Completes « Quotient familial : … », one line for each rule. */
export function qfPolicyLines(policy: QfPolicy): readonly string[] {
  const { source, referenceDate, changeEffective, retroactive, outsideUsesQf } = policy;
  return [
    ...(source ? [`établi par ${either(source.map((one) => sources[one]))}`] : []),
    ...(referenceDate ? [`celui du ${dayWords(referenceDate)} vaut pour l’année`] : []),
    missingLine(policy),
    outsideUsesQf ? 'appliqué aussi hors commune' : 'non appliqué hors commune',
    retroactive
      ? 'un changement s’applique depuis le début de validité du justificatif, même pour le passé'
      : `un changement s’applique ${changes[changeEffective]}, sans effet sur le passé`,
  ];
}

function missingLine({ missing: without }: QfPolicy): string {
  if (without === 'refuse') return 'sans justificatif valable, la demande est refusée';
  const tariff =
    without === 'highest'
      ? 'le tarif le plus élevé'
      : `le tarif d’un quotient de ${frenchDecimal(without.band)}`;
  return `sans justificatif valable, ${tariff} s’applique`;
}

function dayWords(day: string): string {
  if (day === '02-29') return 'dernier jour de février';
  const date = `2028-${day}` as LocalDate;
  return `${day.endsWith('-01') ? '1er' : Number(day.slice(3))}${NBSP}${monthName(date)}`;
}

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ou ${words.at(-1) ?? ''}`;
