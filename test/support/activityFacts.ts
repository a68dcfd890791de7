import type { ActivityEvent } from '../../src/domain/activity/activity.ts';
import type { ActivityTerms } from '../../src/domain/activity/activityTerms.ts';
import type { ActDeadline, DeadlineRule } from '../../src/domain/activity/deadline.ts';
import { asId } from '../../src/domain/kernel/ids.ts';
import type { Weekday } from '../../src/domain/kernel/localDate.ts';
import type { AgeGroup } from '../../src/domain/kernel/sessionTerms.ts';
import { activityId, day, euros, hour } from './townFacts.ts';

export const before = (rule: DeadlineRule): ActDeadline => ({ rule, boundary: 'exclusive' });
export const upTo = (rule: DeadlineRule): ActDeadline => ({ rule, boundary: 'inclusive' });

export const daysBefore = (days: number, at: string): DeadlineRule => ({
  type: 'daysBefore',
  days,
  unit: 'calendar',
  at: hour(at),
});
export const workingDays = (days: number, at: string): DeadlineRule => ({
  type: 'daysBefore',
  days,
  unit: 'working',
  at: hour(at),
});
export const weekdayBefore = (weekday: Weekday, weeks: number, at: string): DeadlineRule => ({
  type: 'weekdayBefore',
  weekday,
  weeks,
  at: hour(at),
});
export const monthBefore = (dayOfMonth: number, at: string): DeadlineRule => ({
  type: 'monthBefore',
  day: dayOfMonth,
  at: hour(at),
});
export const sameDay = (at: string): DeadlineRule => ({ type: 'sameDay', at: hour(at) });

export const schoolDays: readonly Weekday[] = ['MON', 'TUE', 'THU', 'FRI'];

export const group = (code: string, minAge: number, maxAge: number, places: number): AgeGroup => ({
  code,
  name: code,
  minAge,
  maxAge,
  places,
});

/** The canteen's rules: school days at noon, the eve before 9 h, 100 places. */
export const terms = (changed: Partial<ActivityTerms> = {}): ActivityTerms => ({
  schedule: {
    weekdays: schoolDays,
    season: 'schoolTerm',
    startsAt: hour('12:00'),
    endsAt: hour('13:30'),
  },
  groups: [group('tous', 2, 12, 100)],
  booking: before(daysBefore(1, '09:00')),
  cancellation: before(daysBefore(1, '09:00')),
  promotion: before(sameDay('09:00')),
  validation: 'immediate',
  waitingList: true,
  lateGiveBackFree: false,
  priceCents: euros(3.5),
  ...changed,
});

export const canteen = activityId('cantine');

export const defined = (
  changed: Partial<ActivityTerms> = {},
  effectiveFrom = '2026-09-01',
): Extract<ActivityEvent, { type: 'ActivityDefined' }> => ({
  type: 'ActivityDefined',
  activityId: canteen,
  kind: 'meal',
  name: 'Cantine',
  facility: { facilityId: asId('facility', 'ecole'), name: 'École' },
  effectiveFrom: day(effectiveFrom),
  terms: terms(changed),
});

export const termsChanged = (
  version: number,
  effectiveFrom: string,
  changed: Partial<ActivityTerms>,
): ActivityEvent => ({
  type: 'ActivityTermsChanged',
  activityId: canteen,
  version,
  effectiveFrom: day(effectiveFrom),
  terms: terms(changed),
});
