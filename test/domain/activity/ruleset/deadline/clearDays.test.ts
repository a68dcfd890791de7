import { expect } from 'chai';
import type { ClearDays } from '../../../../../src/domain/activity/ruleset/deadline/clearDays.ts';
import {
  closes,
  faultsIn,
  holidayCentre,
  inTime,
  opening,
  saidOf,
} from '../../../../support/deadlineFacts.ts';

const clear = (n: number, changes: Partial<ClearDays> = {}): ClearDays => ({
  type: 'clear_days',
  n,
  anchor: 'service_day',
  holidayShift: 'none',
  ...changes,
});

describe('clear days', () => {
  it('lie whole between the act and the session', () => {
    // Seven of them before Monday 2 September 2024: until Sunday 25 August at midnight.
    expect(closes(clear(7), '2024-09-02')).to.equal('2024-08-26 00:00');
    expect(closes(clear(1), '2026-11-19')).to.equal('2026-11-18 00:00');
    expect(closes(clear(1), '2028-03-02')).to.equal('2028-03-01 00:00');
    expect(inTime(clear(7), '2026-11-02', '2026-10-25T22:59:59.999Z')).to.equal(true);
    expect(inTime(clear(7), '2026-11-02', '2026-10-25T23:00:00.000Z')).to.equal(false);
  });

  it('end before the next day begins, unless the town holds midnight too', () => {
    expect(opening(clear(7), '2026-11-26')).to.deep.equal({
      closes: { at: '2026-11-18T23:00:00.000Z', boundary: 'exclusive' },
    });
    expect(opening(clear(7, { boundary: 'inclusive' }), '2026-11-26')).to.deep.equal({
      closes: { at: '2026-11-18T23:00:00.000Z', boundary: 'inclusive' },
    });
  });

  it('count from the first day of the period, when the town says so', () => {
    const ofPeriod = clear(14, { anchor: 'period_start' });
    expect(closes(ofPeriod, '2026-10-23', { context: holidayCentre })).to.equal('2026-10-05 00:00');
    expect(opening(ofPeriod, '2026-11-16', { context: holidayCentre })).to.equal('never');
    expect(faultsIn(ofPeriod)).to.deep.equal([['anchor', 'Cette activité n’a pas de période.']]);
    expect(faultsIn(ofPeriod, holidayCentre)).to.deep.equal([]);
  });

  it('move off a holiday', () => {
    const moved = clear(1, { holidayShift: 'previous_working_day' });
    expect(closes(moved, '2026-11-13')).to.equal('2026-11-11 00:00');
    expect(closes(clear(1), '2026-11-13')).to.equal('2026-11-12 00:00');
  });

  it('read in French', () => {
    expect(saidOf(clear(7))).to.deep.equal([
      'au plus tard 8~jours avant la séance, au soir (minuit), soit 7~jours francs',
    ]);
    expect(
      saidOf(clear(1, { anchor: 'period_start', holidayShift: 'previous_service_day' })),
    ).to.deep.equal([
      'au plus tard 2~jours avant le début de la période, au soir (minuit), soit 1~jour franc',
      'si cette limite tombe un jour férié, elle est avancée au jour de fonctionnement précédent, à la même heure',
    ]);
    expect(saidOf(clear(2, { boundary: 'inclusive' }))).to.deep.equal([
      'au plus tard 3~jours avant la séance, au soir (minuit~inclus), soit 2~jours francs',
    ]);
  });

  it('are one at least, and print their exceptions before the session', () => {
    expect(faultsIn(clear(7))).to.deep.equal([]);
    expect(faultsIn(clear(0))).to.deep.equal([['n', '0 n’est pas un nombre entier de 1 à 366.']]);
    expect(
      faultsIn({
        ...clear(7),
        holidayShift: { explicit: [{ date: '2026-11-12', limit: '2026-11-13T00:00' }] },
      }),
    ).to.deep.equal([
      ['holidayShift/explicit/0/limit', 'Cette limite tombe après le début de la séance.'],
    ]);
  });
});
