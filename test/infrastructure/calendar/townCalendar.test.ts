import { expect } from 'chai';
import { daysBetween, type LocalDate } from '../../../src/domain/kernel/localDate.ts';
import { isWorkingDay } from '../../../src/domain/kernel/townCalendar.ts';
import { loadTownCalendar } from '../../../src/infrastructure/calendar/townCalendar.ts';

const day = (text: string): LocalDate => text as LocalDate;
const bridge = { name: 'Pont de l’Ascension', from: day('2026-05-15'), to: day('2026-05-16') };
const lot = loadTownCalendar({ zone: 'C', closures: [bridge] });

const publicHolidaysOf = (year: number, publicHolidayRegion: string): LocalDate[] => {
  const { publicHoliday } = loadTownCalendar({ zone: 'A', closures: [], publicHolidayRegion });
  return daysBetween(day(`${year}-01-01`), day(`${year}-12-31`)).filter(publicHoliday);
};

describe("the town's calendar", () => {
  it('knows whole school years: from 1 September 2022 to 31 August 2028', () => {
    expect([lot.knownFrom, lot.knownUntil]).to.deep.equal(['2022-09-01', '2028-08-31']);
  });

  it('counts both ends of school holidays, and not the days around them', () => {
    const names = ['2026-10-16', '2026-10-17', '2026-11-01', '2026-11-02'].map(
      (date) => lot.schoolHoliday(day(date))?.name,
    );
    const toussaint = 'Vacances de la Toussaint';
    expect(names).to.deep.equal([undefined, toussaint, toussaint, undefined]);
  });

  it('follows the zone of the town', () => {
    const date = day('2027-02-08');
    const isHoliday = (zone: 'A' | 'B' | 'C') =>
      loadTownCalendar({ zone, closures: [] }).schoolHoliday(date) !== undefined;
    expect([isHoliday('A'), isHoliday('B'), isHoliday('C')]).to.deep.equal([false, false, true]);
  });

  it('ends the summer on the eve of the rentrée', () => {
    expect(lot.schoolHoliday(day('2026-08-31'))?.name).to.equal('Vacances d’été');
    expect(lot.schoolHoliday(day('2026-09-01'))).to.equal(undefined);
    expect(lot.schoolHoliday(day('2023-09-03'))?.name).to.equal('Vacances d’été');
  });

  it('has the bridge of the Ascension where the Ministry has it, and where the town adds it', () => {
    expect(lot.schoolHoliday(day('2027-05-07'))?.name).to.equal('Pont de l’Ascension');
    expect(lot.schoolHoliday(day('2028-05-26'))?.name).to.equal('Pont de l’Ascension');
    expect(lot.schoolHoliday(day('2026-05-15'))).to.equal(undefined);
    expect(lot.closure(day('2026-05-15'))).to.deep.equal(bridge);
    expect(isWorkingDay(lot, day('2026-05-15'))).to.equal(false);
  });

  it('knows the eleven public holidays, Easter and its Mondays among them', () => {
    expect(publicHolidaysOf(2026, 'FR')).to.deep.equal([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
    expect(lot.publicHoliday(day('2027-03-29'))).to.equal('Lundi de Pâques');
    expect(lot.publicHoliday(day('2026-05-10'))).to.equal(undefined);
    expect(lot.publicHoliday(day('2026-07-14'))).to.equal('Fête nationale');
  });

  it('adds the two days of Alsace and Moselle, and the day of each overseas territory', () => {
    for (const region of ['FR-57', 'FR-67', 'FR-68'])
      expect(publicHolidaysOf(2026, region), region).to.include.members([
        '2026-04-03',
        '2026-12-26',
      ]);
    expect(publicHolidaysOf(2026, 'FR-67')).to.have.length(13);
    expect(publicHolidaysOf(2026, 'FR-RE')).to.include('2026-12-20');
    expect(publicHolidaysOf(2026, 'FR-GP')).to.include('2026-05-27');
  });

  it('refuses a region that it does not know', () => {
    const load = () => loadTownCalendar({ zone: 'C', closures: [], publicHolidayRegion: 'FR-99' });
    expect(load).to.throw(RangeError, 'FR-99');
  });

  it('reads another file when given one', () => {
    const csv = [
      'zone,name,first_day,last_day',
      ...['A', 'B', 'C'].map((z) => `${z},Été,2031-07-05,2031-08-29`),
    ];
    const calendar = loadTownCalendar({
      zone: 'B',
      closures: [],
      schoolHolidaysCsv: csv.join('\n'),
    });
    expect([calendar.knownFrom, calendar.knownUntil]).to.deep.equal(['2030-09-01', '2031-08-31']);
  });
});
