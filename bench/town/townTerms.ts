import type { ActivityTerms, Schedule } from '../../src/domain/activity/activityTerms.ts';
import type { ActDeadline, DeadlineRule } from '../../src/domain/activity/deadline.ts';
import { weekdays } from '../../src/domain/kernel/localDate.ts';
import { asCents } from '../../src/domain/kernel/money.ts';
import { asLocalTime } from '../../src/domain/kernel/parisTime.ts';

const before = (rule: DeadlineRule): ActDeadline => ({ rule, boundary: 'exclusive' });
const eve = (days: number): ActDeadline =>
  before({ type: 'daysBefore', days, unit: 'calendar', at: asLocalTime('09:00') });
const untilStart = before({ type: 'none' });

interface Asked {
  readonly schedule: Schedule;
  /** In each of two age groups. */
  readonly places: number;
  readonly validation: ActivityTerms['validation'];
  readonly deadline: ActDeadline;
  readonly priceCents: number;
}

const termsOf = ({ schedule, places, validation, deadline, priceCents }: Asked): ActivityTerms => ({
  schedule,
  groups: [
    { code: 'petits', name: '3-5 ans', minAge: 2, maxAge: 5, places },
    { code: 'grands', name: '6-12 ans', minAge: 6, maxAge: 12, places },
  ],
  booking: deadline,
  cancellation: deadline,
  promotion: untilStart,
  validation,
  waitingList: true,
  lateGiveBackFree: false,
  priceCents: asCents(priceCents),
});

const from = asLocalTime('08:30');
const to = asLocalTime('17:30');

/** School days at noon, morning or evening: accepted at once. */
export const schoolTerms = (places: number, priceCents: number): ActivityTerms =>
  termsOf({
    schedule: {
      weekdays: ['MON', 'TUE', 'THU', 'FRI'],
      season: 'schoolTerm',
      startsAt: from,
      endsAt: to,
    },
    places,
    validation: 'immediate',
    deadline: eve(1),
    priceCents,
  });

/** Wednesdays, or the days of the holidays: accepted by staff, with few places. */
export const leisureTerms = (
  season: 'schoolTerm' | 'schoolHolidays',
  places: number,
): ActivityTerms =>
  termsOf({
    schedule: {
      weekdays: season === 'schoolTerm' ? ['WED'] : ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      season,
      startsAt: from,
      endsAt: to,
    },
    places,
    validation: 'staff',
    deadline: eve(2),
    priceCents: 1_250,
  });

/** Every day of the year, until it starts. */
export const dailyTerms = (
  places: number,
  validation: ActivityTerms['validation'],
): ActivityTerms =>
  termsOf({
    schedule: { weekdays, season: 'always', startsAt: from, endsAt: to },
    places,
    validation,
    deadline: untilStart,
    priceCents: 350,
  });
