import { expect } from 'chai';
import {
  bundledSchoolHolidays,
  parseSchoolHolidays,
  schoolYearStart,
  SchoolHolidaysFileError,
} from '../../../src/infrastructure/calendar/schoolHolidaysFile.ts';
import { asLocalDate } from '../../../src/domain/kernel/localDate.ts';

const heading = 'zone,name,first_day,last_day';
const summers = ['A', 'B', 'C'].map((zone) => `${zone},Vacances d'été,2027-07-03,2027-08-31`);

function faultsOf(...lines: string[]): string[] {
  try {
    parseSchoolHolidays(lines.join('\n'));
  } catch (error) {
    if (!(error instanceof SchoolHolidaysFileError)) throw error;
    return error.faults.map(({ line, message }) => `${line}: ${message}`);
  }
  return [];
}

describe('the file of school holidays', () => {
  it('that comes with the portal is read whole, by zone and by date', () => {
    const { A, B, C } = parseSchoolHolidays(bundledSchoolHolidays());
    expect([A.length, B.length, C.length]).to.deep.equal([32, 32, 32]);
    expect(C[0]).to.deep.equal({
      name: 'Vacances de la Toussaint',
      from: '2022-10-22',
      to: '2022-11-06',
    });
    expect(C.at(-1)).to.deep.equal({
      name: 'Vacances d’été',
      from: '2028-07-04',
      to: '2028-08-31',
    });
    expect(C.map(({ from }) => from)).to.deep.equal(C.map(({ from }) => from).toSorted());
  });

  it('may have Windows line ends, a byte-order mark and no last line end', () => {
    const csv = `\uFEFF${[heading, ...summers].join('\r\n')}`;
    expect(parseSchoolHolidays(csv).B).to.have.length(1);
  });

  it('is refused whole, with every line at fault', () => {
    const faults = faultsOf(
      heading,
      ...summers,
      "D,Vacances d'hiver,2027-02-06,2027-02-21",
      'A,,2027-02-06,2027-02-21',
      "A,Vacances d'hiver,2027-02-30,2027-03-01",
      "A,Vacances d'hiver,2027-02-06,demain",
      "A,Vacances d'hiver,2027-02-21,2027-02-06",
      "A,Vacances d'hiver,2027-02-06",
      "A,Vacances d'hiver,2027-02-06,2027-02-21,oui",
      '',
      'A,"Vacances, hiver",2027-02-06,2027-02-21',
    );
    expect(faults.map((fault) => Number.parseInt(fault))).to.deep.equal([
      5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    expect(faults[2]).to.contain('2027-02-30');
  });

  it('is refused without its heading, without a zone, and when it stops before a summer', () => {
    expect(faultsOf(...summers)).to.have.length(1);
    expect(faultsOf('')).to.have.length(1);
    expect(faultsOf(heading)).to.have.length(3);
    expect(faultsOf(heading, ...summers.slice(1))).to.deep.equal(['3: la zone A n’a aucune ligne']);
    const toussaint = 'B,Vacances de la Toussaint,2027-10-23,2027-11-07';
    expect(faultsOf(heading, ...summers, toussaint)).to.deep.equal([
      '5: la zone B s’arrête avant des vacances d’été',
    ]);
  });

  it('is refused when two holidays of a zone overlap', () => {
    const faults = faultsOf(heading, ...summers, 'C,Pont,2027-08-31,2027-09-02');
    expect(faults.some((fault) => fault.includes('ligne 4'))).to.equal(true);
  });

  it('names the faults with their lines in one French message', () => {
    expect(() => parseSchoolHolidays(`${heading}\nZ,x,2027-01-01,2027-01-02\n`)).to.throw(
      SchoolHolidaysFileError,
      /ligne 2\u00a0: « Z » n’est pas une zone/,
    );
  });

  it('counts school years from 1 September', () => {
    expect(schoolYearStart(asLocalDate('2027-08-31'))).to.equal('2026-09-01');
    expect(schoolYearStart(asLocalDate('2027-09-01'))).to.equal('2027-09-01');
  });
});
