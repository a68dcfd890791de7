import type { ActivityKind } from '../../src/domain/activity/activityTerms.ts';
import { asId } from '../../src/domain/kernel/ids.ts';
import {
  addDays,
  asLocalDate,
  asYearMonth,
  daysOf,
  weekdayOf,
  type LocalDate,
} from '../../src/domain/kernel/localDate.ts';
import { asCents } from '../../src/domain/kernel/money.ts';
import { asInstant, asLocalTime, parisInstant } from '../../src/domain/kernel/parisTime.ts';
import type { Limit } from '../../src/domain/kernel/sessionTerms.ts';
import { slotValue, type Slot, type SlotState } from '../../src/interfaces/web/components/slot.ts';
import { familyMenu, staffMenu } from '../../src/interfaces/web/layout/menus.ts';
import type { PageFrame } from '../../src/interfaces/web/layout/pageFrame.ts';
import type { AgendaDay, AgendaView } from '../../src/interfaces/web/pages/agendaView.ts';
import type { CheckView } from '../../src/interfaces/web/pages/checkPage.tsx';
import type { CloseSessionView } from '../../src/interfaces/web/pages/closeSessionPage.tsx';
import type { HomeView } from '../../src/interfaces/web/pages/homePage.tsx';
import type { ProjectionsView } from '../../src/interfaces/web/pages/projectionsPage.tsx';
import type { ReceiptView } from '../../src/interfaces/web/pages/receiptPage.tsx';
import type { SessionsView } from '../../src/interfaces/web/pages/sessionsPage.tsx';
import type { SignInChoiceView } from '../../src/interfaces/web/pages/signInChoicePage.tsx';
import type { ValidationView } from '../../src/interfaces/web/pages/validationView.ts';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';

/** An invented family of the Lot, on Monday 16 November 2026 at 18 h 02. */
export const now = asInstant('2026-11-16T18:02:00+01:00');
export const today = asLocalDate('2026-11-16');
const cents = asCents;
export const day = asLocalDate;
const at = (date: string, time: string) => parisInstant(asLocalDate(date), asLocalTime(time));
export const limit = (date: string, time = '09:00'): Limit => ({
  at: at(date, time),
  boundary: 'exclusive',
});
const form = { action: '/reservations/verification', csrf: 'jeton' };

interface SampleActivity {
  readonly id: string;
  readonly label: string;
  readonly kind: ActivityKind;
  readonly price: number;
  readonly place?: string;
}

const matin = { id: 'garderie-matin', label: 'Garderie du matin', kind: 'beforeSchool', price: 120 };
const cantine = { id: 'cantine', label: 'Cantine', kind: 'meal', price: 299 };
const soir = { id: 'garderie-soir', label: 'Garderie du soir', kind: 'afterSchool', price: 160 };
const etude = { id: 'etude', label: 'Étude surveillée', kind: 'afterSchool', price: 200 };
const mercredi = {
  id: 'mercredi',
  label: 'Accueil de loisirs du mercredi',
  kind: 'wednesday',
  price: 940,
  place: 'Saint-Géry-Vers',
};
const schoolDay = [matin, cantine, soir] as readonly SampleActivity[];
const longDay = [matin, cantine, etude, soir] as readonly SampleActivity[];
const wednesday = [mercredi] as readonly SampleActivity[];

/** Working days before, roughly: Friday for Monday and Tuesday, two days otherwise. */
const limitOfDay = (date: LocalDate, time = '09:00'): Limit => {
  const back = { MON: 3, TUE: 4, WED: 5, THU: 2, FRI: 3, SAT: 4, SUN: 5 }[weekdayOf(date)];
  return limit(addDays(date, -back), time);
};

function stateOn(activity: SampleActivity, date: LocalDate, seed: number): SlotState {
  const until = limitOfDay(date, activity.kind === 'wednesday' ? '24:00' : '09:00');
  const price = cents(activity.price);
  const passed = until.at <= now;
  if (date < today) {
    if (seed % 11 === 3) return { kind: 'absent', billedCents: price };
    if (seed % 7 === 2) return { kind: 'cancelledInTime' };
    return { kind: 'attended' };
  }
  if (activity.kind === 'wednesday') {
    if (seed % 4 === 0)
      return { kind: 'awaiting', cancellation: { kind: 'free', until } };
    if (seed % 4 === 1)
      return { kind: 'waitlisted', rank: 2, cancellation: { kind: 'free', until } };
    if (passed) return { kind: 'tooLate', since: until };
    return { kind: 'open', priceCents: price, until, answer: seed % 4 === 2 ? 'afterValidation' : 'waitingList' };
  }
  if (seed % 3 === 1 || (passed && activity.kind === 'meal'))
    return {
      kind: 'held',
      cancellation: passed
        ? { kind: 'billed', billedCents: price, since: until }
        : { kind: 'free', until },
    };
  if (passed) return { kind: 'tooLate', since: until };
  if (seed % 13 === 12) return { kind: 'cancelledByTown', reason: 'grève' };
  if (seed % 13 === 5)
    return { kind: 'cancelledInTime', again: { priceCents: price, until, answer: 'atOnce' } };
  return { kind: 'open', priceCents: price, until, answer: 'atOnce' };
}

