import { expect } from 'chai';
import type { Window } from '../../../../../src/domain/activity/ruleset/deadline/window.ts';
import {
  closes,
  faultsIn,
  holidayCentre,
  opening,
  saidOf,
  shown,
  windowOf,
  type Around,
} from '../../../../support/deadlineFacts.ts';

type Row = readonly [audience: string, at: string];
const period = (closes: string, ...opens: readonly Row[]) => ({
  opens: opens.map(([audience, at]) => ({ audience, at })),
  closes,
});
/** Autumn from 31 August to the end of 18 September, Christmas from 26 October to the end of 20 November. */
const windows = (changes: object = {}): Window =>
  ({
    type: 'window',
    periods: {
      'TOUSSAINT-2026': period('2026-09-18T24:00', ['all', '2026-08-31T00:00']),
      'NOEL-2026': period('2026-11-20T24:00', ['all', '2026-10-26T00:00']),
      ...changes,
    },
    boundary: 'exclusive',
  }) as Window;
const residentsFirst = windows({
  'TOUSSAINT-2026': period(
    '2026-09-18T12:00',
    ['outside', '2026-09-07T09:00'],
    ['resident', '2026-08-31T09:00'],
  ),
  'NOEL-2026': period(
    '2026-11-20T24:00',
    ['all', '2026-11-02T00:00'],
    ['resident', '2026-10-25T24:00'],
  ),
});
const around: Around = { context: holidayCentre };
const opens = (audience: 'all' | 'resident' | 'outside', when: string): string =>
  shown(windowOf(residentsFirst, when, { ...around, audience }).opensAt!);

