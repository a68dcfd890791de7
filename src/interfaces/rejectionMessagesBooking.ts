import type { RejectionValues } from '../domain/kernel/rejection.ts';
import type { NoSessionReason } from '../domain/kernel/sessionTerms.ts';
import type { ReservationStatus } from '../domain/reservation/sessionBook.ts';
import {
  amountOf,
  dayOf,
  momentOf,
  numberOf,
  plain,
  textOf,
  type RejectionRow,
  type RejectionTable,
} from './rejectionWords.ts';

const whyNoSession: Readonly<Record<NoSessionReason, (named: string) => string>> = {
  notYetOpen: () => 'Les réservations ne sont pas ouvertes pour ce jour.',
  weekday: () => 'Cette activité n’a pas lieu ce jour de la semaine.',
  publicHoliday: (named) => `Il n’y a pas d’accueil ce jour-là : c’est un jour férié${named}.`,
  schoolHoliday: (named) => `Cette activité n’a pas lieu pendant les vacances scolaires${named}.`,
  schoolTerm: () => 'Cette activité n’a lieu que pendant les vacances scolaires.',
  closure: (named) => `Il n’y a pas d’accueil ce jour-là : le service est fermé${named}.`,
};

/** Why there is no session, in a sentence; from a session's terms or from a refusal's values. */
export function noSessionWords(values: RejectionValues): string {
  const name = textOf(values, 'name');
  const why = whyNoSession[textOf(values, 'reason') as NoSessionReason] as
    ((named: string) => string) | undefined;
  return why?.(name === undefined ? '' : ` (${name})`) ?? 'Cette activité n’a pas lieu ce jour-là.';
}

const whyDecided: Readonly<Record<Exclude<ReservationStatus, 'awaitingValidation'>, string>> = {
  confirmed: 'elle est déjà acceptée',
  waitlisted: 'elle est sur la liste d’attente',
  refused: 'elle a été refusée',
  cancelled: 'elle a été annulée',
  cancelledByTown: 'la commune a annulé la séance',
};

/** Words that are longer than what is kept: nobody's are cut. */
const tooLong = (what: string): RejectionRow => ({
  status: 422,
  title: 'Texte trop long',
  detail(values) {
    const max = numberOf(values, 'max');
    return `${what} est trop long${max === undefined ? '' : ` : gardez ${max}\u00a0caractères au plus`}. Rien n’a été enregistré : raccourcissez, puis renvoyez.`;
  },
  sample: { max: 500 },
});

/** What a refused booking tells of the rules, as it comes. */
const bookingRule = { limit: '2026-11-20T08:00:00.000Z', ruleVersion: 1 };

