import { expect } from 'chai';
import { activity, type ActivityEvent } from '../../../src/domain/activity/activity.ts';
import type { ActDeadline } from '../../../src/domain/activity/deadline.ts';
import { sessionOn } from '../../../src/domain/activity/sessionOn.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import type { Session } from '../../../src/domain/kernel/sessionTerms.ts';
import {
  before,
  daysBefore,
  defined,
  group,
  sameDay,
  schoolDays,
  terms,
  termsChanged,
  upTo,
} from '../../support/activityFacts.ts';
import { day, euros, hour, paris, period, townCalendar } from '../../support/townFacts.ts';

const calendar = townCalendar({
  schoolHolidays: [
    period('Toussaint', '2026-10-17', '2026-11-01'),
    period('Noël', '2026-12-19', '2027-01-03'),
  ],
  closures: [period('Travaux', '2026-11-23', '2026-11-24')],
  knownUntil: '2027-07-31',
});
const schedule = terms().schedule;
const on = (
  date: string,
  history: readonly ActivityEvent[] = [defined()],
  now = paris('2026-09-10 10:00'),
) => sessionOn(fold(activity, history), day(date), now, calendar);
const held = (...asked: Parameters<typeof on>): Session => {
  const found = on(...asked);
  if (found.status === 'noSession') expect.fail(found.reason);
  return found;
};

describe('an activity on a day', () => {
  it('holds its session, from its start to its end, with its limits', () => {
    expect(held('2026-11-19')).to.deep.include({
      ruleVersion: 1,
      limitsVersion: 1,
      startsAt: paris('2026-11-19 12:00'),
      endsAt: paris('2026-11-19 13:30'),
      booking: { at: paris('2026-11-18 09:00'), boundary: 'exclusive' },
      promotion: { at: paris('2026-11-19 09:00'), boundary: 'exclusive' },
      priceCents: 350,
    });
  });

  it('moves its waiting list until bookings end at least: who comes new never waits behind a free place', () => {
    const rules = (promotion: ActDeadline, booking: ActDeadline) =>
      held('2026-11-19', [defined({ promotion, booking })]);
    const [early, late] = [daysBefore(3, '12:00'), sameDay('09:00')];
    expect(rules(before(early), before(late)).promotion).to.deep.equal({
      at: paris('2026-11-19 09:00'),
      boundary: 'exclusive',
    });
    expect(rules(before(late), before(early)).promotion.at).to.equal(paris('2026-11-19 09:00'));
    expect(rules(before(late), upTo(late)).promotion.boundary).to.equal('inclusive');
    expect(rules(upTo(late), before(late)).promotion.boundary).to.equal('inclusive');
  });

  it('has none on a weekday it does not serve', () => {
    expect(on('2026-11-18')).to.deep.equal({
      status: 'noSession',
      reason: 'weekday',
      ruleVersion: 1,
    });
    expect(on('2026-11-21')).to.deep.equal({
      status: 'noSession',
      reason: 'weekday',
      ruleVersion: 1,
    });
  });

  it('has none on a public holiday, and says which', () => {
    expect(on('2027-03-29')).to.deep.equal({
      status: 'noSession',
      reason: 'publicHoliday',
      name: 'Lundi de Pâques',
      ruleVersion: 1,
    });
  });

  it('has none while the town closes, and says why', () => {
    expect(on('2026-11-24')).to.deep.equal({
      status: 'noSession',
      reason: 'closure',
      name: 'Travaux',
      ruleVersion: 1,
    });
    expect(on('2026-11-26').status).to.equal('session');
  });

  it('of school days has none in the school holidays, from their first day to their last', () => {
    expect(on('2026-10-16').status).to.equal('session');
    for (const date of ['2026-10-19', '2026-10-30'])
      expect(on(date)).to.deep.equal({
        status: 'noSession',
        reason: 'schoolHoliday',
        name: 'Toussaint',
        ruleVersion: 1,
      });
    expect(on('2026-11-02').status).to.equal('session');
  });

  it('of the holidays has none on school days', () => {
    const holidays = [defined({ schedule: { ...schedule, season: 'schoolHolidays' } })];
    expect(on('2026-10-19', holidays).status).to.equal('session');
    expect(on('2026-11-02', holidays)).to.deep.equal({
      status: 'noSession',
      reason: 'schoolTerm',
      ruleVersion: 1,
    });
  });

  it('of the whole year holds its session in both, but never on a holiday or a closure', () => {
    const always = [defined({ schedule: { ...schedule, season: 'always' } })];
    expect(on('2026-10-19', always).status).to.equal('session');
    expect(on('2026-11-02', always).status).to.equal('session');
    expect(on('2026-12-25', always)).to.include({ reason: 'publicHoliday' });
    expect(on('2026-11-23', always)).to.include({ reason: 'closure' });
  });

  it('is not open yet before its first day, nor beyond what the calendar knows', () => {
    expect(on('2026-08-31')).to.deep.equal({ status: 'noSession', reason: 'notYetOpen' });
    expect(on('2027-08-30')).to.deep.equal({ status: 'noSession', reason: 'notYetOpen' });
    expect(on('2026-11-19', [])).to.deep.equal({ status: 'noSession', reason: 'notYetOpen' });
  });

  it('of a session on the day when clocks go back starts at the hour they show', () => {
    const sunday = [defined({ schedule: { ...schedule, weekdays: ['SUN'], season: 'always' } })];
    expect(held('2026-10-25', sunday).startsAt).to.equal('2026-10-25T11:00:00.000Z');
  });
});

