import { expect } from 'chai';
import type { SameDay } from '../../../../../src/domain/activity/ruleset/deadline/sameDay.ts';
import { canteen, faultsIn, inTime, opening, saidOf } from '../../../../support/deadlineFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const until = (at: string, changes: Partial<SameDay> = {}): SameDay => ({
  type: 'same_day',
  until: hour(at),
  boundary: 'exclusive',
  ...changes,
});

describe('the same day', () => {
  it('until an hour: open since always', () => {
    expect(opening(until('08:30'), '2026-11-19')).to.deep.equal({
      closes: { at: '2026-11-19T07:30:00.000Z', boundary: 'exclusive' },
    });
    const held = until('08:30', { boundary: 'inclusive' });
    expect(inTime(until('08:30'), '2026-11-19', '2026-11-19 08:29')).to.equal(true);
    expect(inTime(until('08:30'), '2026-11-19', '2026-11-19 08:30')).to.equal(false);
    expect(inTime(held, '2026-11-19', '2026-11-19 08:30')).to.equal(true);
    expect(inTime(held, '2026-11-19', '2026-11-19 08:31')).to.equal(false);
  });

  it('between two hours: open from the first on', () => {
    expect(opening(until('09:00', { from: hour('07:00') }), '2026-10-26')).to.deep.equal({
      opensAt: '2026-10-26T06:00:00.000Z',
      closes: { at: '2026-10-26T08:00:00.000Z', boundary: 'exclusive' },
    });
  });

  it('reads in French', () => {
    expect(saidOf(until('08:30'))).to.deep.equal(['au plus tard le jour même, avant 8~h~30']);
    expect(saidOf(until('09:00', { boundary: 'inclusive' }))).to.deep.equal([
      'au plus tard le jour même, à 9~h~inclus',
    ]);
    expect(saidOf(until('09:00', { from: hour('07:00') }))).to.deep.equal([
      'le jour même, à partir de 7~h et avant 9~h',
    ]);
    expect(saidOf(until('08:30', { from: hour('00:00'), boundary: 'inclusive' }))).to.deep.equal([
      'le jour même, à partir de 0~h et jusqu’à 8~h~30~inclus',
    ]);
  });

  it('is refused in the wrong order, and after the session', () => {
    expect(faultsIn(until('08:30'))).to.deep.equal([]);
    expect(faultsIn(until('08:30', { from: hour('08:29') }))).to.deep.equal([]);
    for (const from of ['08:30', '09:00'])
      expect(faultsIn(until('08:30', { from: hour(from) }))).to.deep.equal([
        ['from', 'L’heure d’ouverture ne précède pas l’heure de fermeture.'],
      ]);
    expect(faultsIn(until('12:01'))).to.deep.equal([
      ['until', 'Cette limite tombe après le début de la séance.'],
    ]);
    expect(faultsIn(until('12:00', { boundary: 'inclusive' }))).to.deep.equal([
      ['until', 'À cette heure, la séance a commencé : la limite ne peut pas l’inclure.'],
    ]);
    expect(faultsIn(until('24:00'), { ...canteen, starts: [] })).to.deep.equal([
      ['until', 'Cette limite tombe après le début de la séance.'],
    ]);
  });
});
