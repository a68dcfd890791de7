/** Why a child was absent: the grounds seen in real regulations, as families read them. A town may add its own. */
export const knownGrounds = {
  none: 'absence sans motif',
  illness: 'maladie',
  medical_appointment: 'rendez-vous médical',
  hospital: 'hospitalisation',
  strike: 'grève',
  teacher_absent: 'absence non remplacée de l’enseignant',
  sent_home: 'enfant renvoyé chez lui par l’école',
  left_school_urgently: 'départ de l’école en urgence',
  closure: 'fermeture du service',
  weather: 'intempéries',
  school_trip: 'sortie scolaire',
  bereavement: 'deuil familial',
  job_loss: 'perte d’emploi',
  employer: 'obligation professionnelle',
  atypical_hours: 'horaires de travail atypiques',
  excluded: 'exclusion temporaire',
  exceptional: 'circonstance exceptionnelle',
} as const satisfies Readonly<Record<string, string>>;

/** A ground's words; the town's own where it has some. */
export const groundWords = (ground: string, own?: string): string | undefined =>
  own ?? (Object.hasOwn(knownGrounds, ground) ? knownGrounds[ground as never] : undefined);
