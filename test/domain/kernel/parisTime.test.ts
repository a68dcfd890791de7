import { expect } from 'chai';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  addHours,
  asInstant,
  asLocalTime,
  isLocalTime,
  localDateAt,
  localTimeAt,
  parisInstant,
} from '../../../src/domain/kernel/parisTime.ts';
import { day, hour } from '../../support/townFacts.ts';

/** Wall clock in France, and the moment it shows. Clocks change on 29 March and 25 October 2026. */
const shown = [
  ['2026-11-23', '09:00', '2026-11-23T08:00:00.000Z'],
  ['2026-07-14', '09:00', '2026-07-14T07:00:00.000Z'],
  // 29 March: 2 h becomes 3 h, the day has 23 hours.
  ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29', '24:00', '2026-03-29T22:00:00.000Z'],
  // 25 October: 3 h becomes 2 h, the day has 25 hours; a time shown twice is the first of the two.
  ['2026-10-25', '00:00', '2026-10-24T22:00:00.000Z'],
  ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
  ['2026-10-25', '02:00', '2026-10-25T00:00:00.000Z'],
  ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25', '02:59', '2026-10-25T00:59:00.000Z'],
  ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ['2026-10-25', '24:00', '2026-10-25T23:00:00.000Z'],
  // The end of a month, of a year, of February.
  ['2026-12-31', '24:00', '2026-12-31T23:00:00.000Z'],
  ['2027-02-28', '24:00', '2027-02-28T23:00:00.000Z'],
  ['2028-02-29', '24:00', '2028-02-29T23:00:00.000Z'],
] as const;

const hours = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;

describe('time in France', () => {
  it('turns a day and an hour into the moment when clocks show them', () => {
    for (const [date, time, instant] of shown)
      expect(parisInstant(day(date), hour(time)), `${date} ${time}`).to.equal(instant);
  });

  it('does so whatever the zone of the machine and the season in which it runs', async () => {
    const module = new URL('../../../src/domain/kernel/parisTime.ts', import.meta.url).href;
    const program = `
      import { Settings } from 'luxon';
      Settings.now = () => Date.parse(process.env.SEASON);
      const { parisInstant, localDateAt, localTimeAt } = await import(${JSON.stringify(module)});
      const shown = ${JSON.stringify(shown)};
      process.stdout.write(JSON.stringify(shown.map(([date, time]) => {
        const instant = parisInstant(date, time);
        return [instant, localDateAt(instant), localTimeAt(instant)];
      })));`;
    const elsewhere = async (TZ: string, SEASON: string): Promise<unknown> => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '--eval', program],
        { env: { ...process.env, TZ, SEASON } },
      );
      return JSON.parse(stdout);
    };
    const here = shown.map(([date, time]) => {
      const instant = parisInstant(day(date), hour(time));
      return [instant, localDateAt(instant), localTimeAt(instant)];
    });
    const [summer, winter] = await Promise.all([
      elsewhere('America/New_York', '2026-07-14T12:00:00Z'),
      elsewhere('Pacific/Kiritimati', '2026-01-10T12:00:00Z'),
    ]);
    expect(summer).to.deep.equal(here);
    expect(winter).to.deep.equal(here);
  });

  it('gives the day of the spring change 23 hours, and that of the autumn change 25', () => {
    const length = (date: string): number =>
      hours(parisInstant(day(date), hour('00:00')), parisInstant(day(date), hour('24:00')));
    expect(length('2026-03-29')).to.equal(23);
    expect(length('2026-10-25')).to.equal(25);
    expect(length('2026-11-19')).to.equal(24);
  });

  it('ends a day where the next one begins', () => {
    for (const [date, next] of [
      ['2026-10-24', '2026-10-25'],
      ['2026-10-25', '2026-10-26'],
      ['2026-12-31', '2027-01-01'],
    ] as const)
      expect(parisInstant(day(date), hour('24:00'))).to.equal(
        parisInstant(day(next), hour('00:00')),
      );
  });

  it('reads the day and the hour that clocks show at a moment', () => {
    expect(localDateAt(asInstant('2026-11-18T22:59:59.999Z'))).to.equal('2026-11-18');
    expect(localDateAt(asInstant('2026-11-18T23:00:00.000Z'))).to.equal('2026-11-19');
    expect(localDateAt(asInstant('2026-07-13T22:00:00.000Z'))).to.equal('2026-07-14');
    expect(localTimeAt(asInstant('2026-10-25T00:30:00Z'))).to.equal('02:30');
    expect(localTimeAt(asInstant('2026-10-25T01:30:00Z'))).to.equal('02:30');
    expect(localTimeAt(asInstant('2026-03-29T01:00:00Z'))).to.equal('03:00');
  });

  it('shows again the day and hour that a moment was made from, outside the skipped hour', () => {
    const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => {
      const date = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
      return day(date);
    });
    const anyHour = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map((minutes) =>
        hour(
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
        ),
      )
      .filter((time) => !time.startsWith('02'));
    fc.assert(
      fc.property(anyDay, anyHour, (date, time) => {
        const instant = parisInstant(date, time);
        expect([localDateAt(instant), localTimeAt(instant)]).to.deep.equal([date, time]);
      }),
      { numRuns: 200 },
    );
  });

  it('counts elapsed hours across both changes', () => {
    const thursday = parisInstant(day('2026-10-22'), hour('18:00'));
    expect(localTimeAt(addHours(thursday, 48))).to.equal('18:00');
    const friday = parisInstant(day('2026-10-23'), hour('18:00'));
    expect(localTimeAt(addHours(friday, 48))).to.equal('17:00');
    const spring = parisInstant(day('2026-03-28'), hour('18:00'));
    expect(localTimeAt(addHours(spring, 48))).to.equal('19:00');
    expect(hours(spring, addHours(spring, 48))).to.equal(48);
  });
});

describe('an hour of the day', () => {
  it('goes from 00:00 to 24:00, with two digits each', () => {
    for (const time of ['00:00', '09:00', '23:59', '24:00'])
      expect(isLocalTime(time), time).to.equal(true);
    for (const time of ['24:01', '25:00', '9:00', '09:60', '0900', '09:00:00', '', ' 09:00']) {
      expect(isLocalTime(time), time).to.equal(false);
      expect(() => asLocalTime(time), time).to.throw(RangeError);
    }
  });
});

describe('a moment', () => {
  it('is read with any offset, and written in UTC to the millisecond so that text compares as time', () => {
    expect(asInstant('2026-11-13T08:59:59+01:00')).to.equal('2026-11-13T07:59:59.000Z');
    expect(asInstant('2026-11-13T08:59:59.123456Z')).to.equal('2026-11-13T08:59:59.123Z');
    // 02:30 in summer time is earlier than 02:15 in winter time (Gisors, case GIS-6).
    expect(
      asInstant('2026-10-25T02:30:00+02:00') < asInstant('2026-10-25T02:15:00+01:00'),
    ).to.equal(true);
  });

  it('needs its offset: a wall time alone is no moment', () => {
    for (const text of [
      '2026-11-13T08:59:59',
      '2026-11-13',
      '2026-11-13T25:00:00Z',
      '2027-02-29T08:00:00Z',
      'hier',
      '',
    ])
      expect(() => asInstant(text), text).to.throw(RangeError);
  });
});
