import { expect } from 'chai';
import {
  counterFaults,
  counterWords,
  occurrenceAfter,
  resetWords,
  spanOn,
  type OccurrenceWindow,
  type Span,
} from '../../../../../src/domain/activity/ruleset/counter/counter.ts';
import { canteen, holidayCentre } from '../../../../support/deadlineFacts.ts';
import { day } from '../../../../support/townFacts.ts';

const autumn = holidayCentre.periods['TOUSSAINT-2026']!;
const on = (window: OccurrenceWindow, date: string): Span | undefined =>
  spanOn(window, day(date), autumn);

describe('a count', () => {
  it('by month starts anew on the first', () => {
    const november = { from: '2026-11-01', resetsOn: '2026-12-01' };
    expect(on('month', '2026-11-01')).to.deep.equal(november);
    expect(on('month', '2026-11-30')).to.deep.equal(november);
    expect(on('month', '2028-02-29')).to.deep.equal({ from: '2028-02-01', resetsOn: '2028-03-01' });
    expect(on('month', '2026-12-31')).to.deep.equal({ from: '2026-12-01', resetsOn: '2027-01-01' });
  });

  it('by school year starts anew on 1 September', () => {
    expect(on('school_year', '2026-08-31')).to.deep.equal({
      from: '2025-09-01',
      resetsOn: '2026-09-01',
    });
    const year = { from: '2026-09-01', resetsOn: '2027-09-01' };
    expect(on('school_year', '2026-09-01')).to.deep.equal(year);
    expect(on('school_year', '2027-01-01')).to.deep.equal(year);
    expect(on('school_year', '2027-08-31')).to.deep.equal(year);
  });

  it('by civil year starts anew on 1 January', () => {
    const year = { from: '2026-01-01', resetsOn: '2027-01-01' };
    expect(on('civil_year', '2026-01-01')).to.deep.equal(year);
    expect(on('civil_year', '2026-12-31')).to.deep.equal(year);
  });

  it('by period ends with the period that holds the day', () => {
    const span = { from: '2026-10-19', resetsOn: '2026-10-31' };
    expect(on('period', '2026-10-19')).to.deep.equal(span);
    expect(on('period', '2026-10-30')).to.deep.equal(span);
    expect(on('period', '2026-10-18')).to.equal(undefined);
    expect(on('period', '2026-10-31')).to.equal(undefined);
    expect(spanOn('period', day('2026-10-19'))).to.equal(undefined);
  });

  it('may never start anew', () => {
    expect(on('ever', '2026-11-19')).to.deep.equal({});
  });

  it('adds up what stands in the same count alone', () => {
    const dates = ['2026-08-31', '2026-09-01', '2027-08-31', '2027-09-01'].map(day);
    expect(occurrenceAfter(dates, on('school_year', '2026-11-19')!)).to.equal(3);
    expect(occurrenceAfter([], on('school_year', '2026-11-19')!)).to.equal(1);
    expect(occurrenceAfter(dates, on('ever', '2026-11-19')!)).to.equal(5);
    expect(occurrenceAfter(dates, on('month', '2026-09-15')!)).to.equal(2);
  });

  it('by period needs periods', () => {
    const found: unknown[] = [];
    const report = (path: unknown, reason: string) => found.push([path, reason]);
    counterFaults({ window: 'period', per: 'child' }, ['late'], holidayCentre, report);
    counterFaults({ window: 'month', per: 'child' }, ['late'], canteen, report);
    expect(found).to.deep.equal([]);
    counterFaults({ window: 'period', per: 'child' }, ['late'], canteen, report);
    expect(found).to.deep.equal([[['late', 'window'], 'Cette activité n’a pas de période.']]);
  });

  it('reads in French', () => {
    const words: readonly [OccurrenceWindow, string, string][] = [
      ['month', 'par mois et par enfant', 'le compte repart de zéro le 1er de chaque mois'],
      [
        'period',
        'par période et par enfant',
        'le compte repart de zéro au début de chaque période',
      ],
      [
        'school_year',
        'par année scolaire et par enfant',
        'le compte repart de zéro le 1er septembre',
      ],
      ['civil_year', 'par année civile et par enfant', 'le compte repart de zéro le 1er janvier'],
      ['ever', 'en tout, par enfant', 'le compte ne repart jamais de zéro'],
    ];
    for (const [window, counted, reset] of words) {
      expect(counterWords({ window, per: 'child' })).to.equal(counted);
      expect(resetWords({ window, per: 'child' })).to.equal(reset);
    }
    expect(counterWords({ window: 'month', per: 'family' })).to.equal('par mois et par famille');
  });
});
