import { expect } from 'chai';
import type { MonthCutoff } from '../../../../../src/domain/activity/ruleset/deadline/monthCutoff.ts';
import { closes, faultsIn, inTime, saidOf } from '../../../../support/deadlineFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const the = (dayOfPreviousMonth: number, changes: Partial<MonthCutoff> = {}): MonthCutoff => ({
  type: 'month_cutoff',
  dayOfPreviousMonth,
  at: hour('12:00'),
  boundary: 'exclusive',
  holidayShift: 'none',
  ...changes,
});

describe('a day of the month before', () => {
  it('closes the whole month at once', () => {
    expect(closes(the(20), '2026-11-02')).to.equal('2026-10-20 12:00');
    expect(closes(the(20), '2026-11-30')).to.equal('2026-10-20 12:00');
    expect(closes(the(20), '2026-12-01')).to.equal('2026-11-20 12:00');
    expect(closes(the(20), '2027-01-15')).to.equal('2026-12-20 12:00');
    expect(closes(the(1), '2026-11-02')).to.equal('2026-10-01 12:00');
  });

  it('the 29th, 30th and 31st are the last day of shorter months', () => {
    expect(closes(the(31), '2027-03-10')).to.equal('2027-02-28 12:00');
    expect(closes(the(31), '2028-03-10')).to.equal('2028-02-29 12:00');
    expect(closes(the(30), '2027-03-10')).to.equal('2027-02-28 12:00');
    expect(closes(the(29), '2028-03-10')).to.equal('2028-02-29 12:00');
    expect(closes(the(28), '2028-03-10')).to.equal('2028-02-28 12:00');
    expect(closes(the(31), '2026-12-10')).to.equal('2026-11-30 12:00');
    expect(closes(the(31), '2027-01-10')).to.equal('2026-12-31 12:00');
    expect(closes(the(31, { at: hour('24:00') }), '2028-03-10')).to.equal('2028-03-01 00:00');
  });

  it('« avant 12 h » excludes noon sharp, « inclus » holds it', () => {
    const held = the(20, { boundary: 'inclusive' });
    expect(inTime(the(20), '2026-11-02', '2026-10-20 11:59')).to.equal(true);
    expect(inTime(the(20), '2026-11-02', '2026-10-20 12:00')).to.equal(false);
    expect(inTime(held, '2026-11-02', '2026-10-20 12:00')).to.equal(true);
    expect(inTime(held, '2026-11-02', '2026-10-20 12:01')).to.equal(false);
  });

  it('moves off a holiday: 1 November', () => {
    expect(closes(the(1, { holidayShift: 'previous_working_day' }), '2026-12-01')).to.equal(
      '2026-10-30 12:00',
    );
  });

  it('reads in French', () => {
    expect(saidOf(the(20))).to.deep.equal([
      'avant le 20 du mois précédent à 12~h, pour tout le mois',
    ]);
    expect(saidOf(the(1, { boundary: 'inclusive' }))).to.deep.equal([
      'jusqu’au 1er du mois précédent à 12~h~inclus, pour tout le mois',
    ]);
    expect(
      saidOf(the(31, { at: hour('24:00'), holidayShift: 'previous_working_day' })),
    ).to.deep.equal([
      'jusqu’au dernier jour du mois précédent au soir (minuit), pour tout le mois',
      'si cette limite tombe un jour férié, elle est avancée au jour ouvré précédent, à la même heure',
    ]);
    for (const day of [29, 30])
      expect(saidOf(the(day))).to.deep.equal([
        `avant le ${day} du mois précédent à 12~h, pour tout le mois (le dernier jour, si le mois précédent est plus court)`,
      ]);
    expect(saidOf(the(28))).to.deep.equal([
      'avant le 28 du mois précédent à 12~h, pour tout le mois',
    ]);
  });

  it('is refused with each fault', () => {
    expect(faultsIn(the(1))).to.deep.equal([]);
    expect(faultsIn(the(31))).to.deep.equal([]);
    for (const day of [0, 32])
      expect(faultsIn(the(day))).to.deep.equal([
        ['dayOfPreviousMonth', `${day} n’est pas un jour du mois de 1 à 31.`],
      ]);
    expect(
      faultsIn({
        ...the(20),
        holidayShift: { explicit: [{ date: '2026-11-12', limit: '2026-11-12T13:00' }] },
      }),
    ).to.deep.equal([
      ['holidayShift/explicit/0/limit', 'Cette limite tombe après le début de la séance.'],
    ]);
  });
});
