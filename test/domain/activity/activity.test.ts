import { expect } from 'chai';
import { activity, changeTerms, defineActivity } from '../../../src/domain/activity/activity.ts';
import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';
import type { LocalTime } from '../../../src/domain/kernel/parisTime.ts';
import {
  before,
  daysBefore,
  defined,
  group,
  monthBefore,
  schoolDays,
  terms,
  termsChanged,
} from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import { day, euros, hour } from '../../support/townFacts.ts';

const definition = defined();
const defining = (changed: Partial<ActivityTerms>) =>
  given(activity).when((state) => defineActivity(state, { ...definition, terms: terms(changed) }));
const schedule = terms().schedule;

describe('an activity', () => {
  it('is defined once', () => {
    given(activity)
      .when((state) => defineActivity(state, definition))
      .then(defined());
    given(activity, [defined()])
      .when((state) => defineActivity(state, definition))
      .thenRejected('ACTIVITY.ALREADY_DEFINED');
  });

  const faults: readonly [string, Partial<ActivityTerms>, string][] = [
    ['no weekday', { schedule: { ...schedule, weekdays: [] } }, 'ACTIVITY.NO_WEEKDAY'],
    [
      'an end before its start',
      { schedule: { ...schedule, startsAt: hour('14:00') } },
      'ACTIVITY.BAD_HOURS',
    ],
    [
      'an end at its start',
      { schedule: { ...schedule, endsAt: hour('12:00') } },
      'ACTIVITY.BAD_HOURS',
    ],
    [
      'an hour that does not exist',
      { schedule: { ...schedule, endsAt: '25:00' as LocalTime } },
      'ACTIVITY.BAD_HOURS',
    ],
    ['no age group', { groups: [] }, 'ACTIVITY.NO_AGE_GROUP'],
    ['an age group upside down', { groups: [group('a', 6, 3, 10)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['a negative age', { groups: [group('a', -1, 3, 10)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['half a year of age', { groups: [group('a', 2.5, 3, 10)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['an age beyond any life', { groups: [group('a', 3, 1e9, 10)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['an age that is no number', { groups: [group('a', NaN, 3, 10)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['fewer than no places', { groups: [group('a', 3, 6, -1)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    ['half a place', { groups: [group('a', 3, 6, 1.5)] }, 'ACTIVITY.BAD_AGE_GROUP'],
    [
      'overlapping age groups',
      { groups: [group('b', 6, 12, 10), group('a', 3, 6, 10)] },
      'ACTIVITY.AGE_GROUPS_OVERLAP',
    ],
    [
      'a deadline on day 0 of the month',
      { booking: before(monthBefore(0, '09:00')) },
      'ACTIVITY.BAD_DEADLINE',
    ],
    [
      'a deadline after the day',
      { cancellation: before(daysBefore(-1, '09:00')) },
      'ACTIVITY.BAD_DEADLINE',
    ],
    [
      'a deadline at no hour',
      { promotion: before(daysBefore(1, '09:00')), booking: before(noHour()) },
      'ACTIVITY.BAD_DEADLINE',
    ],
    [
      'a weekday without a row in the table of deadlines',
      {
        booking: before({
          type: 'weekdayTable',
          rows: { MON: { weekday: 'FRI', weeks: 1 } },
          at: hour('09:00'),
        }),
      },
      'ACTIVITY.NO_DEADLINE_FOR_WEEKDAY',
    ],
    ['a negative price', { priceCents: euros(-1) }, 'ACTIVITY.BAD_PRICE'],
  ];
  function noHour() {
    return { ...daysBefore(1, '09:00'), at: '9h' as LocalTime };
  }
  for (const [name, changed, code] of faults)
    it(`refuses ${name}`, () => {
      defining(changed).thenRejected(code);
    });

  it('may cost nothing, hold nobody, and end at midnight', () => {
    const changed = {
      priceCents: euros(0),
      groups: [group('a', 3, 5, 0), group('b', 6, 12, 10)],
      schedule: { ...schedule, endsAt: hour('24:00') },
    };
    defining(changed).then(defined(changed));
  });
});

describe('new terms of an activity', () => {
  const today = day('2026-11-02');
  const change = (from: string, changed: Partial<ActivityTerms> = {}) =>
    given(activity, [defined()]).when((state) =>
      changeTerms(state, day(from), terms(changed), today),
    );

  it('take effect from a later date on, under the next version', () => {
    const { state } = change('2026-11-03', { priceCents: euros(4) }).then(
      termsChanged(2, '2026-11-03', { priceCents: euros(4) }),
    );
    expect(state).to.have.property('versions').with.length(2);
  });

  it('never touch what is past, nor today', () => {
    change('2026-11-02').thenRejected('ACTIVITY.TERMS_IN_THE_PAST');
    change('2026-10-01').thenRejected('ACTIVITY.TERMS_IN_THE_PAST');
  });

  it('come one after the other', () => {
    const scheduled = [defined(), termsChanged(2, '2027-01-04', { priceCents: euros(4) })];
    for (const from of ['2027-01-04', '2026-12-01'])
      given(activity, scheduled)
        .when((state) => changeTerms(state, day(from), terms(), today))
        .thenRejected('ACTIVITY.TERMS_OUT_OF_ORDER', { effectiveFrom: from, after: '2027-01-04' });
  });

  it('are refused for the same faults as a definition', () => {
    change('2026-12-01', { groups: [] }).thenRejected('ACTIVITY.NO_AGE_GROUP');
    change('2026-12-01', { schedule: { ...schedule, weekdays: [...schoolDays, 'WED'] } }).then(
      termsChanged(2, '2026-12-01', {
        schedule: { ...schedule, weekdays: [...schoolDays, 'WED'] },
      }),
    );
  });

  it('need an activity', () => {
    given(activity)
      .when((state) => changeTerms(state, day('2026-12-01'), terms(), today))
      .thenRejected('ACTIVITY.UNKNOWN');
  });
});
