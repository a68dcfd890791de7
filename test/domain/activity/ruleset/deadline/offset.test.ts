import { expect } from 'chai';
import type {
  DayOffset,
  HourOffset,
} from '../../../../../src/domain/activity/ruleset/deadline/offset.ts';
import {
  canteen,
  closes,
  faultsIn,
  holidayCentre,
  inTime,
  opening,
  saidOf,
  sessionOf,
} from '../../../../support/deadlineFacts.ts';
import { compileDeadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { day, hour, period, townCalendar } from '../../../../support/townFacts.ts';

const days = (n: number, at: string, changes: object = {}): DayOffset => ({
  type: 'offset',
  n,
  unit: 'calendar_day',
  at: hour(at),
  anchor: 'service_day',
  boundary: 'exclusive',
  holidayShift: 'none',
  ...changes,
});
const working = (n: number, at: string, changes: object = {}) =>
  days(n, at, { unit: 'working_day', ...changes });
const service = (n: number, at: string, changes: object = {}) =>
  days(n, at, { unit: 'service_day', ...changes });
const hours = (n: number, changes: object = {}): HourOffset => ({
  type: 'offset',
  n,
  unit: 'hour',
  anchor: 'slot_start',
  boundary: 'inclusive',
  holidayShift: 'none',
  ...changes,
});
const weekdayHours = (n: number, changes: object = {}) =>
  hours(n, { unit: 'hour_excl_weekend', ...changes });

describe('so many calendar days before', () => {
  it('closes on that day at its hour', () => {
    expect(closes(days(3, '18:00'), '2026-11-19')).to.equal('2026-11-16 18:00');
    expect(closes(days(0, '09:00'), '2026-11-19')).to.equal('2026-11-19 09:00');
    expect(closes(days(1, '09:00'), '2027-01-01')).to.equal('2026-12-31 09:00');
    expect(closes(days(1, '09:00'), '2028-03-01')).to.equal('2028-02-29 09:00');
    expect(closes(days(1, '09:00'), '2027-03-01')).to.equal('2027-02-28 09:00');
  });

  it('until the end of a day is until its 24 h, on a day of 25 hours too', () => {
    // Monday 2 November, eight days before: Sunday 25 October, midnight.
    const eight = days(8, '24:00');
    expect(opening(eight, '2026-11-02')).to.deep.equal({
      closes: { at: '2026-10-25T23:00:00.000Z', boundary: 'exclusive' },
    });
    expect(inTime(eight, '2026-11-02', '2026-10-25T22:59:59.999Z')).to.equal(true);
    expect(inTime(eight, '2026-11-02', '2026-10-25T23:00:00.000Z')).to.equal(false);
    // Sunday 29 March 2026 has 23 hours.
    expect(opening(days(1, '24:00'), '2026-03-30')).to.deep.equal({
      closes: { at: '2026-03-29T22:00:00.000Z', boundary: 'exclusive' },
    });
  });

  it('« avant 9 h » excludes 9 h sharp, « à 9 h inclus » holds it', () => {
    const held = days(1, '09:00', { boundary: 'inclusive' });
    expect(inTime(days(1, '09:00'), '2026-11-19', '2026-11-18 08:59')).to.equal(true);
    expect(inTime(days(1, '09:00'), '2026-11-19', '2026-11-18 09:00')).to.equal(false);
    expect(inTime(held, '2026-11-19', '2026-11-18 09:00')).to.equal(true);
    expect(inTime(held, '2026-11-19', '2026-11-18 09:01')).to.equal(false);
  });

  it('counts from the first day of the period, when the town says so', () => {
    const month = days(30, '24:00', { anchor: 'period_start' });
    const around = { context: holidayCentre };
    expect(closes(month, '2026-10-19', around)).to.equal('2026-09-20 00:00');
    expect(closes(month, '2026-10-28', around)).to.equal('2026-09-20 00:00');
    expect(opening(month, '2026-11-16', around)).to.equal('never');
  });

  it('on the eve of a session that follows a holiday', () => {
    const eve = days(1, '10:00');
    const moved = days(1, '10:00', { holidayShift: 'previous_working_day' });
    expect(closes(eve, '2026-11-12')).to.equal('2026-11-11 10:00');
    expect(closes(moved, '2026-11-12')).to.equal('2026-11-10 10:00');
    expect(closes(moved, '2026-11-16')).to.equal('2026-11-15 10:00');
    const printed = days(1, '10:00', {
      holidayShift: { explicit: [{ date: day('2026-11-12'), limit: '2026-11-09T08:00' }] },
    });
    expect(closes(printed, '2026-11-12')).to.equal('2026-11-09 08:00');
    expect(closes(printed, '2026-11-13')).to.equal('2026-11-12 10:00');
  });
});

describe('so many working days before', () => {
  it('skips week-ends, holidays and closures, and does not count the day itself', () => {
    const calendar = townCalendar({ closures: [period('Pont', '2027-05-07')] });
    expect(closes(working(1, '10:00'), '2026-11-16')).to.equal('2026-11-13 10:00');
    expect(closes(working(1, '10:00'), '2026-11-12')).to.equal('2026-11-10 10:00');
    expect(closes(working(2, '09:30'), '2026-11-16')).to.equal('2026-11-12 09:30');
    expect(closes(working(2, '09:30'), '2027-03-30')).to.equal('2027-03-25 09:30');
    expect(closes(working(1, '10:00'), '2027-05-10', { calendar })).to.equal('2027-05-05 10:00');
    expect(closes(working(0, '09:00'), '2026-11-16')).to.equal('2026-11-16 09:00');
  });

  it('counts days without the activity: Wednesday is a working day, not a service day', () => {
    expect(closes(working(1, '10:00'), '2026-11-19')).to.equal('2026-11-18 10:00');
    expect(closes(service(1, '10:00'), '2026-11-19')).to.equal('2026-11-17 10:00');
    expect(closes(service(2, '10:00'), '2026-11-19')).to.equal('2026-11-16 10:00');
    expect(closes(service(3, '24:00'), '2026-11-12')).to.equal('2026-11-07 00:00');
  });

  it('is never open where so many days are not found in ten years', () => {
    const since = (first: string) => ({
      isPublicHoliday: () => false,
      isWorkingDay: (date: string) => date === first,
      isServiceDay: () => false,
    });
    const rule = compileDeadline(working(1, '10:00'), canteen);
    const session = sessionOf('2026-11-16');
    // 3660 days before, and one more.
    expect(rule(session, since('2016-11-08'), 'all')).to.deep.equal({
      closes: { at: '2016-11-08T09:00:00.000Z', boundary: 'exclusive' },
    });
    expect(rule(session, since('2016-11-07'), 'all')).to.equal('never');
  });
});

describe('so many hours before', () => {
  it('are elapsed hours, over both changes of time', () => {
    expect(closes(hours(48), '2026-11-19')).to.equal('2026-11-17 12:00');
    expect(closes(hours(1), '2026-11-19 08:30')).to.equal('2026-11-19 07:30');
    // The 25-hour Sunday: 24 hours before Monday noon is Sunday noon; 48 hours, Saturday at 13 h.
    expect(closes(hours(24), '2026-10-26')).to.equal('2026-10-25 12:00');
    expect(closes(hours(48), '2026-10-26')).to.equal('2026-10-24 13:00');
    // The 23-hour Sunday.
    expect(closes(hours(48), '2026-03-30')).to.equal('2026-03-28 11:00');
    // The second of the two hours shown as 2 h 30.
    expect(opening(hours(30), '2026-10-26 08:30')).to.deep.equal({
      closes: { at: '2026-10-25T01:30:00.000Z', boundary: 'inclusive' },
    });
  });

  it('hold the last second or not', () => {
    const more = hours(48, { boundary: 'exclusive' });
    expect(inTime(hours(48), '2026-11-19', '2026-11-17T11:00:00.000Z')).to.equal(true);
    expect(inTime(hours(48), '2026-11-19', '2026-11-17T11:00:01.000Z')).to.equal(false);
    expect(inTime(more, '2026-11-19', '2026-11-17T10:59:59.000Z')).to.equal(true);
    expect(inTime(more, '2026-11-19', '2026-11-17T11:00:00.000Z')).to.equal(false);
  });

  it('leave out Saturday and Sunday, when the town says so', () => {
    expect(closes(weekdayHours(24), '2026-11-16')).to.equal('2026-11-13 12:00');
    expect(closes(weekdayHours(48), '2026-11-19')).to.equal('2026-11-17 12:00');
    // Monday noon: twelve hours of Monday, then Friday's.
    expect(closes(weekdayHours(12), '2026-11-16')).to.equal('2026-11-16 00:00');
    expect(closes(weekdayHours(13), '2026-11-16')).to.equal('2026-11-13 23:00');
    // A week of five days, and two of them.
    expect(closes(weekdayHours(120), '2026-11-16')).to.equal('2026-11-09 12:00');
    expect(closes(weekdayHours(240), '2026-11-16')).to.equal('2026-11-02 12:00');
    // From a Saturday and a Sunday, counting begins on Friday at midnight.
    expect(closes(weekdayHours(24), '2026-11-14')).to.equal('2026-11-13 00:00');
    expect(closes(weekdayHours(24), '2026-11-15')).to.equal('2026-11-13 00:00');
    // Both changes of time fall on a Sunday that does not count.
    expect(closes(weekdayHours(24), '2026-10-26')).to.equal('2026-10-23 12:00');
    expect(closes(weekdayHours(24), '2026-03-30')).to.equal('2026-03-27 12:00');
  });

  it('move off a holiday to the same hour', () => {
    const moved = { holidayShift: 'previous_working_day' };
    expect(closes(hours(24, moved), '2026-11-12')).to.equal('2026-11-10 12:00');
    expect(closes(hours(24), '2026-11-12')).to.equal('2026-11-11 12:00');
    expect(closes(hours(24, moved), '2026-11-13')).to.equal('2026-11-12 12:00');
    // At midnight the limit belongs to the day that ends: the 10th is free, the 11th is not.
    expect(closes(hours(36, moved), '2026-11-12')).to.equal('2026-11-11 00:00');
    expect(closes(hours(12, moved), '2026-11-12')).to.equal('2026-11-11 00:00');
    // Not moved, it keeps its instant in the hour shown twice.
    expect(opening(hours(30, moved), '2026-10-26 08:30')).to.deep.equal({
      closes: { at: '2026-10-25T01:30:00.000Z', boundary: 'inclusive' },
    });
    const printed = {
      holidayShift: { explicit: [{ date: day('2026-11-12'), limit: '2026-11-09T08:00' }] },
    };
    expect(closes(hours(24, printed), '2026-11-12')).to.equal('2026-11-09 08:00');
    expect(closes(hours(24, printed), '2026-11-13')).to.equal('2026-11-12 12:00');
  });
});

describe('days and hours before', () => {
  it('read in French', () => {
    const said = (deadline: DayOffset | HourOffset) => saidOf(deadline)[0];
    const held = { boundary: 'inclusive' };
    const ofPeriod = { anchor: 'period_start' };
    expect(said(days(0, '08:30'))).to.equal('au plus tard le jour même, avant 8~h~30');
    expect(said(days(1, '12:00', held))).to.equal('au plus tard la veille, à 12~h~inclus');
    expect(said(days(3, '24:00'))).to.equal(
      'au plus tard 3~jours avant la séance, au soir (minuit)',
    );
    expect(said(days(3, '24:00', held))).to.equal(
      'au plus tard 3~jours avant la séance, au soir (minuit~inclus)',
    );
    expect(said(days(2, '00:00'))).to.equal('au plus tard 2~jours avant la séance, avant 0~h');
    expect(said(working(1, '10:00'))).to.equal('au plus tard le jour ouvré précédent, avant 10~h');
    expect(said(working(2, '09:30', held))).to.equal(
      'au plus tard 2~jours ouvrés avant la séance, à 9~h~30~inclus',
    );
    expect(said(service(1, '09:00'))).to.equal(
      'au plus tard le jour de fonctionnement précédent, avant 9~h',
    );
    expect(said(service(2, '09:00'))).to.equal(
      'au plus tard 2~jours de fonctionnement avant la séance, avant 9~h',
    );
    expect(said(days(0, '07:00', ofPeriod))).to.equal(
      'au plus tard le premier jour de la période, avant 7~h',
    );
    expect(said(days(1, '24:00', ofPeriod))).to.equal(
      'au plus tard la veille du début de la période, au soir (minuit)',
    );
    expect(said(working(1, '12:00', ofPeriod))).to.equal(
      'au plus tard 1~jour ouvré avant le début de la période, avant 12~h',
    );
    expect(said(days(15, '12:00', ofPeriod))).to.equal(
      'au plus tard 15~jours avant le début de la période, avant 12~h',
    );
    expect(said(hours(48))).to.equal('au moins 48~heures avant la séance');
    expect(said(hours(1, { boundary: 'exclusive' }))).to.equal('plus d’une heure avant la séance');
    expect(said(weekdayHours(72))).to.equal(
      'au moins 72~heures avant la séance, sans compter le samedi ni le dimanche',
    );
    expect(saidOf(hours(2, { holidayShift: 'previous_working_day' }))[1]).to.equal(
      'si cette limite tombe un jour férié, elle est avancée au jour ouvré précédent, à la même heure',
    );
    expect(saidOf(days(2, '09:00'))).to.have.length(1);
  });

  it('of days need an hour; of hours must not have one, and count from the slot', () => {
    const told = Object.entries(days(1, '09:00'));
    const noHour = Object.fromEntries(told.filter(([name]) => name !== 'at'));
    expect(faultsIn(noHour)).to.deep.equal([['at', 'Il manque : cette règle est obligatoire.']]);
    expect(faultsIn({ ...hours(48), at: '09:00' })).to.deep.equal([
      [
        'at',
        '« at » n’existe pas ici ; sont connus : type, n, unit, anchor, boundary, holidayShift.',
      ],
    ]);
    expect(faultsIn({ ...hours(48), anchor: 'service_day' })).to.deep.equal([
      ['anchor', '« service_day » n’est pas « slot_start ».'],
    ]);
    expect(faultsIn({ ...days(1, '09:00'), anchor: 'slot_start' })).to.deep.equal([
      ['anchor', '« slot_start » n’est pas l’un de : service_day, period_start.'],
    ]);
    expect(faultsIn({ ...days(1, '09:00'), unit: 'week' })).to.deep.equal([
      [
        'unit',
        'Il faut l’un de : calendar_day, working_day, service_day, hour, hour_excl_weekend.',
      ],
    ]);
  });

  it('are whole numbers, within a year', () => {
    for (const n of [-1, 1.5, 367])
      expect(faultsIn({ ...days(1, '09:00'), n })).to.deep.equal([
        ['n', `${n} n’est pas un nombre entier de 0 à 366.`],
      ]);
    for (const n of [0, 2001])
      expect(faultsIn({ ...hours(1), n })).to.deep.equal([
        ['n', `${n} n’est pas un nombre entier de 1 à 2000.`],
      ]);
    for (const fine of [days(0, '09:00'), days(366, '09:00'), hours(1), weekdayHours(2000)])
      expect(faultsIn(fine)).to.deep.equal([]);
  });

  it('on the day itself close before the session', () => {
    const late = [['at', 'Cette limite tombe après le début de la séance.']];
    expect(faultsIn(days(0, '12:01'))).to.deep.equal(late);
    expect(faultsIn(working(0, '24:00'))).to.deep.equal(late);
    expect(faultsIn(days(0, '24:00'), { ...canteen, starts: [] })).to.deep.equal(late);
    expect(faultsIn(days(0, '23:59'), { ...canteen, starts: [] })).to.deep.equal([]);
    expect(faultsIn(days(0, '12:00'))).to.deep.equal([]);
    expect(faultsIn(days(1, '12:01'))).to.deep.equal([]);
    expect(faultsIn(days(0, '12:00', { boundary: 'inclusive' }))).to.deep.equal([
      ['at', 'À cette heure, la séance a commencé : la limite ne peut pas l’inclure.'],
    ]);
    // With several slots, the last one counts.
    const starts = [hour('16:30'), hour('07:30')];
    expect(faultsIn(days(0, '16:00'), { ...canteen, starts })).to.deep.equal([]);
    expect(faultsIn(days(0, '16:31'), { ...canteen, starts })).to.deep.equal(late);
  });

  it('count from the start of a period only where the activity has periods', () => {
    const ofPeriod = days(15, '12:00', { anchor: 'period_start' });
    expect(faultsIn(ofPeriod, holidayCentre)).to.deep.equal([]);
    expect(faultsIn(ofPeriod)).to.deep.equal([['anchor', 'Cette activité n’a pas de période.']]);
  });

  it('have their printed limits before the session', () => {
    const holidayShift = { explicit: [{ date: '2026-11-12', limit: '2026-11-12T12:01' }] };
    for (const deadline of [days(1, '09:00', { holidayShift }), hours(24, { holidayShift })])
      expect(faultsIn(deadline)).to.deep.equal([
        ['holidayShift/explicit/0/limit', 'Cette limite tombe après le début de la séance.'],
      ]);
  });
});
