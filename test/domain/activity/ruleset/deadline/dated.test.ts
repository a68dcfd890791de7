import { expect } from 'chai';
import {
  instantAt,
  limitAt,
  printedWindows,
  shifted,
} from '../../../../../src/domain/activity/ruleset/deadline/dated.ts';
import { canteen, ruleDays } from '../../../../support/deadlineFacts.ts';
import { day, period, townCalendar } from '../../../../support/townFacts.ts';

const days = ruleDays(canteen, townCalendar({ closures: [period('Pont', '2026-11-10')] }));

describe('a limit that falls on a holiday', () => {
  it('stays where it is, when the town says so', () => {
    expect(shifted('none', day('2026-11-11'), days)).to.equal('2026-11-11');
    const explicit = [{ date: day('2026-11-12'), limit: '2026-11-09T12:00' as never }];
    expect(shifted({ explicit }, day('2026-11-11'), days)).to.equal('2026-11-11');
  });

  it('moves to the working day before: over the closure of Tuesday', () => {
    expect(shifted('previous_working_day', day('2026-11-11'), days)).to.equal('2026-11-09');
  });

  it('moves to the day before on which the activity takes place', () => {
    expect(shifted('previous_service_day', day('2028-01-01'), days)).to.equal('2027-12-31');
    // Easter Monday: Sunday and Saturday are neither.
    expect(shifted('previous_service_day', day('2027-03-29'), days)).to.equal('2027-03-26');
    // Ascension Day, a Thursday: Wednesday is a working day, Tuesday the service day.
    expect(shifted('previous_working_day', day('2027-05-06'), days)).to.equal('2027-05-05');
    expect(shifted('previous_service_day', day('2027-05-06'), days)).to.equal('2027-05-04');
  });

  it('does not move from a Sunday or from a closure: they are no holidays', () => {
    expect(shifted('previous_working_day', day('2026-11-15'), days)).to.equal('2026-11-15');
    expect(shifted('previous_working_day', day('2026-11-10'), days)).to.equal('2026-11-10');
  });

  it('looks back two years at most, then stays', () => {
    const since = (first: string) => ({ ...days, isWorkingDay: (date: string) => date <= first });
    const holiday = day('2026-11-11');
    expect(shifted('previous_working_day', holiday, since('2024-11-11'))).to.equal('2024-11-11');
    expect(shifted('previous_working_day', holiday, since('2024-11-10'))).to.equal('2026-11-11');
  });
});

describe('a moment on the clocks of France', () => {
  it('is an instant: summer, winter, and the end of a day of 25 hours', () => {
    expect(instantAt('2026-09-18T09:00' as never)).to.equal('2026-09-18T07:00:00.000Z');
    expect(instantAt('2026-11-18T09:00' as never)).to.equal('2026-11-18T08:00:00.000Z');
    expect(instantAt('2026-10-25T24:00' as never)).to.equal('2026-10-25T23:00:00.000Z');
    expect(instantAt('2026-03-29T24:00' as never)).to.equal('2026-03-29T22:00:00.000Z');
  });

  it('is a limit, with its side', () => {
    expect(limitAt('2026-11-18T09:00' as never, 'inclusive')).to.deep.equal({
      at: '2026-11-18T08:00:00.000Z',
      boundary: 'inclusive',
    });
  });
});

describe('printed windows', () => {
  it('are none but where the town prints them', () => {
    expect(printedWindows('none', 'exclusive').size).to.equal(0);
    expect(printedWindows('previous_working_day', 'exclusive').size).to.equal(0);
    const explicit = [{ date: day('2026-11-12'), limit: '2026-11-09T12:00' as never }];
    expect([...printedWindows({ explicit }, 'exclusive')]).to.deep.equal([
      ['2026-11-12', { closes: { at: '2026-11-09T11:00:00.000Z', boundary: 'exclusive' } }],
    ]);
  });
});
