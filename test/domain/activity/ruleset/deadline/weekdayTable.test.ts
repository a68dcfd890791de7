import { expect } from 'chai';
import type { WeekdayTable } from '../../../../../src/domain/activity/ruleset/deadline/weekdayTable.ts';
import {
  before,
  canteen,
  closes,
  faultsIn,
  inTime,
  opening,
  saidOf,
  upTo,
} from '../../../../support/deadlineFacts.ts';
import { day, hour } from '../../../../support/townFacts.ts';

/** Monday and Tuesday close on Friday at 9, Thursday and Friday on Tuesday at 9. */
const table = (changes: Partial<WeekdayTable> = {}): WeekdayTable => ({
  type: 'weekday_table',
  rows: {
    MON: { closes: 'FRI', weeksBefore: 1 },
    TUE: { closes: 'FRI', weeksBefore: 1 },
    THU: { closes: 'TUE', weeksBefore: 0 },
    FRI: { closes: 'TUE', weeksBefore: 0 },
  },
  at: hour('09:00'),
  boundary: 'exclusive',
  holidayShift: 'none',
  ...changes,
});

describe('a table of weekdays', () => {
  it('closes each weekday on its own row', () => {
    expect(closes(table(), '2026-11-16')).to.equal('2026-11-13 09:00');
    expect(closes(table(), '2026-11-17')).to.equal('2026-11-13 09:00');
    expect(closes(table(), '2026-11-12')).to.equal('2026-11-10 09:00');
    expect(closes(table(), '2026-11-13')).to.equal('2026-11-10 09:00');
  });

  it('« avant 9 h » excludes 9 h sharp, « inclus » holds it', () => {
    const held = table({ boundary: 'inclusive' });
    expect(inTime(table(), '2026-11-16', '2026-11-13 08:59')).to.equal(true);
    expect(inTime(table(), '2026-11-16', '2026-11-13 09:00')).to.equal(false);
    expect(inTime(held, '2026-11-16', '2026-11-13 09:00')).to.equal(true);
    expect(inTime(held, '2026-11-16', '2026-11-13 09:01')).to.equal(false);
  });

  it('stands at the clock’s hour before and after a change of time', () => {
    expect(opening(table(), '2027-03-30')).to.deep.equal({
      closes: { at: '2027-03-26T08:00:00.000Z', boundary: 'exclusive' },
    });
    expect(opening(table(), '2027-04-01')).to.deep.equal({
      closes: { at: '2027-03-30T07:00:00.000Z', boundary: 'exclusive' },
    });
  });

  it('lets a row have an hour of its own', () => {
    const rows = {
      ...table().rows,
      MON: { closes: 'THU', weeksBefore: 2, at: hour('18:30') },
    } as const;
    expect(closes(table({ rows }), '2026-11-16')).to.equal('2026-11-05 18:30');
    expect(closes(table({ rows }), '2026-11-17')).to.equal('2026-11-13 09:00');
  });

  it('moves a limit off a holiday, when the town says so', () => {
    // Wednesday 11 November closes Thursday 12 and Friday 13.
    const rows = {
      THU: { closes: 'WED', weeksBefore: 0 },
      FRI: { closes: 'WED', weeksBefore: 0 },
    } as const;
    expect(closes(table({ rows }), '2026-11-12')).to.equal('2026-11-11 09:00');
    expect(closes(table({ rows, holidayShift: 'previous_working_day' }), '2026-11-12')).to.equal(
      '2026-11-10 09:00',
    );
    // Without a holiday it stays.
    expect(closes(table({ rows, holidayShift: 'previous_working_day' }), '2026-11-19')).to.equal(
      '2026-11-18 09:00',
    );
  });

  it('obeys the limits printed for some sessions', () => {
    const holidayShift = {
      explicit: [
        { date: day('2027-03-30'), limit: '2027-03-25T12:00' as never },
        { date: day('2027-05-18'), limit: '2027-05-13T24:00' as never },
      ],
    };
    const printed = table({ holidayShift, boundary: 'inclusive' });
    expect(opening(printed, '2027-03-30')).to.deep.equal({ closes: upTo('2027-03-25 12:00') });
    expect(closes(printed, '2027-05-18')).to.equal('2027-05-14 00:00');
    expect(closes(printed, '2027-04-06')).to.equal('2027-04-02 09:00');
  });

  it('is never open on a weekday without a row', () => {
    expect(opening(table(), '2026-11-18')).to.equal('never');
  });

  it('reads in French, one line for the days that share a limit', () => {
    expect(saidOf(table())).to.deep.equal([
      'avant le vendredi précédent à 9~h pour le lundi et le mardi',
      'avant le mardi précédent à 9~h pour le jeudi et le vendredi',
    ]);
    expect(saidOf(table({ boundary: 'inclusive', at: hour('09:30') }))[0]).to.equal(
      'jusqu’au vendredi précédent à 9~h~30~inclus pour le lundi et le mardi',
    );
    const rows = {
      MON: { closes: 'MON', weeksBefore: 1 },
      TUE: { closes: 'SUN', weeksBefore: 1, at: hour('24:00') },
      WED: { closes: 'WED', weeksBefore: 0, at: hour('08:15') },
      THU: { closes: 'MON', weeksBefore: 3 },
      FRI: { closes: 'SAT', weeksBefore: 1, at: hour('00:00') },
    } as const;
    expect(saidOf(table({ rows, holidayShift: 'previous_service_day' }))).to.deep.equal([
      'avant le lundi de la semaine précédente à 9~h pour le lundi',
      'jusqu’au dimanche précédent au soir (minuit) pour le mardi',
      'le jour même avant 8~h~15 pour le mercredi',
      'avant le lundi de la 3e~semaine précédente à 9~h pour le jeudi',
      'avant le samedi précédent à 0~h pour le vendredi',
      'si cette limite tombe un jour férié, elle est avancée au jour de fonctionnement précédent, à la même heure',
    ]);
  });

  it('reads one week as « précédent » up to six days, as « de la semaine précédente » from seven', () => {
    const rows = {
      SUN: { closes: 'MON', weeksBefore: 0 },
      TUE: { closes: 'TUE', weeksBefore: 1 },
    } as const;
    expect(saidOf(table({ rows, boundary: 'inclusive' }))).to.deep.equal([
      'jusqu’au mardi de la semaine précédente à 9~h~inclus pour le mardi',
      'jusqu’au lundi précédent à 9~h~inclus pour le dimanche',
    ]);
  });

  it('has a row for every day served', () => {
    const { MON, TUE } = table().rows;
    expect(faultsIn(table())).to.deep.equal([]);
    expect(faultsIn(table({ rows: { MON, TUE } as never }))).to.deep.equal([
      ['rows/THU', 'Ce jour est servi, et aucune ligne ne dit sa limite.'],
      ['rows/FRI', 'Ce jour est servi, et aucune ligne ne dit sa limite.'],
    ]);
  });

  it('has no limit after its session', () => {
    const { rows } = table();
    const on = (row: object, changes: Partial<WeekdayTable> = {}) =>
      faultsIn(
        table({ rows: { ...rows, THU: { closes: 'THU', weeksBefore: 0, ...row } }, ...changes }),
      );
    expect(on({ closes: 'FRI' })).to.deep.equal([
      ['rows/THU', 'Cette limite tombe après la séance.'],
    ]);
    expect(on({ closes: 'FRI', weeksBefore: 1 })).to.deep.equal([]);
    expect(on({ closes: 'WED', at: '23:00' })).to.deep.equal([]);
    expect(on({ at: '12:01' })).to.deep.equal([
      ['rows/THU', 'Cette limite tombe après le début de la séance.'],
    ]);
    expect(on({ at: '12:00' })).to.deep.equal([]);
    expect(on({ at: '12:00' }, { boundary: 'inclusive' })).to.deep.equal([
      ['rows/THU', 'À cette heure, la séance a commencé : la limite ne peut pas l’inclure.'],
    ]);
    // The table's own hour, where the row has none.
    expect(on({}, { at: hour('13:00') })).to.deep.equal([
      ['rows/THU', 'Cette limite tombe après le début de la séance.'],
    ]);
  });

  it('is refused with each fault of its form', () => {
    expect(
      faultsIn({
        type: 'weekday_table',
        rows: { LUN: {}, MON: { closes: 'FRI', weeksBefore: -1 } },
      }),
    ).to.deep.equal([
      ['rows/LUN', '« LUN » n’existe pas ici ; sont connus : MON, TUE, WED, THU, FRI, SAT, SUN.'],
      ['rows/MON/weeksBefore', '-1 n’est pas un nombre entier de 0 à 52.'],
      ['at', 'Il manque : cette règle est obligatoire.'],
      ['boundary', 'Il manque : cette règle est obligatoire.'],
      ['holidayShift', 'Il manque : cette règle est obligatoire.'],
    ]);
  });
});