const slotsOn = (child: string, date: LocalDate, activities: readonly SampleActivity[]): Slot[] =>
  activities.map((activity, index) => ({
    childId: asId('child', child),
    activityId: asId('activity', activity.id),
    date,
    label: activity.label,
    kind: activity.kind,
    state: stateOn(activity, date, Number(date.slice(8)) * 3 + index + child.length),
    ...(activity.place === undefined ? {} : { place: activity.place }),
  }));

interface SampleChild {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly activities: readonly SampleActivity[];
}

const lea: SampleChild = { id: 'lea', name: 'Léa', detail: 'CE1', activities: schoolDay };
const hugo: SampleChild = { id: 'hugo', name: 'Hugo', detail: 'PS', activities: schoolDay };
const marie: SampleChild = {
  id: 'marie',
  name: 'Marie-Alexandrine',
  detail: 'CM2',
  activities: longDay,
};
export const sampleChildren = [lea, hugo, marie];

export const sampleDays = (children: readonly SampleChild[], month = '2026-11'): AgendaDay[] =>
  daysOf(asYearMonth(month)).flatMap((date): AgendaDay[] => {
    const weekday = weekdayOf(date);
    if (weekday === 'SAT' || weekday === 'SUN') return [];
    if (date === '2026-11-11')
      return [{ date, closed: { reason: 'publicHoliday', name: 'Armistice de 1918' }, children: [] }];
    return [
      {
        date,
        children: children.map(({ id, name, activities }) => ({
          childId: asId('child', id),
          name,
          slots: slotsOn(id, date, weekday === 'WED' ? wednesday : activities),
        })),
      },
    ];
  });

const tabs = (current: string): AgendaView['tabs'] => [
  { label: 'Toute la famille', href: '/reservations?mois=2026-11', current: current === '', family: true },
  ...sampleChildren.map(({ id, name, detail }) => ({
    label: name,
    detail,
    href: `/reservations?mois=2026-11&enfant=${id}`,
    current: current === id,
  })),
];

const tickOn = (days: readonly AgendaDay[], dates: readonly string[]): AgendaDay[] =>
  days.map((one) => ({
    ...one,
    children: one.children.map((child) => ({
      ...child,
      slots: child.slots.map((slot) =>
        dates.includes(`${slot.date} ${slot.activityId}`) ? { ...slot, ticked: true } : slot,
      ),
    })),
  }));

export const agendaView: AgendaView = {
  now,
  month: asYearMonth('2026-11'),
  scope: 'child',
  tabs: tabs('lea'),
  previousHref: '/reservations?mois=2026-10&enfant=lea',
  nextHref: '/reservations?mois=2026-12&enfant=lea',
  days: tickOn(sampleDays([lea]), [
    '2026-11-20 garderie-soir',
    '2026-11-23 cantine',
    '2026-11-24 garderie-matin',
    '2026-11-24 cantine',
  ]),
  form,
};

export const familyAgendaView: AgendaView = {
  ...agendaView,
  scope: 'family',
  tabs: tabs(''),
  days: sampleDays(sampleChildren),
};

/** December: two weeks of school, then the holidays, one of them with activities. */
export const holidayAgendaView: AgendaView = {
  ...agendaView,
  month: asYearMonth('2026-12'),
  days: sampleDays([lea], '2026-12').map((one) =>
    one.date === '2026-12-25'
      ? { date: one.date, closed: { reason: 'publicHoliday', name: 'Noël' }, children: [] }
      : one.date >= '2026-12-21'
        ? { date: one.date, closed: { reason: 'schoolHoliday', name: 'vacances de Noël' }, children: [] }
        : one,
  ),
};

export const emptyAgendaView: AgendaView = { ...agendaView, month: asYearMonth('2027-08'), days: [] };

const checked = { childName: 'Léa', label: 'Cantine', kind: 'meal' } as const;
const valueOf = (activity: string, date: string): string =>
  slotValue({
    childId: asId('child', 'lea'),
    activityId: asId('activity', activity),
    date: day(date),
  });

