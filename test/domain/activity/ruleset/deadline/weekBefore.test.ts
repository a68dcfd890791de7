import { expect } from 'chai';
import type { WeekBefore } from '../../../../../src/domain/activity/ruleset/deadline/weekBefore.ts';
import { canteen, closes, faultsIn, inTime, saidOf } from '../../../../support/deadlineFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const thursday = (changes: Partial<WeekBefore> = {}): WeekBefore => ({
  type: 'week_before',
  weekday: 'THU',
  weeks: 1,
  at: hour('12:00'),
  boundary: 'exclusive',
  holidayShift: 'none',
  ...changes,
});

describe('a weekday of the week before', () => {
  it('closes the whole week at once, Monday to Sunday', () => {
    for (const date of ['2026-11-16', '2026-11-19', '2026-11-20', '2026-11-22'])
      expect(closes(thursday(), date)).to.equal('2026-11-12 12:00');
    expect(closes(thursday(), '2026-11-23')).to.equal('2026-11-19 12:00');
    // The week of 1 January 2027 begins on 28 December.
    expect(closes(thursday(), '2027-01-01')).to.equal('2026-12-24 12:00');
  });

  it('or of the Nth week before, or of the same week', () => {
    expect(closes(thursday({ weeks: 2 }), '2026-11-16')).to.equal('2026-11-05 12:00');
    expect(closes(thursday({ weekday: 'SUN', at: hour('24:00') }), '2026-11-16')).to.equal(
      '2026-11-16 00:00',
    );
    expect(
      closes(thursday({ weekday: 'MON', weeks: 0, at: hour('08:00') }), '2026-11-20'),
    ).to.equal('2026-11-16 08:00');
  });

  it('« avant 12 h » excludes noon sharp, « inclus » holds it', () => {
    const held = thursday({ boundary: 'inclusive' });
    expect(inTime(thursday(), '2026-11-16', '2026-11-12 11:59')).to.equal(true);
    expect(inTime(thursday(), '2026-11-16', '2026-11-12 12:00')).to.equal(false);
    expect(inTime(held, '2026-11-16', '2026-11-12 12:00')).to.equal(true);
    expect(inTime(held, '2026-11-16', '2026-11-12 12:01')).to.equal(false);
  });

  it('moves off a holiday: Ascension Day is a Thursday', () => {
    expect(closes(thursday(), '2027-05-10')).to.equal('2027-05-06 12:00');
    expect(closes(thursday({ holidayShift: 'previous_working_day' }), '2027-05-10')).to.equal(
      '2027-05-05 12:00',
    );
    expect(closes(thursday({ holidayShift: 'previous_service_day' }), '2027-05-10')).to.equal(
      '2027-05-04 12:00',
    );
  });

  it('reads in French', () => {
    expect(saidOf(thursday())).to.deep.equal([
      'avant le jeudi de la semaine précédente à 12~h, pour toute la semaine',
    ]);
    expect(
      saidOf(
        thursday({
          weekday: 'SUN',
          weeks: 2,
          at: hour('24:00'),
          holidayShift: 'previous_working_day',
        }),
      ),
    ).to.deep.equal([
      'jusqu’au dimanche de la 2e~semaine précédente au soir (minuit), pour toute la semaine',
      'si cette limite tombe un jour férié, elle est avancée au jour ouvré précédent, à la même heure',
    ]);
    expect(
      saidOf(thursday({ weekday: 'MON', weeks: 0, at: hour('08:00'), boundary: 'inclusive' })),
    ).to.deep.equal(['jusqu’au lundi de la même semaine à 8~h~inclus, pour toute la semaine']);
  });

  it('of the same week comes before every day served', () => {
    expect(faultsIn(thursday())).to.deep.equal([]);
    expect(faultsIn(thursday({ weeks: 0, weekday: 'TUE', at: hour('13:00') }))).to.deep.equal([
      ['weekday', 'Cette limite tombe après la séance du lundi.'],
      ['at', 'Cette limite tombe après le début de la séance.'],
    ]);
    expect(faultsIn(thursday({ weeks: 0, weekday: 'MON' }))).to.deep.equal([]);
    expect(faultsIn(thursday({ weeks: 0, weekday: 'MON', boundary: 'inclusive' }))).to.deep.equal([
      ['at', 'À cette heure, la séance a commencé : la limite ne peut pas l’inclure.'],
    ]);
    const wednesday = { ...canteen, serviceDays: ['WED'] as const };
    expect(faultsIn(thursday({ weeks: 0, weekday: 'TUE' }), wednesday)).to.deep.equal([]);
    expect(faultsIn(thursday({ weeks: 1, weekday: 'SUN' }))).to.deep.equal([]);
  });

  it('is refused with each fault of its form', () => {
    expect(faultsIn({ ...thursday(), weekday: 'JEU', weeks: 53, at: '9h' })).to.deep.equal([
      ['weekday', '« JEU » n’est pas l’un de : MON, TUE, WED, THU, FRI, SAT, SUN.'],
      ['weeks', '53 n’est pas un nombre entier de 0 à 52.'],
      ['at', '« 9h » n’est pas une heure (HH:MM, de 00:00 à 24:00).'],
    ]);
    expect(
      faultsIn({
        ...thursday(),
        holidayShift: { explicit: [{ date: '2026-11-12', limit: '2026-11-12T13:00' }] },
      }),
    ).to.deep.equal([
      ['holidayShift/explicit/0/limit', 'Cette limite tombe après le début de la séance.'],
    ]);
  });
});
