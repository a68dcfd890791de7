import { expect } from 'chai';
import {
  addDays,
  daysBetween,
  weekdayOf,
  type LocalDate,
} from '../../../../src/domain/kernel/localDate.ts';
import { loadTownCalendar } from '../../../../src/infrastructure/calendar/townCalendar.ts';
import { demoCalendar } from '../../../../src/interfaces/cli/demo/demoCalendar.ts';

const day = (text: string): LocalDate => text as LocalDate;
const works = { name: 'Travaux', from: day('2026-10-05'), to: day('2026-10-06') };
const base = loadTownCalendar({ zone: 'C', closures: [works] });
const demo = demoCalendar(base);
const holidaysOf = (from: string, to: string): LocalDate[] =>
  daysBetween(day(from), day(to)).filter((date) => demo.schoolHoliday(date));

describe("the demo town's calendar", () => {
  it('is the real one as far as the file of school holidays goes', () => {
    for (const date of daysBetween(day('2026-09-01'), day('2028-08-31')))
      expect(demo.schoolHoliday(date), date).to.deep.equal(base.schoolHoliday(date));
    expect(demo.knownFrom).to.equal('2022-09-01');
  });

  it('then has the last known year again, on the same weekdays', () => {
    const known = holidaysOf('2027-09-01', '2028-06-30');
    const next = holidaysOf('2028-08-31', '2029-06-29');
    expect(next.filter((date) => date >= '2028-09-01')).to.deep.equal(
      known.map((date) => addDays(date, 364)),
    );
    expect(weekdayOf(demo.schoolHoliday(day('2028-12-20'))!.from)).to.equal('SAT');
  });

  it('starts every school year on 1 September, and ends every summer on its eve', () => {
    for (let year = 2028; year <= 2040; year += 1) {
      const [eve, start] = [day(`${year}-08-31`), day(`${year}-09-01`)];
      expect(demo.schoolHoliday(eve), eve).to.deep.include({ name: 'Vacances d’été', to: eve });
      expect(demo.schoolHoliday(start), start).to.equal(undefined);
      expect(holidaysOf(`${year}-09-01`, `${year + 1}-06-30`).length, String(year)).to.be.within(
        60,
        72,
      );
    }
  });

  it('closes on bridges, beside what the town closes itself', () => {
    expect(demo.closure(day('2026-05-15'))).to.deep.include({ name: 'Pont (Ascension)' });
    expect(demo.closure(day('2026-07-13'))).to.deep.include({ name: 'Pont (Fête nationale)' });
    expect(demo.closure(day('2026-10-06'))).to.deep.equal(works);
    expect(demo.closure(day('2026-05-13'))).to.equal(undefined);
  });
});