/** Refusals of bookings, cancellations, decisions of staff and receipts. */
export const bookingRejections = {
  'RESERVATION.NO_SESSION': {
    status: 422,
    title: 'Pas de séance ce jour-là',
    detail: (values) => `${noSessionWords(values)} Choisissez un autre jour.`,
    sample: { reason: 'publicHoliday', name: 'Armistice de 1918', ruleVersion: 1 },
  },
  'RESERVATION.NOT_YOUR_CHILD': plain(
    404,
    'Enfant non rattaché à la famille',
    'Cet enfant n’est pas rattaché à cette famille. Si c’est une erreur, contactez l’accueil des familles.',
  ),
  'RESERVATION.NOT_ENROLLED': plain(
    409,
    'Enfant non inscrit à l’activité',
    'L’enfant n’est pas inscrit à cette activité pour ce jour. Demandez d’abord son inscription à l’accueil des familles.',
  ),
  'RESERVATION.CHILD_ERASED': plain(
    410,
    'Données de l’enfant effacées',
    'Les données de cet enfant ont été effacées : il n’est plus possible de réserver pour lui.',
  ),
  'RESERVATION.AGE': {
    status: 409,
    title: 'Pas de groupe pour cet âge',
    detail(values) {
      const age = numberOf(values, 'age');
      const years = age === undefined ? 'de cet âge' : `de ${age}\u00a0${age < 2 ? 'an' : 'ans'}`;
      return `Cette activité n’accueille pas les enfants ${years} ce jour-là. Choisissez une activité de son âge.`;
    },
    sample: { age: 3, ...bookingRule },
  },
  'RESERVATION.SESSION_CLOSED': {
    status: 409,
    title: 'Séance annulée par la commune',
    detail(values) {
      const reason = textOf(values, 'reason');
      return `La commune a annulé cette séance${reason === undefined ? '' : ` : ${reason}`}. Rien ne sera facturé pour ce jour.`;
    },
    sample: { reason: 'Grève du personnel', ...bookingRule },
  },
  'RESERVATION.TOO_LATE': {
    status: 409,
    title: 'Trop tard pour réserver',
    detail(values) {
      const limit = momentOf(values, 'limit');
      return `Trop tard pour réserver${limit === undefined ? '' : ` : la limite était ${limit}`}. En cas d’urgence, appelez l’accueil des familles.`;
    },
    sample: bookingRule,
  },
  'RESERVATION.FULL': {
    ...plain(
      409,
      'Complet',
      'Il n’y a plus de place ce jour-là, et cette activité n’a pas de liste d’attente. Choisissez un autre jour.',
    ),
    sample: bookingRule,
  },
  'RESERVATION.UNKNOWN': plain(
    404,
    'Réservation introuvable',
    'Cette réservation n’existe pas, ou plus. Elle a peut-être changé entre-temps : relisez l’agenda.',
  ),
  'RESERVATION.SESSION_STARTED': {
    status: 409,
    title: 'Séance déjà commencée',
    detail(values) {
      const start = momentOf(values, 'startsAt');
      return `Trop tard pour annuler : la séance ${start === undefined ? 'a déjà commencé' : `a commencé ${start}`}. En cas d’absence pour maladie, un certificat médical du jour peut la justifier.`;
    },
    sample: {
      startsAt: '2026-11-23T06:30:00.000Z',
      limit: '2026-11-23T06:30:00.000Z',
      ruleVersion: 1,
    },
  },
  'RESERVATION.DAY_OVER': {
    status: 409,
    title: 'Jour déjà passé',
    detail(values) {
      const day = dayOf(values, 'date');
      return `Trop tard pour annuler : ${day === undefined ? 'ce jour est passé' : `le ${day} est passé`}. Si ce jour vous était facturé, appelez l’accueil des familles.`;
    },
    sample: { date: '2026-11-27', limit: '2026-11-27T23:00:00.000Z', ruleVersion: 1 },
  },
  'RESERVATION.LATE_CANCELLATION_BILLED': {
    status: 409,
    title: 'Annulation tardive, facturée',
    detail(values) {
      const limit = momentOf(values, 'limit');
      const amount = amountOf(values, 'billedCents');
      // In French, the plural begins at two euros.
      const stay =
        (numberOf(values, 'billedCents') ?? 0) < 200 ? 'reste facturé' : 'restent facturés';
      return (
        `L’annulation sans frais n’est plus possible${limit === undefined ? '' : ` : la limite était ${limit}`}. ` +
        `Si vous annulez maintenant, ${amount === undefined ? 'le prix de la séance reste facturé' : `${amount} ${stay}`}. ` +
        'Pour annuler quand même, confirmez que vous l’acceptez.'
      );
    },
    sample: { limit: '2026-11-19T23:00:00.000Z', billedCents: 345, ruleVersion: 1 },
  },
  'RESERVATION.NOT_AWAITING': {
    status: 409,
    title: 'Réservation déjà décidée',
    detail(values) {
      const why = (whyDecided as Readonly<Record<string, string | undefined>>)[
        textOf(values, 'status') ?? ''
      ];
      return `Cette réservation n’attend plus de décision${why === undefined ? '' : ` : ${why}`}.`;
    },
    sample: { status: 'cancelled' },
  },
  'RESERVATION.TOO_LATE_TO_ACCEPT': {
    status: 409,
    title: 'Trop tard pour accepter',
    detail(values) {
      const start = momentOf(values, 'startsAt');
      return `La séance a commencé${start === undefined ? '' : ` ${start}`}, et la famille n’avait pas de réponse : la réservation ne peut plus être acceptée, ni facturée. Refusez-la, avec une phrase pour la famille.`;
    },
    sample: {
      startsAt: '2026-11-23T06:30:00.000Z',
      limit: '2026-11-23T06:30:00.000Z',
      ruleVersion: 1,
    },
  },
  'RESERVATION.REASON_MISSING': plain(
    422,
    'Motif manquant',
    'Écrivez en une phrase pourquoi la réservation est refusée : la famille la lira.',
  ),
  'RESERVATION.REASON_TOO_LONG': tooLong('Le motif du refus'),
  'SESSION.UNKNOWN': plain(
    404,
    'Séance introuvable',
    'Cette activité n’a pas de séance ce jour-là. Vérifiez l’activité et la date.',
  ),
  'SESSION.TOO_LATE_TO_CLOSE': {
    status: 409,
    title: 'Trop tard pour fermer la séance',
    detail(values) {
      const limit = momentOf(values, 'limit');
      return `Une séance se ferme avant de commencer${limit === undefined ? '' : ` : la limite était ${limit}`}. Ses réservations n’ont pas changé.`;
    },
    sample: { limit: '2026-11-23T06:30:00.000Z' },
  },
  'SESSION.REASON_MISSING': plain(
    422,
    'Motif manquant',
    'Écrivez en quelques mots pourquoi la séance est annulée : les familles le liront.',
  ),
  'SESSION.REASON_TOO_LONG': tooLong('Le motif'),
  'SUBMISSION.NOTE_TOO_LONG': tooLong('Le mot pour l’équipe'),
  'SUBMISSION.TOO_LONG': {
    status: 422,
    title: 'Trop de jours à la fois',
    detail(values) {
      const max = numberOf(values, 'max');
      return `Un envoi ne peut pas compter plus de ${max === undefined ? 'jours que prévu' : `${max}\u00a0jours`}. Rien n’a été enregistré : envoyez-les en plusieurs fois.`;
    },
    sample: { max: 400 },
  },
  'RECEIPT.EMPTY': plain(
    422,
    'Aucun jour choisi',
    'Choisissez au moins un jour à réserver ou à annuler.',
  ),
  'RECEIPT.UNKNOWN': plain(
    404,
    'Accusé de réception introuvable',
    'Aucun accusé de réception ne porte cette référence. Vérifiez son numéro.',
  ),
} as const satisfies RejectionTable;
