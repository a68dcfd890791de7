import type { DefineActivity } from '../../../src/domain/activity/activity.ts';
import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import type { Weekday } from '../../../src/domain/kernel/localDate.ts';
import type { TownCalendar } from '../../../src/domain/kernel/townCalendar.ts';
import {
  before,
  daysBefore,
  group,
  sameDay,
  terms,
  upTo,
  weekdayBefore,
  workingDays,
} from '../activityFacts.ts';
import { activityId, day, euros, hour, paris, period, townCalendar } from '../townFacts.ts';

/** Where the small town stands: a Monday, in term. */
export const monday16 = paris('2026-11-16 10:00');

export const smallTownCalendar: TownCalendar = townCalendar({
  closures: [period('travaux à l’école', '2026-12-01')],
  schoolHolidays: [period('vacances de Noël', '2026-12-19', '2027-01-03')],
});

const school = { facilityId: asId('facility', 'ecole'), name: 'Groupe scolaire de Luzech' };
const centre = { facilityId: asId('facility', 'centre'), name: 'Accueil de loisirs de Luzech' };

const hours = (weekdays: readonly Weekday[], startsAt: string, endsAt: string) => ({
  schedule: {
    weekdays,
    season: 'schoolTerm' as const,
    startsAt: hour(startsAt),
    endsAt: hour(endsAt),
  },
});
const activity = (
  id: string,
  name: string,
  kind: DefineActivity['kind'],
  changed: Partial<ActivityTerms>,
): DefineActivity => ({
  activityId: activityId(id),
  kind,
  name,
  facility: kind === 'wednesday' ? centre : school,
  effectiveFrom: day('2026-09-01'),
  terms: terms(changed),
});

const twoDaysBefore = before(workingDays(2, '09:00'));
const onTheDay = upTo(sameDay('11:00'));
const weekBefore = (weekday: Weekday) => upTo(weekdayBefore(weekday, 1, '18:00'));
const eve = before(daysBefore(1, '18:00'));

/**
 * One activity of each kind of answer: a canteen with room, an evening that can be asked for on the day, Wednesdays
 * that staff validate, homework with one place and a waiting list, chess with one place and no list.
 */
export const smallTownActivities: readonly DefineActivity[] = [
  activity('cantine', 'Cantine', 'meal', {
    booking: twoDaysBefore,
    cancellation: twoDaysBefore,
    priceCents: euros(3.5),
  }),
  activity('soir', 'Garderie du soir', 'afterSchool', {
    ...hours(['MON', 'TUE', 'THU', 'FRI'], '16:30', '18:30'),
    booking: onTheDay,
    cancellation: onTheDay,
    promotion: onTheDay,
    priceCents: euros(1.85),
  }),
  activity('mercredi', 'Mercredi loisirs', 'wednesday', {
    ...hours(['WED'], '08:30', '17:30'),
    groups: [
      { ...group('petits', 3, 5, 12), name: '3-5 ans' },
      { ...group('grands', 6, 11, 16), name: '6-11 ans' },
    ],
    booking: weekBefore('FRI'),
    cancellation: weekBefore('WED'),
    promotion: before(daysBefore(2, '12:00')),
    validation: 'staff',
    priceCents: euros(9.5),
  }),
  activity('devoirs', 'Aide aux devoirs', 'afterSchool', {
    ...hours(['THU'], '16:30', '17:30'),
    groups: [group('tous', 2, 12, 1)],
    booking: eve,
    cancellation: eve,
    promotion: eve,
    priceCents: euros(2.2),
  }),
  activity('echecs', 'Club d’échecs', 'afterSchool', {
    ...hours(['FRI'], '16:30', '18:00'),
    groups: [group('tous', 2, 12, 1)],
    booking: eve,
    cancellation: eve,
    promotion: eve,
    waitingList: false,
    priceCents: euros(1.5),
  }),
];