describe('an activity whose rules change on 1 January', () => {
  const history = [
    defined(),
    termsChanged(2, '2027-01-01', {
      schedule: { ...schedule, weekdays: [...schoolDays, 'WED'] },
      groups: [group('tous', 2, 12, 50)],
      booking: before(daysBefore(7, '12:00')),
      priceCents: euros(4),
    }),
  ];

  it('takes schedule, places and price from the version in force on the day of the session', () => {
    expect(held('2026-12-17', history)).to.deep.include({ ruleVersion: 1, priceCents: 350 });
    expect(held('2027-01-14', history)).to.deep.include({
      ruleVersion: 2,
      priceCents: 400,
      groups: [group('tous', 2, 12, 50)],
    });
    expect(on('2026-12-16', history)).to.include({ reason: 'weekday' });
    expect(on('2027-01-13', history).status).to.equal('session');
  });

  it('takes limits from the version in force at the instant of the act', () => {
    const inDecember = held('2027-01-14', history, paris('2026-12-31 23:59'));
    expect(inDecember.limitsVersion).to.equal(1);
    expect(inDecember.booking.at).to.equal(paris('2027-01-13 09:00'));
    const inJanuary = held('2027-01-14', history, paris('2027-01-01 00:00'));
    expect(inJanuary.limitsVersion).to.equal(2);
    expect(inJanuary.booking.at).to.equal(paris('2027-01-07 12:00'));
  });

  it('takes limits from the session’s own version for an act before the activity existed', () => {
    expect(held('2026-09-17', history, paris('2026-08-20 10:00')).limitsVersion).to.equal(1);
  });

  it('takes limits from the session’s own version when the older table does not know its weekday', () => {
    const table = (weekdays: typeof schoolDays) =>
      before({
        type: 'weekdayTable',
        rows: Object.fromEntries(
          weekdays.map((weekday) => [weekday, { weekday: 'FRI', weeks: 1 }]),
        ),
        at: hour('09:00'),
      });
    const tables = [
      defined({ booking: table(schoolDays) }),
      termsChanged(2, '2027-01-01', {
        schedule: { ...schedule, weekdays: [...schoolDays, 'WED'] },
        booking: table([...schoolDays, 'WED']),
      }),
    ];
    const wednesday = held('2027-01-13', tables, paris('2026-12-15 10:00'));
    expect(wednesday.limitsVersion).to.equal(2);
    expect(wednesday.booking.at).to.equal(paris('2027-01-08 09:00'));
    expect(held('2027-01-14', tables, paris('2026-12-15 10:00')).limitsVersion).to.equal(1);
  });
});
