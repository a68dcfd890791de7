import { expect } from 'chai';
import {
  deadlineFor,
  isSound,
  type ActDeadline,
  type DeadlineRule,
} from '../../../src/domain/activity/deadline.ts';
import { asInstant, localDateAt, localTimeAt } from '../../../src/domain/kernel/parisTime.ts';
import { isBefore } from '../../../src/domain/kernel/sessionTerms.ts';
import {
  before,
  daysBefore,
  monthBefore,
  sameDay,
  upTo,
  weekdayBefore,
  workingDays,
} from '../../support/activityFacts.ts';
import { day, hour, paris, period, townCalendar } from '../../support/townFacts.ts';

const calendar = townCalendar({ closures: [period('Pont', '2027-05-07')] });

/** The limit for a session that starts at noon unless told, as clocks show it. */
const closes = (deadline: ActDeadline, date: string, startsAt = '12:00'): string => {
  const { at } = deadlineFor(deadline, day(date), paris(`${date} ${startsAt}`), calendar);
  return `${localDateAt(at)} ${localTimeAt(at)}`;
};

/** Whether an act at this moment is in time, for a session at noon. */
const inTime = (deadline: ActDeadline, date: string, act: string): boolean => {
  const limit = deadlineFor(deadline, day(date), paris(`${date} 12:00`), calendar);
  return isBefore(act.includes(' ') ? paris(act) : asInstant(act), limit);
};

