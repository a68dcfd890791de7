import { expect } from 'chai';
import { asInstant } from '../../../../../src/domain/kernel/parisTime.ts';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  fourDays,
  judged,
  outcomes,
  served,
} from '../../../../support/absenceFacts.ts';

/** Told by a table: on the same day at an hour. */
const sameDay = (at: string, boundary = 'exclusive'): object => ({
  type: 'weekday_table',
  rows: Object.fromEntries(fourDays.map((day) => [day, { closes: day, weeksBefore: 0 }])),
  at,
  boundary,
  holidayShift: 'none',
});
const before = (deadline: object, from = 'first_day'): object[] => [
  excuses({ notice: { deadline, from } }),
];
const spell = { from: '2026-12-03', to: '2026-12-04' };

describe('the warning of an absence', () => {
  it('before 9 o’clock on the first day: the second before, and 9 o’clock sharp', () => {
    const rules = before(sameDay('09:00'));
    const billed = (notice: string) => judged(rules, { ...spell, notice }).billed.length;
    expect(billed('2026-12-03T08:59:59+01:00')).to.equal(0);
    expect(billed('2026-12-03T09:00:00+01:00')).to.equal(2);
    const inclusive = before(sameDay('09:00', 'inclusive'));
    expect(judged(inclusive, { ...spell, notice: '2026-12-03 09:00' }).billed).to.eql([]);
  });

  it('tells the limit that was missed, or that is still to be kept', () => {
    const rules = before(sameDay('09:00'));
    const limit = { at: asInstant('2026-12-03T09:00:00+01:00'), boundary: 'exclusive' };
    const day = { date: '2026-12-03', due: 'full', rule: 'absence/0', limit };
    expect(judged(rules, { ...spell, notice: '2026-12-03 10:00' }).days[0]).to.deep.equal({
      ...day,
      why: 'notice_late',
    });
    expect(judged(rules, spell).days[0]).to.deep.equal({ ...day, why: 'no_notice' });
  });

  it('a proof that comes in time tells the absence too', () => {
    const rules = before(sameDay('09:00'));
    const why = (evidence: string) => outcomes(judged(rules, { ...spell, evidence }))[0];
    expect(why('2026-12-03 08:59')).to.equal('03 none: excused');
    expect(why('2026-12-03 09:00')).to.equal('03 full: notice_late');
  });

  it('told from each day: who warns late on the first still saves the second', () => {
    const rules = before(sameDay('09:00'), 'each_day');
    expect(outcomes(judged(rules, { ...spell, notice: '2026-12-03 10:00' }))).to.eql([
      '03 full: notice_late',
      '04 none: excused',
    ]);
  });

  it('may come after the session has begun, where the town says so', () => {
    const rules = before(sameDay('14:00'));
    const billed = (notice: string) => judged(rules, { ...spell, notice }).billed.length;
    expect(billed('2026-12-03 13:59')).to.equal(0);
    expect(billed('2026-12-03 14:00')).to.equal(2);
    const early = served(fourDays, '07:30');
    const nine = before(sameDay('09:00'));
    expect(judged(nine, { ...spell, notice: '2026-12-03 08:30' }, early).billed).to.eql([]);
  });

  it('at any time, once it is given', () => {
    const rules = before({ type: 'none' });
    expect(judged(rules, { ...spell, notice: '2026-12-20 10:00' }).billed).to.eql([]);
    expect(judged(rules, spell).days[0]).to.deep.equal({
      date: '2026-12-03',
      due: 'full',
      why: 'no_notice',
      rule: 'absence/0',
    });
  });

  it('never in time is refused, and so are the faults of the deadline', () => {
    expect(absenceFaultsOf(before({ type: 'never' }))).to.eql([
      'absence/0/notice/deadline: Une absence que personne ne peut signaler à temps n’est jamais excusée.',
    ]);
    expect(
      absenceFaultsOf(
        before({ ...sameDay('09:00'), rows: { MON: { closes: 'FRI', weeksBefore: 1 } } }),
      ),
    ).to.eql(
      ['TUE', 'THU', 'FRI'].map(
        (day) =>
          `absence/0/notice/deadline/rows/${day}: Ce jour est servi, et aucune ligne ne dit sa limite.`,
      ),
    );
    expect(absenceFaultsOf(before({ type: 'none' }, 'last_day'))).to.eql([
      'absence/0/notice/from: « last_day » n’est pas l’un de : first_day, each_day.',
    ]);
    // A limit after the start of the session is no fault here.
    expect(absenceFaultsOf(before(sameDay('14:00')))).to.eql([]);
  });

  it('never in time, were it still tried, is never in time', () => {
    const rules = before({ type: 'never' });
    expect(judged(rules, { ...spell, notice: '2026-01-01 08:00' }).billed).to.have.length(2);
  });

  it('in French', () => {
    expect(absenceLinesOf(before({ type: 'none' }))[0]?.split('\u00a0; ')[1]).to.match(
      /^à signaler, pour le premier jour d’absence, à tout moment/,
    );
    expect(absenceLinesOf(before({ type: 'none' }, 'each_day'))[0]?.split('\u00a0; ')[1]).to.match(
      /^à signaler, pour chaque jour d’absence, à tout moment/,
    );
  });
});
