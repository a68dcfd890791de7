import type { DefineActivity, Facility } from '../../../domain/activity/activity.ts';
import type { ActivityKind, ActivityTerms } from '../../../domain/activity/activityTerms.ts';
import type { ActDeadline, DeadlineRule } from '../../../domain/activity/deadline.ts';
import { asId, type ActivityId } from '../../../domain/kernel/ids.ts';
import type { Weekday } from '../../../domain/kernel/localDate.ts';
import { asCents } from '../../../domain/kernel/money.ts';
import { asLocalTime } from '../../../domain/kernel/parisTime.ts';
import type { AgeGroup } from '../../../domain/kernel/sessionTerms.ts';

/** Schools of the community, by their share of the children; leisure centres take children of several. */
export const schools = [
  { code: 'luzech', name: 'Groupe scolaire de Luzech', share: 0.44, centre: 0 },
  { code: 'prayssac', name: 'Groupe scolaire de Prayssac', share: 0.32, centre: 0 },
  { code: 'puy', name: 'Groupe scolaire de Puy-l’Évêque', share: 0.24, centre: 1 },
] as const;

export const centres = [
  { code: 'luzech', name: 'Accueil de loisirs de Luzech' },
  { code: 'puy', name: 'Accueil de loisirs de Puy-l’Évêque' },
] as const;

/** An activity of the demo town: for the children of one school, or of one leisure centre. */
export interface DemoActivity extends Omit<DefineActivity, 'effectiveFrom'> {
  readonly activityId: ActivityId;
  readonly serves: { readonly school: number } | { readonly centre: number };
}

const schoolDays: readonly Weekday[] = ['MON', 'TUE', 'THU', 'FRI'];
const weekDays: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

const before = (rule: DeadlineRule): ActDeadline => ({ rule, boundary: 'exclusive' });
const until = (rule: DeadlineRule): ActDeadline => ({ rule, boundary: 'inclusive' });
const workingDays = (days: number, at: string): DeadlineRule => ({
  type: 'daysBefore',
  days,
  unit: 'working',
  at: asLocalTime(at),
});
const calendarDays = (days: number, at: string): DeadlineRule => ({
  type: 'daysBefore',
  days,
  unit: 'calendar',
  at: asLocalTime(at),
});
const weekday = (day: Weekday, weeks: number, at: string): DeadlineRule => ({
  type: 'weekdayBefore',
  weekday: day,
  weeks,
  at: asLocalTime(at),
});

/** Meals are ordered twice a week: on Friday for Monday and Tuesday, on Tuesday for Thursday and Friday. */
const mealOrder = before({
  type: 'weekdayTable',
  at: asLocalTime('09:00'),
  rows: {
    MON: { weekday: 'FRI', weeks: 1 },
    TUE: { weekday: 'FRI', weeks: 1 },
    THU: { weekday: 'TUE', weeks: 0 },
    FRI: { weekday: 'TUE', weeks: 0 },
  },
});
const untilStart = before({ type: 'none' });

type Times = readonly [startsAt: string, endsAt: string];
const atSchool = (
  [startsAt, endsAt]: Times,
  deadline: ActDeadline,
  priceCents: number,
): ActivityTerms => ({
  schedule: {
    weekdays: schoolDays,
    season: 'schoolTerm',
    startsAt: asLocalTime(startsAt),
    endsAt: asLocalTime(endsAt),
  },
  groups: [
    { code: 'maternelle', name: 'Maternelle', minAge: 2, maxAge: 5, places: 180 },
    { code: 'elementaire', name: 'Élémentaire', minAge: 6, maxAge: 12, places: 260 },
  ],
  booking: deadline,
  cancellation: deadline,
  promotion: untilStart,
  validation: 'immediate',
  waitingList: true,
  lateGiveBackFree: false,
  priceCents: asCents(priceCents),
});

const atCentre = (
  schedule: Pick<ActivityTerms['schedule'], 'weekdays' | 'season'>,
  groups: readonly AgeGroup[],
  deadlines: Pick<ActivityTerms, 'booking' | 'cancellation' | 'promotion'>,
  priceCents: number,
): ActivityTerms => ({
  schedule: { ...schedule, startsAt: asLocalTime('08:30'), endsAt: asLocalTime('17:30') },
  groups,
  ...deadlines,
  validation: 'staff',
  waitingList: true,
  lateGiveBackFree: true,
  priceCents: asCents(priceCents),
});

