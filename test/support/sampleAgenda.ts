import type { ActivityKind } from '../../src/domain/activity/activityTerms.ts';
import { asId } from '../../src/domain/kernel/ids.ts';
import {
  addDays,
  asYearMonth,
  daysOf,
  weekdayOf,
  type LocalDate,
} from '../../src/domain/kernel/localDate.ts';
import { asCents as cents } from '../../src/domain/kernel/money.ts';
import type { Limit } from '../../src/domain/kernel/sessionTerms.ts';
import type { Slot, SlotState } from '../../src/interfaces/web/components/slot.ts';
import type { AgendaDay, AgendaView } from '../../src/interfaces/web/pages/agendaView.ts';
import { limit, now, today } from './sampleMoment.ts';

const form = { action: '/reservations/verification', csrf: 'jeton' };

export interface SampleActivity {
  readonly id: string;
  readonly label: string;
  readonly kind: ActivityKind;
  readonly price: number;
  readonly place?: string;
}

const matin: SampleActivity = {
  id: 'garderie-matin',
  label: 'Garderie du matin',
  kind: 'beforeSchool',
  price: 120,
};
export const cantine: SampleActivity = {
  id: 'cantine',
  label: 'Cantine',
  kind: 'meal',
  price: 299,
};
export const soir: SampleActivity = {
  id: 'garderie-soir',
  label: 'Garderie du soir',
  kind: 'afterSchool',
  price: 160,
};
const etude: SampleActivity = {
  id: 'etude',
  label: 'Étude surveillée',
  kind: 'afterSchool',
  price: 200,
};
export const mercredi: SampleActivity = {
  id: 'mercredi',
  label: 'Accueil de loisirs du mercredi',
  kind: 'wednesday',
  price: 940,
  place: 'Saint-Géry-Vers',
};
const schoolDay: readonly SampleActivity[] = [matin, cantine, soir];
const longDay: readonly SampleActivity[] = [matin, cantine, etude, soir];
const wednesday: readonly SampleActivity[] = [mercredi];

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
    if (seed % 4 === 0) return { kind: 'awaiting', cancellation: { kind: 'free', until } };
    if (seed % 4 === 1)
      return { kind: 'waitlisted', rank: 2, cancellation: { kind: 'free', until } };
    if (passed) return { kind: 'tooLate', since: until };
    return {
      kind: 'open',
      priceCents: price,
      until,
      answer: seed % 4 === 2 ? 'afterValidation' : 'waitingList',
    };
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
      return [
        { date, closed: { reason: 'publicHoliday', name: 'Armistice de 1918' }, children: [] },
      ];
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
  {
    label: 'Toute la famille',
    href: '/reservations?mois=2026-11',
    current: current === '',
    family: true,
  },
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
  receiptsHref: '/reservations/recus',
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
        ? {
            date: one.date,
            closed: { reason: 'schoolHoliday', name: 'vacances de Noël' },
            children: [],
          }
        : one,
  ),
};

export const emptyAgendaView: AgendaView = {
  ...agendaView,
  month: asYearMonth('2027-08'),
  days: [],
};
