import { asId } from '../../src/domain/kernel/ids.ts';
import { asCents as cents } from '../../src/domain/kernel/money.ts';
import { slotValue, type SlotState } from '../../src/interfaces/web/components/slot.ts';
import type { CheckView } from '../../src/interfaces/web/pages/checkPage.tsx';
import type { HomeView } from '../../src/interfaces/web/pages/homePage.tsx';
import type { ReceiptView } from '../../src/interfaces/web/pages/receiptPage.tsx';
import type { ReceiptsView } from '../../src/interfaces/web/pages/receiptsPage.tsx';
import type { RefusalView } from '../../src/interfaces/web/pages/refusalPage.tsx';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { cantine, mercredi, soir, type SampleActivity } from './sampleAgenda.ts';
import { at, day, limit, now } from './sampleMoment.ts';

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
        reason: 'Trop tard pour réserver\u00a0: la limite était vendredi 13 novembre à 9\u00a0h.',
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
  bill: {
    placed: { count: 2, cents: 1239 },
    waiting: { count: 1, cents: 160 },
    late: { count: 1, cents: 299 },
  },
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
  notes: ['Léa arrivera vers 10 h.\nMerci\u00a0!'],
  desk,
  listHref: '/reservations/recus',
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
  receiptsHref: '/reservations/recus',
  agendaHref: '/reservations?mois=2026-11',
  children: [
    {
      name: 'Léa',
      detail: 'CE1, école de Prayssac',
      agendaHref: '/reservations?enfant=lea',
      coming: [
        homeLine('lea', '2026-11-17', cantine, heldFree),
        homeLine('lea', '2026-11-17', soir, heldFree),
        homeLine('lea', '2026-11-19', cantine, heldFree),
      ],
    },
    {
      name: 'Hugo',
      detail: 'Petite section, école de Prayssac',
      agendaHref: '/reservations?enfant=hugo',
      coming: [
        homeLine('hugo', '2026-11-17', cantine, heldFree),
        homeLine('hugo', '2026-11-18', mercredi, heldFree),
      ],
    },
    {
      name: 'Marie-Alexandrine',
      detail: 'CM2',
      agendaHref: '/reservations?enfant=marie',
      coming: [],
    },
  ],
  awaiting: [
    {
      ...homeLine('lea', '2026-11-18', mercredi, {
        kind: 'awaiting',
        cancellation: { kind: 'free', until: limit('2026-11-18') },
      }),
      childName: 'Léa',
    },
  ],
  waiting: [
    {
      ...homeLine('lea', '2026-11-25', mercredi, {
        kind: 'waitlisted',
        rank: 2,
        cancellation: { kind: 'free', until: limit('2026-11-25') },
      }),
      childName: 'Léa',
    },
  ],
  nextLimit: { at: at('2026-11-17', '09:00'), date: day('2026-11-19') },
};

const counts = {
  accepted: 0,
  awaiting: 0,
  waitlisted: 0,
  cancelled: 0,
  refused: 0,
  otherHousehold: 0,
};

export const receiptsView: ReceiptsView = {
  rows: [
    {
      number: '4F2A-91C0-77DE',
      href: '/reservations/recus/r2',
      issuedAt: now,
      counts: { ...counts, accepted: 12, awaiting: 2, refused: 1 },
      children: ['Léa', 'Hugo'],
      from: day('2026-11-23'),
      to: day('2026-12-18'),
    },
    {
      number: '03B7-5D1E-A9F4',
      href: '/reservations/recus/r1',
      issuedAt: at('2026-10-30', '21:12'),
      counts: { ...counts, cancelled: 1 },
      children: ['Marie-Alexandrine'],
      from: day('2026-11-05'),
      to: day('2026-11-05'),
    },
  ],
  first: 21,
  total: 47,
  newerHref: '/reservations/recus',
  olderHref: '/reservations/recus?page=3',
  agendaHref: '/reservations',
};

export const refusalOfStaffView: RefusalView = {
  childName: 'Hugo',
  label: 'Accueil de loisirs du mercredi',
  place: 'Saint-Géry-Vers',
  kind: 'wednesday',
  date: day('2026-11-25'),
  reason: 'Toutes les places de ce jour sont prises. Nous vous proposons de choisir un autre jour.',
  desk,
  agendaHref: '/reservations?mois=2026-11&enfant=hugo',
};