const meal = atSchool(['11:50', '13:30'], mealOrder, 299);
const dearerMeal = atSchool(['11:50', '13:30'], mealOrder, 315);
const morning = atSchool(['07:15', '08:45'], before(workingDays(1, '17:00')), 120);
const evening = atSchool(
  ['16:30', '18:30'],
  until({ type: 'sameDay', at: asLocalTime('11:00') }),
  185,
);

const wednesdayLimits = [
  {
    booking: until(weekday('FRI', 1, '18:00')),
    cancellation: until(weekday('WED', 1, '18:00')),
    promotion: before(weekday('MON', 0, '12:00')),
  },
  {
    booking: before(calendarDays(7, '18:00')),
    cancellation: before(calendarDays(9, '18:00')),
    promotion: before(calendarDays(2, '12:00')),
  },
] as const;
const holidayLimits = [
  {
    booking: before(workingDays(5, '12:00')),
    cancellation: before(workingDays(7, '12:00')),
    promotion: before(workingDays(1, '12:00')),
  },
  {
    booking: until({ type: 'monthBefore', day: 20, at: asLocalTime('18:00') }),
    cancellation: until({ type: 'monthBefore', day: 20, at: asLocalTime('18:00') }),
    promotion: before(workingDays(2, '12:00')),
  },
] as const;

const groups = (places: CentrePlaces): readonly AgeGroup[] => [
  { code: 'petits', name: '3-5 ans', minAge: 3, maxAge: 5, places: places.small },
  { code: 'grands', name: '6-11 ans', minAge: 6, maxAge: 11, places: places.big },
];

/** Places of a leisure centre, for children of 3 to 5 and of 6 to 11. */
export interface CentrePlaces {
  readonly small: number;
  readonly big: number;
}

const activity = (
  code: string,
  kind: ActivityKind,
  name: string,
  facility: Facility,
  serves: DemoActivity['serves'],
  terms: ActivityTerms,
): DemoActivity => ({
  activityId: asId('activity', code),
  kind,
  name,
  facility,
  serves,
  terms,
});

function schoolActivities(school: number): DemoActivity[] {
  const of = schools[school];
  if (!of) return [];
  const { code, name } = of;
  const facility = { facilityId: asId('facility', `ecole-${code}`), name };
  const serves = { school };
  return [
    activity(`matin-${code}`, 'beforeSchool', 'Garderie du matin', facility, serves, morning),
    activity(
      `cantine-${code}`,
      'meal',
      'Cantine',
      facility,
      serves,
      school === 2 ? dearerMeal : meal,
    ),
    activity(`soir-${code}`, 'afterSchool', 'Garderie du soir', facility, serves, evening),
  ];
}

function centreActivities(centre: number, places: CentrePlaces): DemoActivity[] {
  const [of, wednesday, holidays] = [
    centres[centre],
    wednesdayLimits[centre],
    holidayLimits[centre],
  ];
  if (!of || !wednesday || !holidays) return [];
  const { code, name } = of;
  const facility = { facilityId: asId('facility', `loisirs-${code}`), name };
  const onWednesdays = { weekdays: ['WED'], season: 'schoolTerm' } as const;
  const inHolidays = { weekdays: weekDays, season: 'schoolHolidays' } as const;
  const wednesdayTerms = atCentre(onWednesdays, groups(places), wednesday, 950);
  const holidayTerms = atCentre(inHolidays, groups(places), holidays, 1250);
  const serves = { centre };
  return [
    activity(`mercredi-${code}`, 'wednesday', 'Mercredi loisirs', facility, serves, wednesdayTerms),
    activity(
      `vacances-${code}`,
      'holidays',
      'Accueil des vacances',
      facility,
      serves,
      holidayTerms,
    ),
  ];
}

/** Thirteen activities in five facilities; the leisure centres have these places. */
export const townActivities = (places: readonly CentrePlaces[]): DemoActivity[] => [
  ...schools.flatMap((_, school) => schoolActivities(school)),
  ...places.flatMap((of, centre) => centreActivities(centre, of)),
];
