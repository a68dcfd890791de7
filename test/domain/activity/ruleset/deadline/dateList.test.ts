import { expect } from 'chai';
import type { DateList } from '../../../../../src/domain/activity/ruleset/deadline/dateList.ts';
import {
  closes,
  faultsIn,
  holidayCentre,
  opening,
  saidOf,
  upTo,
} from '../../../../support/deadlineFacts.ts';

const list = (limits: object, changes: object = {}): DateList =>
  ({
    type: 'date_list',
    per: 'month',
    limits,
    otherwise: 'never',
    boundary: 'inclusive',
    ...changes,
  }) as DateList;
const autumn = list({ '2026-12': '2026-11-23T18:00', '2026-11': '2026-10-25T24:00' });
const byPeriod = (limits: object, changes: object = {}) =>
  list(limits, { per: 'period', boundary: 'exclusive', ...changes });
const holidays = byPeriod({
  'TOUSSAINT-2026': '2026-09-30T12:00',
  'NOEL-2026': '2026-11-30T12:00',
});
const around = { context: holidayCentre };

describe('a list of dates', () => {
  it('closes each month on its own', () => {
    expect(closes(autumn, '2026-11-02')).to.equal('2026-10-26 00:00');
    expect(closes(autumn, '2026-11-30')).to.equal('2026-10-26 00:00');
    expect(opening(autumn, '2026-12-01')).to.deep.equal({ closes: upTo('2026-11-23 18:00') });
  });

  it('closes each period on its own', () => {
    expect(closes(holidays, '2026-10-19', around)).to.equal('2026-09-30 12:00');
    expect(closes(holidays, '2026-10-30', around)).to.equal('2026-09-30 12:00');
    expect(closes(holidays, '2026-12-21', around)).to.equal('2026-11-30 12:00');
  });

  it('does with the others what the town says', () => {
    expect(opening(autumn, '2027-01-04')).to.equal('never');
    expect(
      opening(list({ '2026-11': '2026-10-20T12:00' }, { otherwise: 'none' }), '2027-01-04'),
    ).to.equal('always');
    expect(opening(holidays, '2026-11-16', around)).to.equal('never');
    const one = byPeriod({ 'NOEL-2026': '2026-11-30T12:00' }, { otherwise: 'none' });
    expect(opening(one, '2026-10-19', around)).to.equal('always');
    expect(opening(one, '2026-11-16', around)).to.equal('always');
  });

  it('reads in French, months in their order', () => {
    expect(saidOf(autumn)).to.deep.equal([
      'pour novembre 2026, jusqu’au dimanche~25 octobre 2026 au soir (minuit~inclus)',
      'pour décembre 2026, jusqu’au lundi~23 novembre 2026 à 18~h~inclus',
      'pour les autres mois, jamais',
    ]);
    expect(saidOf(holidays, holidayCentre)).to.deep.equal([
      'pour la période «~Toussaint~», avant le mercredi~30 septembre 2026 à 12~h',
      'pour la période «~Noël~», avant le lundi~30 novembre 2026 à 12~h',
      'en dehors de ces périodes, jamais',
    ]);
    expect(saidOf(list({ '2026-11': '2026-10-20T12:00' }, { otherwise: 'none' })).at(-1)).to.equal(
      'pour les autres mois, à tout moment, jusqu’au début de la séance',
    );
  });

  it('of months has them in order, none after its month', () => {
    expect(faultsIn(autumn)).to.deep.equal([]);
    expect(faultsIn(list({ '2026-11': '2026-11-30T24:00' }))).to.deep.equal([]);
    expect(faultsIn(list({ '2026-11': '2026-12-01T00:00' }))).to.deep.equal([
      ['limits/2026-11', 'Cette limite tombe après la fin du mois.'],
    ]);
    expect(
      faultsIn(list({ '2026-12': '2026-10-19T12:00', '2026-11': '2026-10-20T12:00' })),
    ).to.deep.equal([['limits/2026-12', 'Cette limite précède celle du mois d’avant.']]);
    expect(
      faultsIn(list({ '2026-11': '2026-10-20T12:00', '2026-12': '2026-10-20T12:00' })),
    ).to.deep.equal([]);
  });

  it('of periods knows them, and closes none after its end', () => {
    expect(faultsIn(holidays, holidayCentre)).to.deep.equal([]);
    expect(
      faultsIn(
        byPeriod({
          'TOUSSAINT-2026': '2026-10-31T00:00',
          'NOEL-2026': '2026-12-31T24:00',
          'ETE-2027': '2027-06-01T12:00',
        }),
        holidayCentre,
      ),
    ).to.deep.equal([
      ['limits/TOUSSAINT-2026', 'Cette limite tombe après la fin de la période.'],
      ['limits/ETE-2027', '« ETE-2027 » n’est pas une période de cette activité.'],
    ]);
  });

  it('is refused with each fault of its form', () => {
    expect(faultsIn(list({ '2026-13': '2026-10-20T12:00' }))).to.deep.equal([
      ['limits/2026-13', '« 2026-13 » n’est pas un mois qui existe (AAAA-MM).'],
    ]);
    expect(faultsIn(byPeriod({ 'été 2027': '2026-10-20' }), holidayCentre)).to.deep.equal([
      [
        'limits/été 2027',
        '« été 2027 » n’est pas le code d’une période : lettres sans accent, chiffres, « - » ou « _ ».',
      ],
      ['limits/été 2027', '« 2026-10-20 » n’est pas une date et une heure (AAAA-MM-JJTHH:MM).'],
    ]);
    expect(faultsIn({ type: 'date_list', per: 'month', limits: {} })).to.deep.equal([
      ['limits', 'Il en faut au moins 1.'],
      ['otherwise', 'Il manque : cette règle est obligatoire.'],
      ['boundary', 'Il manque : cette règle est obligatoire.'],
    ]);
    expect(faultsIn({ type: 'date_list' })).to.deep.equal([
      ['per', 'Il faut l’un de : month, period.'],
    ]);
  });
});