describe('a deadline', () => {
  it('N days before, at an hour', () => {
    expect(closes(before(daysBefore(3, '18:00')), '2026-11-19')).to.equal('2026-11-16 18:00');
    expect(closes(before(daysBefore(1, '09:00')), '2027-01-01')).to.equal('2026-12-31 09:00');
    expect(closes(before(daysBefore(1, '09:00')), '2028-03-01')).to.equal('2028-02-29 09:00');
    expect(closes(before(daysBefore(8, '24:00')), '2026-11-26')).to.equal('2026-11-19 00:00');
  });

  it('N working days before, over a holiday on the eve, a week-end, Easter and a closure', () => {
    expect(closes(before(workingDays(1, '10:00')), '2026-11-12')).to.equal('2026-11-10 10:00');
    expect(closes(before(workingDays(2, '09:30')), '2026-11-16')).to.equal('2026-11-12 09:30');
    expect(closes(before(workingDays(2, '09:30')), '2027-03-30')).to.equal('2027-03-25 09:30');
    expect(closes(before(workingDays(1, '10:00')), '2027-05-10')).to.equal('2027-05-05 10:00');
  });

  it('a weekday of the same week, or of a week before, whatever the day served', () => {
    const thursdayBefore = before(weekdayBefore('THU', 1, '12:00'));
    for (const date of ['2026-11-16', '2026-11-19', '2026-11-20'])
      expect(closes(thursdayBefore, date)).to.equal('2026-11-12 12:00');
    expect(closes(before(weekdayBefore('MON', 0, '08:00')), '2026-11-20')).to.equal(
      '2026-11-16 08:00',
    );
    expect(closes(before(weekdayBefore('SUN', 2, '24:00')), '2026-11-16')).to.equal(
      '2026-11-09 00:00',
    );
    // The week of 1 January 2027 begins on 28 December.
    expect(closes(before(weekdayBefore('WED', 1, '12:00')), '2027-01-01')).to.equal(
      '2026-12-23 12:00',
    );
  });

  it('a day of the month before; the 31st is the last day of shorter months', () => {
    const the20th = before(monthBefore(20, '12:00'));
    expect(closes(the20th, '2026-11-01')).to.equal('2026-10-20 12:00');
    expect(closes(the20th, '2026-11-30')).to.equal('2026-10-20 12:00');
    expect(closes(the20th, '2027-01-15')).to.equal('2026-12-20 12:00');
    const the31st = before(monthBefore(31, '24:00'));
    expect(closes(the31st, '2027-03-10')).to.equal('2027-03-01 00:00');
    expect(closes(the31st, '2028-03-10')).to.equal('2028-03-01 00:00');
    expect(closes(the31st, '2026-12-10')).to.equal('2026-12-01 00:00');
    expect(closes(before(monthBefore(30, '10:00')), '2027-03-10')).to.equal('2027-02-28 10:00');
    expect(closes(before(monthBefore(30, '10:00')), '2028-03-10')).to.equal('2028-02-29 10:00');
  });

  it('the same day, at an hour', () => {
    expect(closes(upTo(sameDay('08:30')), '2026-11-19')).to.equal('2026-11-19 08:30');
  });

  it('none: open until the session starts', () => {
    expect(closes(before({ type: 'none' }), '2026-11-19')).to.equal('2026-11-19 12:00');
    expect(inTime(upTo({ type: 'none' }), '2026-11-19', '2026-11-19 11:59')).to.equal(true);
    expect(inTime(upTo({ type: 'none' }), '2026-11-19', '2026-11-19 12:00')).to.equal(false);
  });

  it('never comes after the start of the session, when every act is over', () => {
    const later: ActDeadline[] = [
      upTo(sameDay('18:00')),
      upTo(sameDay('12:00')),
      upTo(weekdayBefore('SUN', 0, '12:00')),
      upTo(daysBefore(0, '24:00')),
      upTo(workingDays(0, '24:00')),
    ];
    for (const deadline of later) {
      expect(closes(deadline, '2026-11-19')).to.equal('2026-11-19 12:00');
      expect(inTime(deadline, '2026-11-19', '2026-11-19 11:59')).to.equal(true);
      expect(inTime(deadline, '2026-11-19', '2026-11-19 12:00')).to.equal(false);
    }
  });

  const shapes: readonly [string, DeadlineRule, string][] = [
    ['days before', daysBefore(2, '09:00'), '2026-11-17'],
    ['working days before', workingDays(2, '09:00'), '2026-11-17'],
    ['weekday before', weekdayBefore('FRI', 1, '09:00'), '2026-11-13'],
    [
      'weekday table',
      { type: 'weekdayTable', rows: { THU: { weekday: 'TUE', weeks: 0 } }, at: hour('09:00') },
      '2026-11-17',
    ],
    ['month before', monthBefore(15, '09:00'), '2026-10-15'],
    ['same day', sameDay('09:00'), '2026-11-19'],
  ];
  for (const [name, rule, date] of shapes)
    it(`${name}: « avant 9 h » excludes 9 h sharp, « jusqu’à 9 h » includes it`, () => {
      for (const deadline of [before(rule), upTo(rule)]) {
        expect(inTime(deadline, '2026-11-19', `${date} 08:59`)).to.equal(true);
        expect(inTime(deadline, '2026-11-19', `${date} 09:01`)).to.equal(false);
      }
      expect(inTime(before(rule), '2026-11-19', `${date} 09:00`)).to.equal(false);
      expect(inTime(upTo(rule), '2026-11-19', `${date} 09:00`)).to.equal(true);
    });

  it('stands at the wall clock’s hour on the days of 25 and of 23 hours', () => {
    const eve = before(daysBefore(1, '24:00'));
    // Monday 26 October: the eve lasts 25 hours, its end is at 23:00 UTC.
    expect(inTime(eve, '2026-10-26', '2026-10-25T22:59:59.999Z')).to.equal(true);
    expect(inTime(eve, '2026-10-26', '2026-10-25T23:00:00.000Z')).to.equal(false);
    // Monday 30 March: the eve lasts 23 hours, its end is at 22:00 UTC.
    expect(inTime(eve, '2026-03-30', '2026-03-29T21:59:59.999Z')).to.equal(true);
    expect(inTime(eve, '2026-03-30', '2026-03-29T22:00:00.000Z')).to.equal(false);
    // An hour shown twice is the first of the two; an hour never shown moves on.
    const night = before(daysBefore(1, '02:30'));
    expect(inTime(night, '2026-10-26', '2026-10-25T00:29:59.999Z')).to.equal(true);
    expect(inTime(night, '2026-10-26', '2026-10-25T01:30:00.000Z')).to.equal(false);
    expect(inTime(night, '2026-03-30', '2026-03-29T01:29:59.999Z')).to.equal(true);
    expect(inTime(night, '2026-03-30', '2026-03-29T01:30:00.000Z')).to.equal(false);
  });

  it('that could not be worked out is not sound', () => {
    const wrong: DeadlineRule[] = [
      daysBefore(-1, '09:00'),
      daysBefore(1.5, '09:00'),
      daysBefore(NaN, '09:00'),
      workingDays(367, '09:00'),
      weekdayBefore('MON', -1, '09:00'),
      weekdayBefore('MON', 53, '09:00'),
      monthBefore(0, '09:00'),
      monthBefore(32, '09:00'),
      { type: 'weekdayTable', rows: { MON: { weekday: 'FRI', weeks: -1 } }, at: hour('09:00') },
    ];
    for (const rule of wrong) expect(isSound(rule), JSON.stringify(rule)).to.equal(false);
    for (const [name, rule] of shapes) expect(isSound(rule), name).to.equal(true);
    expect(isSound({ type: 'none' })).to.equal(true);
    const noHour = JSON.parse('{"type":"sameDay","at":"9h"}') as DeadlineRule;
    expect(isSound(noHour)).to.equal(false);
  });
});
