import { formatDeadline } from '../../../kernel/french/deadlines.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { Why } from './absencePart.ts';

const words = {
  no_rule: 'ce motif n’est pas prévu par le règlement',
  not_excused: 'ce motif n’excuse pas l’absence',
  not_for_siblings: 'seule l’absence de l’enfant concerné est excusée',
  too_short: 'l’absence est trop courte pour être excusée',
  first_days_free: 'les premiers jours ne sont pas dus',
  not_announced: 'l’absence n’a pas été signalée à temps',
  no_notice: 'l’absence n’a pas été signalée',
  notice_late: 'l’absence a été signalée trop tard',
  no_evidence: 'aucun justificatif n’a été reçu',
  evidence_kind: 'ce type de justificatif n’est pas accepté',
  evidence_name: 'le justificatif n’est pas au nom de l’enfant',
  evidence_days: 'le justificatif ne couvre pas ce jour',
  evidence_late: 'le justificatif est arrivé trop tard',
  waiting: 'les premiers jours restent dus',
  excused: 'l’absence est excusée',
} as const satisfies Readonly<Record<Why, string>>;

/** « le justificatif est arrivé trop tard ; à faire avant minuit le samedi 5 au soir » */
export function whyWords(
  { why, limit }: { readonly why: Why; readonly limit?: Limit },
  near: LocalDate,
): string {
  const missed = limit ? `${NBSP}; à faire ${formatDeadline(limit, near)}` : '';
  return `${words[why]}${missed}`;
}
