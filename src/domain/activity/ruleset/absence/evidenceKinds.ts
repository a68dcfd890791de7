import { oneOf } from '../schema/values.ts';

/** What families bring as a proof, with its article. */
const kinds = {
  certificate: 'd’un certificat médical',
  prescription: 'd’une ordonnance',
  hospital: 'd’un bulletin d’hospitalisation',
  employer: 'd’une attestation de l’employeur',
  school: 'd’une attestation de l’école',
  death_certificate: 'd’un acte de décès',
  declaration: 'd’une attestation sur l’honneur',
  other: 'd’un autre justificatif',
} as const;
export type EvidenceKind = keyof typeof kinds;
export const evidenceKind = oneOf(...(Object.keys(kinds) as EvidenceKind[]));

/** « d’un certificat médical ou d’une ordonnance »; alone, `other` is any proof: « d’un justificatif ». */
export function kindWords(told: readonly EvidenceKind[]): string {
  const words = told.map((kind) => kinds[kind]);
  if (told.length < 2) return told[0] === 'other' ? 'd’un justificatif' : (words[0] ?? '');
  return `${words.slice(0, -1).join(', ')} ou ${words.at(-1) ?? ''}`;
}
