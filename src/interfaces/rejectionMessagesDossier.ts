import { weekdays, type Weekday } from '../domain/kernel/localDate.ts';
import {
  dayOf,
  plain,
  textOf,
  timeOf,
  type RejectionRow,
  type RejectionTable,
} from './rejectionWords.ts';

const dayNames: Readonly<Record<Weekday, string>> = {
  MON: 'lundi',
  TUE: 'mardi',
  WED: 'mercredi',
  THU: 'jeudi',
  FRI: 'vendredi',
  SAT: 'samedi',
  SUN: 'dimanche',
};

/** About one age group of an activity, named by its code. */
const ofGroup = (title: string, told: (group: string) => string): RejectionRow => ({
  status: 422,
  title,
  detail(values) {
    const group = textOf(values, 'group');
    return told(group === undefined ? 'Un groupe d’âge' : `Le groupe d’âge « ${group} »`);
  },
  sample: { group: '3-5-ans' },
});

/** Refusals about families, children and activities. */
export const dossierRejections = {
  'FAMILY.ALREADY_REGISTERED': plain(
    409,
    'Famille déjà enregistrée',
    'Cette famille a déjà un dossier. Ouvrez-le plutôt que d’en créer un second.',
  ),
  'FAMILY.NO_GUARDIAN': plain(
    422,
    'Responsable manquant',
    'Indiquez au moins un responsable de la famille.',
  ),
  'FAMILY.UNKNOWN': plain(
    404,
    'Famille introuvable',
    'Aucun dossier de famille ne porte cette référence.',
  ),
  'CHILD.ALREADY_REGISTERED': plain(
    409,
    'Enfant déjà enregistré',
    'Cet enfant a déjà un dossier. Rattachez-le à la famille plutôt que d’en créer un second.',
  ),
  'CHILD.BORN_IN_THE_FUTURE': plain(
    422,
    'Date de naissance à venir',
    'La date de naissance est après aujourd’hui. Corrigez-la.',
  ),
  'CHILD.UNKNOWN': plain(
    404,
    'Enfant introuvable',
    'Aucun dossier d’enfant ne porte cette référence.',
  ),
  'CHILD.BAD_PERIOD': {
    status: 422,
    title: 'Période impossible',
    detail(values) {
      const [from, to] = [dayOf(values, 'from'), dayOf(values, 'to')];
      return from === undefined || to === undefined
        ? 'L’inscription finit avant de commencer. Corrigez ses dates.'
        : `L’inscription finirait le ${to}, avant de commencer le ${from}. Corrigez ses dates.`;
    },
    sample: { from: '2026-09-01', to: '2026-08-31' },
  },
  'ACTIVITY.UNKNOWN': plain(
    404,
    'Activité introuvable',
    'Aucune activité de la commune ne porte cette référence.',
  ),
  'ACTIVITY.ALREADY_DEFINED': plain(
    409,
    'Activité déjà définie',
    'Une activité porte déjà cette référence. Choisissez-en une autre, ou programmez un changement de ses règles.',
  ),
  'ACTIVITY.TERMS_IN_THE_PAST': {
    status: 422,
    title: 'Date d’effet passée',
    detail(values) {
      const from = dayOf(values, 'effectiveFrom');
      return `De nouvelles règles s’appliquent au plus tôt demain${from === undefined ? '' : `, et non le ${from}`} : ce qui est passé garde les règles de son jour.`;
    },
    sample: { effectiveFrom: '2026-09-01' },
  },
  'ACTIVITY.TERMS_OUT_OF_ORDER': {
    status: 409,
    title: 'Règles déjà programmées plus tard',
    detail(values) {
      const after = dayOf(values, 'after');
      return after === undefined
        ? 'D’autres règles sont déjà programmées plus tard. Choisissez une date d’effet après les leurs.'
        : `D’autres règles sont déjà programmées le ${after}. Choisissez une date d’effet après celle-ci.`;
    },
    sample: { effectiveFrom: '2026-11-02', after: '2027-01-04' },
  },
  'ACTIVITY.NO_WEEKDAY': plain(
    422,
    'Aucun jour de la semaine',
    'Indiquez au moins un jour de la semaine où l’activité a lieu.',
  ),
  'ACTIVITY.BAD_HOURS': {
    status: 422,
    title: 'Horaires impossibles',
    detail(values) {
      const [start, end] = [timeOf(values, 'startsAt'), timeOf(values, 'endsAt')];
      return start === undefined || end === undefined
        ? 'L’heure de fin doit venir après l’heure de début. Corrigez les horaires.'
        : `L’activité commencerait à ${start} et finirait à ${end}. Corrigez les horaires.`;
    },
    sample: { startsAt: '18:30', endsAt: '16:30' },
  },
  'ACTIVITY.NO_AGE_GROUP': plain(
    422,
    'Aucun groupe d’âge',
    'Indiquez au moins un groupe d’âge et son nombre de places.',
  ),
  'ACTIVITY.BAD_AGE_GROUP': ofGroup(
    'Groupe d’âge impossible',
    (group) =>
      `${group} doit aller d’un âge à un autre plus grand ou égal, avec un nombre entier de places.`,
  ),
  'ACTIVITY.AGE_GROUPS_OVERLAP': ofGroup(
    'Groupes d’âge qui se chevauchent',
    (group) => `${group} compte des âges qu’un autre compte déjà. Un âge va dans un seul groupe.`,
  ),
  'ACTIVITY.BAD_DEADLINE': plain(
    422,
    'Délai impossible',
    'Un des délais (réservation, annulation ou liste d’attente) ne peut pas être calculé. Vérifiez son heure, et qu’il ne remonte pas à plus d’un an avant la séance.',
  ),
  'ACTIVITY.NO_DEADLINE_FOR_WEEKDAY': {
    status: 422,
    title: 'Délai manquant pour un jour',
    detail(values) {
      const day = weekdays.find((weekday) => weekday === values['weekday']);
      return `L’activité a lieu ${day === undefined ? 'un jour' : `le ${dayNames[day]}`} mais un de ses délais n’en dit rien. Complétez-le.`;
    },
    sample: { weekday: 'WED' },
  },
  'ACTIVITY.BAD_PRICE': plain(
    422,
    'Prix impossible',
    'Le prix est un nombre entier de centimes, positif ou nul.',
  ),
} as const satisfies RejectionTable;
