import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  ageOn,
  asLocalDate,
  asYearMonth,
  daysBetween,
  daysOf,
  firstDayOf,
  isLocalDate,
  isYearMonth,
  lastDayOf,
  mondayOf,
  monthOf,
  weekdayOf,
} from '../../../src/domain/kernel/localDate.ts';
import { day } from '../../support/townFacts.ts';

const anyDay = fc
  .integer({ min: 0, max: 100_000 })
  .map((days) => asLocalDate(new Date(Date.UTC(1920, 0, 1 + days)).toISOString().slice(0, 10)));

describe('a local date', () => {
  it('exists or is refused', () => {
    expect(isLocalDate('2028-02-29')).to.equal(true);
    for (const text of [
      '2027-02-29',
      '2100-02-29',
      '2027-02-30',
      '2027-04-31',
      '2027-13-01',
      '2027-00-10',
      '2027-01-00',
      '1899-12-31',
      '2200-01-01',
      '27-01-01',
      '2027-1-1',
      '2027-01-01T00:00',
      ' 2027-01-01',
      '2027-01-01\n',
      '',
    ]) {
      expect(isLocalDate(text), JSON.stringify(text)).to.equal(false);
      expect(() => asLocalDate(text), JSON.stringify(text)).to.throw(RangeError);
    }
  });

  it('knows the last day of February, in leap years and in centuries', () => {
    expect(lastDayOf(asYearMonth('2027-02'))).to.equal('2027-02-28');
    expect(lastDayOf(asYearMonth('2028-02'))).to.equal('2028-02-29');
    expect(lastDayOf(asYearMonth('2000-02'))).to.equal('2000-02-29');
    expect(lastDayOf(asYearMonth('2100-02'))).to.equal('2100-02-28');
    expect(lastDayOf(asYearMonth('2026-11'))).to.equal('2026-11-30');
    expect(lastDayOf(asYearMonth('2026-12'))).to.equal('2026-12-31');
  });

  it('goes over the ends of months and years', () => {
    expect(addDays(day('2028-02-28'), 1)).to.equal('2028-02-29');
    expect(addDays(day('2028-02-29'), 1)).to.equal('2028-03-01');
    expect(addDays(day('2027-01-01'), -1)).to.equal('2026-12-31');
    expect(addMonths(asYearMonth('2026-12'), 1)).to.equal('2027-01');
    expect(addMonths(asYearMonth('2027-01'), -1)).to.equal('2026-12');
    expect(addMonths(asYearMonth('2027-01'), -13)).to.equal('2025-12');
  });

  it('steps over the days on which clocks change as over any other', () => {
    expect(addDays(day('2026-03-28'), 1)).to.equal('2026-03-29');
    expect(addDays(day('2026-03-29'), 1)).to.equal('2026-03-30');
    expect(addDays(day('2026-10-24'), 1)).to.equal('2026-10-25');
    expect(addDays(day('2026-10-25'), 1)).to.equal('2026-10-26');
  });

  it('finds the Monday of a week that spans new year', () => {
    expect(weekdayOf(day('2027-01-01'))).to.equal('FRI');
    for (const date of ['2026-12-28', '2026-12-31', '2027-01-01', '2027-01-03'])
      expect(mondayOf(day(date))).to.equal('2026-12-28');
    expect(mondayOf(day('2027-01-04'))).to.equal('2027-01-04');
  });

  it('lists the days of a month, and none when the ends are the wrong way round', () => {
    expect(daysOf(asYearMonth('2028-02'))).to.have.length(29);
    expect(daysOf(asYearMonth('2026-10')).slice(24, 26)).to.deep.equal([
      '2026-10-25',
      '2026-10-26',
    ]);
    expect(daysBetween(day('2026-11-19'), day('2026-11-19'))).to.deep.equal(['2026-11-19']);
    expect(daysBetween(day('2026-11-20'), day('2026-11-19'))).to.deep.equal([]);
  });

  it('makes a child a year older on the birthday itself', () => {
    expect(ageOn(day('2020-11-19'), day('2026-11-18'))).to.equal(5);
    expect(ageOn(day('2020-11-19'), day('2026-11-19'))).to.equal(6);
    expect(ageOn(day('2020-11-19'), day('2026-11-20'))).to.equal(6);
  });

  it('makes a child born on 29 February a year older on 1 March of common years', () => {
    expect(ageOn(day('2020-02-29'), day('2027-02-28'))).to.equal(6);
    expect(ageOn(day('2020-02-29'), day('2027-03-01'))).to.equal(7);
    expect(ageOn(day('2020-02-29'), day('2028-02-28'))).to.equal(7);
    expect(ageOn(day('2020-02-29'), day('2028-02-29'))).to.equal(8);
  });

  it('adds days as a calendar does, there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1_000, max: 1_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(addDays(moved, -days)).to.equal(date);
        expect(Date.parse(moved) - Date.parse(date)).to.equal(days * 86_400_000);
        expect(mondayOf(date) <= date && date < addDays(mondayOf(date), 7)).to.equal(true);
        expect(firstDayOf(monthOf(date)) <= date && date <= lastDayOf(monthOf(date))).to.equal(
          true,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('a month', () => {
  it('exists or is refused', () => {
    expect(isYearMonth('2026-12')).to.equal(true);
    for (const text of ['2026-13', '2026-00', '2026-1', '2026', '2026-12-01', '1899-12'])
      expect(isYearMonth(text), text).to.equal(false);
    expect(() => asYearMonth('2026-13')).to.throw(RangeError);
  });
});