describe('the limits printed for some sessions', () => {
  const printed = (explicit: readonly { date: string; limit: string }[]) =>
    table({ holidayShift: { explicit } as never });

  it('come before their session, one for each', () => {
    expect(
      faultsIn(
        printed([
          { date: '2027-03-30', limit: '2027-03-25T12:00' },
          { date: '2027-03-30', limit: '2027-03-24T12:00' },
          { date: '2027-04-01', limit: '2027-04-02T00:00' },
          { date: '2027-04-02', limit: '2027-04-02T12:30' },
          { date: '2027-04-05', limit: '2027-04-05T12:00' },
          { date: '2027-04-06', limit: '2027-04-06T24:00' },
        ]),
      ),
    ).to.deep.equal([
      ['holidayShift/explicit/1/date', 'Cette séance a déjà sa limite plus haut.'],
      ['holidayShift/explicit/2/limit', 'Cette limite tombe après le début de la séance.'],
      ['holidayShift/explicit/3/limit', 'Cette limite tombe après le début de la séance.'],
      ['holidayShift/explicit/5/limit', 'Cette limite tombe après le début de la séance.'],
    ]);
  });

  it('are dates that exist', () => {
    expect(faultsIn(printed([{ date: '2027-02-29', limit: '2027-02-30T12:00' }]))).to.deep.equal([
      [
        'holidayShift/explicit/0/date',
        '« 2027-02-29 » n’est pas une date qui existe (AAAA-MM-JJ).',
      ],
      [
        'holidayShift/explicit/0/limit',
        '« 2027-02-30T12:00 » n’est pas une date et une heure (AAAA-MM-JJTHH:MM).',
      ],
    ]);
    expect(faultsIn(printed([]))).to.deep.equal([
      ['holidayShift/explicit', 'Il en faut au moins 1.'],
    ]);
    expect(faultsIn(table({ holidayShift: 'next_day' as never }))).to.deep.equal([
      [
        'holidayShift',
        '« next_day » n’est pas l’un de : none, previous_working_day, previous_service_day.',
      ],
    ]);
  });

  it('read in French', () => {
    const said = saidOf(
      printed([
        { date: '2027-03-30', limit: '2027-03-25T12:00' },
        { date: '2027-05-18', limit: '2027-05-13T24:00' },
      ]),
      canteen,
    );
    expect(said.slice(2)).to.deep.equal([
      'par exception, avant le jeudi~25 mars 2027 à 12~h pour le mardi~30 mars 2027',
      'par exception, jusqu’au jeudi~13 mai 2027 au soir (minuit) pour le mardi~18 mai 2027',
    ]);
  });

  it('hold the hour or not as the table says', () => {
    const explicit = printed([{ date: '2027-03-30', limit: '2027-03-25T12:00' }]);
    expect(opening(explicit, '2027-03-30')).to.deep.equal({ closes: before('2027-03-25 12:00') });
  });
});
