import { expect } from 'chai';
import { isWorkingDay, workingDaysBefore } from '../../../src/domain/kernel/townCalendar.ts';
import { day, frenchHoliday, period, townCalendar } from '../../support/townFacts.ts';

const calendar = townCalendar({ closures: [period('Pont', '2027-05-07')] });
const back = (date: string, count: number): string => workingDaysBefore(calendar, day(date), count);

describe('working days', () => {
  it('skip week-ends', () => {
    expect(back('2026-11-16', 1)).to.equal('2026-11-13');
    expect(back('2026-11-23', 5)).to.equal('2026-11-16');
  });

  it('skip Easter Monday', () => {
    expect(frenchHoliday(day('2027-03-29'))).to.equal('Lundi de Pâques');
    expect(back('2027-03-30', 1)).to.equal('2027-03-26');
    expect(back('2027-03-30', 2)).to.equal('2027-03-25');
  });

  it('skip 1 and 8 May, Ascension Day, and the town’s own closure on the bridge', () => {
    // 2026: 1 and 8 May are Fridays.
    expect(back('2026-05-04', 1)).to.equal('2026-04-30');
    expect(back('2026-05-11', 2)).to.equal('2026-05-06');
    // 2027: Ascension Day is Thursday 6 May, the town closes on Friday 7.
    expect(back('2027-05-10', 1)).to.equal('2027-05-05');
    expect(isWorkingDay(calendar, day('2027-05-07'))).to.equal(false);
  });

  it('skip 11 November on the eve', () => {
    expect(back('2026-11-12', 1)).to.equal('2026-11-10');
    expect(back('2026-11-12', 2)).to.equal('2026-11-09');
  });

  it('go over new year', () => {
    expect(back('2027-01-04', 1)).to.equal('2026-12-31');
    expect(back('2026-12-28', 1)).to.equal('2026-12-24');
  });

  it('none of them before a day is that day, working or not', () => {
    expect(back('2026-11-15', 0)).to.equal('2026-11-15');
  });

  it('are not searched for ever when the town never works', () => {
    const closedTown = townCalendar({ closures: [period('Fermé', '2020-01-01', '2030-01-01')] });
    expect(() => workingDaysBefore(closedTown, day('2027-01-04'), 1)).to.throw(RangeError);
  });
});
