import { asInstant, asLocalTime } from '../../src/domain/kernel/parisTime.ts';
import type { CloseSessionView } from '../../src/interfaces/web/pages/closeSessionPage.tsx';
import type { PortalStateView } from '../../src/interfaces/web/pages/portalStatePage.tsx';
import type { RebuildView } from '../../src/interfaces/web/pages/rebuildPage.tsx';
import { rebuildHref, storeRows } from '../../src/interfaces/web/views/portalStateView.ts';
import type { SessionsView } from '../../src/interfaces/web/pages/sessionsPage.tsx';
import type {
  ValidationCase,
  ValidationView,
} from '../../src/interfaces/web/pages/validationView.ts';
import { at, day, now } from './sampleMoment.ts';

const queued = (key: string, childName: string, date: string, place = 'Saint-Géry-Vers') => ({
  key,
  href: `/agents/validation/${key}`,
  childName,
  label: 'Accueil de loisirs du mercredi',
  place,
  kind: 'wednesday' as const,
  date: day(date),
  dueAt: at(date, '07:30'),
  current: false,
});

const openedCase: ValidationCase = {
  childName: 'Léa Vialard',
  age: 7,
  familyName: 'Vialard',
  label: 'Accueil de loisirs du mercredi',
  place: 'Saint-Géry-Vers',
  kind: 'wednesday',
  date: day('2026-11-18'),
  hours: { startsAt: asLocalTime('07:30'), endsAt: asLocalTime('18:30') },
  dueAt: at('2026-11-18', '07:30'),
  requestedAt: asInstant('2026-11-14T18:02:00+01:00'),
  note: 'Léa arrivera vers 10 h, après son cours de musique.',
  group: { name: '6 ans et plus', held: 22, places: 24, waiting: 1 },
  form: { action: '/agents/validation/r1', csrf: 'jeton', reservationId: 'r1' },
  faults: [],
  previousHref: '/agents/validation/r0',
  nextHref: '/agents/validation/r2',
};

export const validationView: ValidationView = {
  now,
  queue: [
    { ...queued('r0', 'Inès Delrieu', '2026-11-16', 'Prayssac'), kind: 'meal', label: 'Cantine' },
    { ...queued('r1', 'Léa Vialard', '2026-11-18'), current: true },
    queued('r2', 'Marie-Alexandrine de Montpezat-Lacapelle', '2026-11-18'),
    queued('r3', 'Noé Bessières', '2026-11-25', 'Prayssac'),
    queued('r4', 'Jade Castagné', '2026-11-25', 'Luzech'),
    queued('r5', 'Tom Pouget', '2026-12-02'),
  ],
  tools: {
    filter: {
      action: '/agents/validation',
      all: { value: '', label: 'Toutes les activités (6)' },
      groups: [
        {
          label: 'Prayssac',
          choices: [
            { value: 'lieu-prayssac', label: 'Tout\u00a0: Prayssac (2)' },
            { value: 'a1', label: 'Cantine (1)' },
            { value: 'a2', label: 'Accueil de loisirs du mercredi (1)' },
          ],
        },
        { label: 'Luzech', choices: [{ value: 'a3', label: 'Garderie du soir (1)' }] },
      ],
      which: 'lieu-prayssac',
      until: day('2026-12-02'),
    },
    search: { action: '/agents/validation/recherche', csrf: 'jeton' },
    isPart: true,
    wholeHref: '/agents/validation',
    csvHref: '/agents/validation.csv?pour=lieu-prayssac',
  },
  opened: openedCase,
  chosen: false,
  queueHref: '/agents/validation',
  readySentences: [
    'Toutes les places de ce jour sont prises. Nous vous proposons de choisir un autre jour.',
    'Le dossier de votre enfant est à compléter\u00a0: appelez-nous, nous vous dirons ce qui manque.',
    'L’activité de ce jour n’est pas adaptée à l’âge de votre enfant.',
  ],
};

/** A request whose session was taken from the calendar: it can only be refused. */
export const goneView: ValidationView = {
  ...validationView,
  chosen: true,
  opened: {
    childName: 'Léa Vialard',
    age: 7,
    familyName: 'Vialard',
    label: 'Accueil de loisirs du mercredi',
    place: 'Saint-Géry-Vers',
    kind: 'wednesday',
    date: day('2026-11-18'),
    gone: {
      title: 'La séance n’a plus lieu',
      why: 'Cette activité n’a pas lieu ce jour de la semaine. Cette demande ne peut plus être acceptée\u00a0: refusez-la, la famille lira votre phrase.',
      sentence: 'Cette séance n’a plus lieu. Rien ne vous est facturé.',
    },
    requestedAt: asInstant('2026-11-14T18:02:00+01:00'),
    form: openedCase.form,
    faults: [],
    nextHref: '/agents/validation/r2',
  },
};