export const checkView: CheckView = {
  reservations: [
    {
      ...checked,
      value: valueOf('cantine', '2026-11-23'),
      date: day('2026-11-23'),
      priceCents: cents(299),
      expected: { kind: 'atOnce' },
    },
    {
      ...checked,
      value: valueOf('garderie-soir', '2026-11-23'),
      label: 'Garderie du soir',
      kind: 'afterSchool',
      date: day('2026-11-23'),
      priceCents: cents(160),
      expected: { kind: 'waitingList', probableRank: 3 },
    },
    {
      ...checked,
      value: valueOf('mercredi', '2026-11-25'),
      label: 'Accueil de loisirs du mercredi',
      place: 'Saint-Géry-Vers',
      kind: 'wednesday',
      date: day('2026-11-25'),
      priceCents: cents(940),
      expected: { kind: 'afterValidation' },
    },
    {
      ...checked,
      value: valueOf('cantine', '2026-11-17'),
      childName: 'Hugo',
      date: day('2026-11-26'),
      priceCents: cents(299),
      expected: {
        kind: 'refused',
        reason: 'Trop tard pour réserver : la limite était vendredi 13 novembre à 9\u00a0h.',
      },
    },
  ],
  cancellations: [
    {
      ...checked,
      value: valueOf('cantine', '2026-11-17'),
      date: day('2026-11-17'),
      cost: { kind: 'billed', billedCents: cents(299), limit: at('2026-11-13', '09:00') },
    },
    {
      ...checked,
      value: valueOf('garderie-matin', '2026-11-27'),
      label: 'Garderie du matin',
      kind: 'beforeSchool',
      date: day('2026-11-27'),
      cost: { kind: 'free' },
    },
  ],
  form: { action: '/reservations/envoi', csrf: 'jeton', requestId: 'demande-1' },
  editHref: '/reservations?mois=2026-11',
  faults: [],
};

export const checkViewWithFault: CheckView = {
  ...checkView,
  note: 'Léa arrivera vers 10 h.',
  faults: [
    {
      fieldId: 'accepter-lea-cantine-2026-11-17',
      message: 'Cochez la case pour annuler la cantine de mardi 17, ou retirez ce jour.',
    },
  ],
};

export const desk = defaultTown;

export const receiptView: ReceiptView = {
  number: 'AR-7F3K-29QD',
  receivedAt: now,
  sentBy: 'Camille Vialard',
  lines: [
    {
      key: '1',
      ...checked,
      date: day('2026-11-17'),
      outcome: {
        kind: 'cancelledLate',
        billedCents: cents(299),
        rule: { version: 2, limit: at('2026-11-13', '09:00') },
      },
    },
    {
      key: '2',
      ...checked,
      date: day('2026-11-23'),
      outcome: { kind: 'accepted', priceCents: cents(299) },
    },
    {
      key: '3',
      ...checked,
      label: 'Garderie du soir',
      kind: 'afterSchool',
      date: day('2026-11-23'),
      outcome: { kind: 'waitlisted', rank: 3, priceCents: cents(160) },
    },
    {
      key: '4',
      ...checked,
      label: 'Accueil de loisirs du mercredi',
      place: 'Saint-Géry-Vers',
      kind: 'wednesday',
      date: day('2026-11-25'),
      outcome: { kind: 'awaiting', priceCents: cents(940) },
    },
    {
      key: '5',
      ...checked,
      childName: 'Hugo',
      date: day('2026-11-26'),
      outcome: {
        kind: 'refused',
        reason: 'Trop tard pour réserver\u00a0: la limite était vendredi 13 novembre à 9\u00a0h.',
        rule: { version: 2, limit: at('2026-11-13', '09:00') },
      },
    },
    {
      key: '6',
      ...checked,
      date: day('2026-11-27'),
      outcome: { kind: 'cancelled' },
    },
  ],
  note: 'Léa arrivera vers 10 h.\nMerci !',
  desk,
  agendaHref: '/reservations?mois=2026-11',
};

const homeLine = (child: string, date: string, activity: SampleActivity, state: SlotState) => ({
  key: `${child}-${date}-${activity.id}`,
  date: day(date),
  label: activity.label,
  kind: activity.kind,
  state,
  ...(activity.place === undefined ? {} : { place: activity.place }),
});
const heldFree: SlotState = {
  kind: 'held',
  cancellation: { kind: 'free', until: limit('2026-11-20') },
};