describe('windows per period', () => {
  it('open and close with the period that holds the session', () => {
    expect(opening(windows(), '2026-10-19', around)).to.deep.equal({
      opensAt: '2026-08-30T22:00:00.000Z',
      closes: { at: '2026-09-18T22:00:00.000Z', boundary: 'exclusive' },
    });
    expect(opening(windows(), '2026-12-21', around)).to.deep.equal({
      opensAt: '2026-10-25T23:00:00.000Z',
      closes: { at: '2026-11-20T23:00:00.000Z', boundary: 'exclusive' },
    });
    expect(closes(windows(), '2026-10-30', around)).to.equal('2026-09-19 00:00');
  });

  it('open earlier to residents; who is not known waits for the last', () => {
    expect(opens('resident', '2026-10-19')).to.equal('2026-08-31 09:00');
    expect(opens('outside', '2026-10-19')).to.equal('2026-09-07 09:00');
    expect(opens('all', '2026-10-19')).to.equal('2026-09-07 09:00');
    expect(opens('resident', '2026-12-21')).to.equal('2026-10-26 00:00');
    expect(opens('outside', '2026-12-21')).to.equal('2026-11-02 00:00');
    expect(opens('all', '2026-12-21')).to.equal('2026-11-02 00:00');
  });

  it('hold the last minute or not', () => {
    expect(
      windowOf({ ...windows(), boundary: 'inclusive' }, '2026-10-19', around).closes,
    ).to.deep.equal({ at: '2026-09-18T22:00:00.000Z', boundary: 'inclusive' });
  });

  it('are never open for a session outside of the periods', () => {
    expect(opening(windows(), '2026-11-16', around)).to.equal('never');
  });

  it('are never open for a period that has none', () => {
    const { 'NOEL-2026': noel } = windows().periods;
    const only = { ...windows(), periods: { 'NOEL-2026': noel } } as Window;
    expect(opening(only, '2026-10-19', around)).to.equal('never');
  });

  it('read in French', () => {
    expect(saidOf(windows(), holidayCentre)).to.deep.equal([
      'pour la période «~Toussaint~», à partir du lundi~31 août 2026 et jusqu’au vendredi~18 septembre 2026 au soir (minuit)',
      'pour la période «~Noël~», à partir du lundi~26 octobre 2026 et jusqu’au vendredi~20 novembre 2026 au soir (minuit)',
    ]);
    expect(saidOf(residentsFirst, holidayCentre)).to.deep.equal([
      'pour la période «~Toussaint~», à partir du lundi~31 août 2026 à 9~h pour les habitants, du lundi~7 septembre 2026 à 9~h pour les familles extérieures, et avant le vendredi~18 septembre 2026 à 12~h',
      'pour la période «~Noël~», à partir du lundi~26 octobre 2026 pour les habitants, du lundi~2 novembre 2026 pour les autres familles, et jusqu’au vendredi~20 novembre 2026 au soir (minuit)',
    ]);
  });

  const toussaint = (written: object) =>
    faultsIn(windows({ 'TOUSSAINT-2026': written }), holidayCentre);
  const at = 'periods/TOUSSAINT-2026';

  it('are there for every period of the activity, and for no other', () => {
    expect(faultsIn(windows(), holidayCentre)).to.deep.equal([]);
    expect(faultsIn(residentsFirst, holidayCentre)).to.deep.equal([]);
    const { 'NOEL-2026': noel } = windows().periods;
    expect(
      faultsIn({ ...windows(), periods: { 'NOEL-2026': noel, 'ETE-2027': noel } }, holidayCentre),
    ).to.deep.equal([
      ['periods/ETE-2027', '« ETE-2027 » n’est pas une période de cette activité.'],
      ['periods/TOUSSAINT-2026', 'Cette période n’a ni ouverture ni fermeture.'],
    ]);
  });

  it('open before they close, and close before their period ends', () => {
    const wrong = [[`${at}/opens/0/at`, 'L’ouverture ne précède pas la fermeture.']];
    expect(toussaint(period('2026-09-18T12:00', ['all', '2026-09-18T12:00']))).to.deep.equal(wrong);
    expect(toussaint(period('2026-09-18T24:00', ['all', '2026-09-19T00:00']))).to.deep.equal(wrong);
    expect(toussaint(period('2026-09-18T12:00', ['all', '2026-09-18T11:59']))).to.deep.equal([]);
    expect(toussaint(period('2026-10-30T24:00', ['all', '2026-09-01T00:00']))).to.deep.equal([]);
    expect(toussaint(period('2026-10-31T00:00', ['all', '2026-09-01T00:00']))).to.deep.equal([
      [`${at}/closes`, 'Cette limite tombe après la fin de la période.'],
    ]);
  });

  it('open to everybody, once, and not to residents last', () => {
    const close = '2026-09-18T12:00';
    expect(toussaint(period(close, ['resident', '2026-08-31T09:00']))).to.deep.equal([
      [`${at}/opens`, 'Aucune ouverture n’est dite pour les familles extérieures.'],
    ]);
    expect(toussaint(period(close, ['outside', '2026-08-31T09:00']))).to.deep.equal([
      [`${at}/opens`, 'Aucune ouverture n’est dite pour les habitants.'],
    ]);
    expect(
      toussaint(period(close, ['all', '2026-08-31T09:00'], ['all', '2026-09-01T09:00'])),
    ).to.deep.equal([[`${at}/opens/1/audience`, 'Cette ouverture est déjà dite plus haut.']]);
    expect(
      toussaint(period(close, ['resident', '2026-09-01T09:01'], ['outside', '2026-09-01T09:00'])),
    ).to.deep.equal([[`${at}/opens`, 'Les habitants ouvriraient après les familles extérieures.']]);
    expect(
      toussaint(period(close, ['resident', '2026-09-01T09:00'], ['outside', '2026-09-01T09:00'])),
    ).to.deep.equal([]);
    expect(
      toussaint(
        period(
          close,
          ['resident', '2026-09-01T09:00'],
          ['outside', '2026-09-02T09:00'],
          ['all', '2026-09-03T09:00'],
        ),
      ),
    ).to.deep.equal([
      [`${at}/opens`, 'Habitants et familles extérieures sont dits : « all » est de trop.'],
    ]);
  });

  it('are refused with each fault of their form', () => {
    expect(toussaint({ opens: [], closes: '2026-09-31T12:00' })).to.deep.equal([
      [`${at}/opens`, 'Il en faut au moins 1.'],
      [`${at}/closes`, '« 2026-09-31T12:00 » n’est pas une date et une heure (AAAA-MM-JJTHH:MM).'],
    ]);
    expect(toussaint(period('2026-09-18T12:00', ['staff', '2026-09-01T09:00']))).to.deep.equal([
      [`${at}/opens/0/audience`, '« staff » n’est pas l’un de : all, resident, outside.'],
    ]);
  });
});