export const refusalView: ValidationView = {
  ...validationView,
  chosen: true,
  opened: {
    ...openedCase,
    given: { decision: 'refuser' },
    faults: [{ fieldId: 'motif', message: 'Choisissez ou écrivez la phrase que la famille lira.' }],
  },
};

export const sessionsView: SessionsView = {
  now,
  date: day('2026-11-18'),
  previousHref: '/agents/seances?jour=2026-11-17',
  nextHref: '/agents/seances?jour=2026-11-19',
  todayHref: '/agents/seances?jour=2026-11-16',
  csvHref: '/agents/seances.csv?jour=2026-11-16',
  sort: { by: 'heure', direction: 'ascending' },
  sortHrefs: {
    heure: '/agents/seances?tri=heure',
    lieu: '/agents/seances?tri=lieu',
    places: '/agents/seances?tri=places',
    attente: '/agents/seances?tri=attente',
  },
  filter: {
    action: '/agents/seances',
    facility: '',
    facilities: [
      { value: '', label: 'Tous les lieux' },
      { value: 'saint-gery', label: 'Saint-Géry-Vers' },
      { value: 'prayssac', label: 'Prayssac' },
    ],
  },
  rows: ['Prayssac', 'Saint-Géry-Vers', 'Luzech', 'Puy-l’Évêque'].flatMap((facility, index) =>
    ['moins de 6 ans', '6 ans et plus'].map((group, second) => ({
      key: `${facility}-${group}`,
      label: index === 3 ? 'Garderie du matin' : 'Accueil de loisirs du mercredi',
      kind: index === 3 ? ('beforeSchool' as const) : ('wednesday' as const),
      facility,
      group,
      hours: {
        startsAt: asLocalTime('07:30'),
        endsAt: asLocalTime(index === 3 ? '08:45' : '18:30'),
      },
      held: [16, 24, 9, 30][index]! - second * 3,
      places: [16, 24, 24, 40][index]!,
      awaiting: second === 0 ? index : 0,
      waiting: second === 0 && index < 2 ? 3 - index : 0,
      ...(facility === 'Luzech'
        ? { closedBecause: 'grève' }
        : { closeHref: `/agents/seances/${index}/fermeture` }),
    })),
  ),
};

export const closeSessionView: CloseSessionView = {
  label: 'Accueil de loisirs du mercredi',
  kind: 'wednesday',
  facility: 'Saint-Géry-Vers',
  date: day('2026-11-18'),
  families: 31,
  reservations: 38,
  form: { action: '/agents/seances/1/fermeture', csrf: 'jeton' },
  backHref: '/agents/seances?jour=2026-11-18',
  readyReasons: ['grève', 'intempéries', 'travaux'],
  faults: [],
};

export const portalStateView: PortalStateView = {
  now,
  stores: storeRows({ events: true, readModels: true, keys: true }),
  rows: [
    {
      name: 'agenda',
      label: 'L’agenda des enfants',
      state: 'live',
      lag: 0,
      since: asInstant('2026-11-16T07:00:00Z'),
      rebuildAsked: asInstant('2026-11-16T06:58:00Z'),
      rebuildHref: rebuildHref('agenda'),
    },
    {
      name: 'occupancy',
      label: 'Les places de chaque séance',
      state: 'catchingUp',
      lag: 12,
      since: asInstant('2026-11-16T16:58:00Z'),
      rebuildHref: rebuildHref('occupancy'),
    },
    {
      name: 'dossiers',
      label: 'Les dossiers des familles',
      state: 'rebuilding',
      lag: undefined,
      rebuildHref: rebuildHref('dossiers'),
    },
    {
      name: 'validation_queue',
      label: 'Les réservations à valider',
      state: 'stopped',
      lag: 1_000,
      more: true,
      since: asInstant('2026-11-16T16:58:00Z'),
      fault:
        'ProjectionFailure: validation_queue failed at ReservationPromoted, position 98002: TypeError',
      rebuildHref: rebuildHref('validation_queue'),
    },
  ],
  notice: { tone: 'done', title: 'Reconstruction demandée\u00a0: Les dossiers des familles' },
};

/** While the servers of the read models and of the keys are away. */
export const storesAwayView: PortalStateView = {
  now,
  stores: storeRows({ events: true, readModels: false, keys: false }),
  rows: undefined,
};

export const rebuildView: RebuildView = {
  name: 'agenda',
  label: 'L’agenda des enfants',
  form: { action: rebuildHref('agenda'), csrf: 'jeton' },
  backHref: '/agents/etat',
};