export const homeView: HomeView = {
  now,
  firstName: 'Camille',
  agendaHref: '/reservations?mois=2026-11',
  children: [
    {
      name: 'Léa',
      detail: 'CE1, école de Prayssac',
      agendaHref: '/reservations?enfant=lea',
      coming: [
        homeLine('lea', '2026-11-17', cantine as SampleActivity, heldFree),
        homeLine('lea', '2026-11-17', soir as SampleActivity, heldFree),
        homeLine('lea', '2026-11-19', cantine as SampleActivity, heldFree),
      ],
    },
    {
      name: 'Hugo',
      detail: 'Petite section, école de Prayssac',
      agendaHref: '/reservations?enfant=hugo',
      coming: [
        homeLine('hugo', '2026-11-17', cantine as SampleActivity, heldFree),
        homeLine('hugo', '2026-11-18', mercredi as SampleActivity, heldFree),
      ],
    },
    { name: 'Marie-Alexandrine', detail: 'CM2', agendaHref: '/reservations?enfant=marie', coming: [] },
  ],
  awaiting: [
    {
      ...homeLine('lea', '2026-11-18', mercredi as SampleActivity, {
        kind: 'awaiting',
        cancellation: { kind: 'free', until: limit('2026-11-18') },
      }),
      childName: 'Léa',
    },
  ],
  waiting: [
    {
      ...homeLine('lea', '2026-11-25', mercredi as SampleActivity, {
        kind: 'waitlisted',
        rank: 2,
        cancellation: { kind: 'free', until: limit('2026-11-25') },
      }),
      childName: 'Léa',
    },
  ],
  nextLimit: { at: at('2026-11-17', '09:00'), date: day('2026-11-19') },
};

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
  opened: {
    childName: 'Léa Vialard',
    age: 7,
    familyName: 'Vialard',
    label: 'Accueil de loisirs du mercredi',
    place: 'Saint-Géry-Vers',
    kind: 'wednesday',
    date: day('2026-11-18'),
    startsAt: asLocalTime('07:30'),
    endsAt: asLocalTime('18:30'),
    dueAt: at('2026-11-18', '07:30'),
    requestedAt: asInstant('2026-11-14T18:02:00+01:00'),
    note: 'Léa arrivera vers 10 h, après son cours de musique.',
    group: { name: '6 ans et plus', held: 22, places: 24, waiting: 1 },
    form: { action: '/agents/validation/r1', csrf: 'jeton', reservationId: 'r1' },
    faults: [],
  },
  chosen: false,
  queueHref: '/agents/validation',
  readySentences: [
    'Toutes les places de ce jour sont prises. Nous vous proposons de choisir un autre jour.',
    'Le dossier de votre enfant est à compléter\u00a0: appelez-nous, nous vous dirons ce qui manque.',
    'L’activité de ce jour n’est pas adaptée à l’âge de votre enfant.',
  ],
};

export const refusalView: ValidationView = {
  ...validationView,
  chosen: true,
  opened: {
    ...validationView.opened!,
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
      startsAt: asLocalTime('07:30'),
      endsAt: asLocalTime(index === 3 ? '08:45' : '18:30'),
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

export const projectionsView: ProjectionsView = {
  now,
  rows: [
    {
      name: 'agenda',
      label: 'L’agenda des enfants',
      state: 'live',
      position: '104233',
      lag: 0,
      since: asInstant('2026-11-16T07:00:00Z'),
    },
    {
      name: 'occupancy',
      label: 'Les places de chaque séance',
      state: 'catchingUp',
      position: '98001',
      lag: 6232,
      since: asInstant('2026-11-16T16:58:00Z'),
    },
    {
      name: 'validation_queue',
      label: 'Les réservations à valider',
      state: 'stopped',
      position: '98001',
      lag: 6232,
      since: asInstant('2026-11-16T16:58:00Z'),
      fault: 'ReservationPromoted : champ « to » inconnu',
    },
  ],
};

export const signInChoiceView: SignInChoiceView = {
  people: [
    { id: 'a', name: 'Camille Vialard', role: 'guardian', detail: 'Léa (CE1), Hugo (PS) et Marie-Alexandrine (CM2)' },
    { id: 'b', name: 'Agent d’accueil', role: 'agent', detail: 'Valide les réservations, ferme une séance' },
    { id: 'c', name: 'Encadrement', role: 'supervisor', detail: 'Voit aussi l’état des lectures' },
  ],
  form: { action: '/demo/connexion', csrf: 'jeton' },
};

/** Frames for the three sides of the portal. */
export const frameOf = (
  assets: PageFrame['assets'],
  side: PageFrame['side'],
  title: string,
  current?: string,
): PageFrame => ({
  title,
  town: defaultTown,
  assets,
  side,
  demonstration: true,
  menu:
    side === 'family'
      ? familyMenu
      : side === 'staff'
        ? staffMenu({ awaiting: 6, supervisor: true })
        : [],
  ...(current === undefined ? {} : { current }),
  ...(side === 'public'
    ? {}
    : {
        signedIn: {
          name: side === 'family' ? 'Camille Vialard' : 'Agent d’accueil',
          ...(side === 'staff' ? { role: 'Espace Accueil Famille' } : {}),
          leave: { action: '/deconnexion', label: 'Quitter', csrf: 'jeton' },
        },
      }),
});
