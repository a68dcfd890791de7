import { expect } from 'chai';
import { asInstant } from '../../../../../src/domain/kernel/parisTime.ts';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  fourDays,
  judged,
  outcomes,
} from '../../../../support/absenceFacts.ts';

const fridayBefore = {
  type: 'weekday_table',
  rows: Object.fromEntries(fourDays.map((day) => [day, { closes: 'FRI', weeksBefore: 1 }])),
  at: '09:00',
  boundary: 'exclusive',
  holidayShift: 'none',
};
const free = (more: object = {}, conditions: object = {}): object[] => [
  excuses({
    freeFirst: { n: 2, unit: 'service_day', billedNext: 2, unlessNotice: fridayBefore, ...more },
    ...conditions,
  }),
];
/** Monday 16 to Monday 23 November: five days of service. */
const spell = { from: '2026-11-16', to: '2026-11-23' };

describe('days that are free at first, then billed unless announced', () => {
  it('days 1 and 2 are free, 3 and 4 billed, the next free again', () => {
    expect(outcomes(judged(free(), spell))).to.eql([
      '16 none: first_days_free',
      '17 none: first_days_free',
      '19 full: not_announced',
      '20 full: not_announced',
      '23 none: excused',
    ]);
  });

  it('announced in time for the first billed day, all are free', () => {
    const billed = (notice: string) => judged(free(), { ...spell, notice }).billed.length;
    expect(billed('2026-11-13T08:59:59+01:00')).to.equal(0);
    expect(billed('2026-11-13T09:00:00+01:00')).to.equal(2);
    expect(judged(free(), spell).days[2]?.limit).to.deep.equal({
      at: asInstant('2026-11-13T09:00:00+01:00'),
      boundary: 'exclusive',
    });
  });

  it('all the next days are billed, where no count ends them', () => {
    const rules = free({ billedNext: null, unlessNotice: null });
    expect(judged(rules, { ...spell, notice: '2026-01-01 08:00' }).days.slice(1)).to.deep.equal([
      { date: '2026-11-17', due: 'none', why: 'first_days_free', rule: 'absence/0' },
      { date: '2026-11-19', due: 'full', why: 'not_announced', rule: 'absence/0' },
      { date: '2026-11-20', due: 'full', why: 'not_announced', rule: 'absence/0' },
      { date: '2026-11-23', due: 'full', why: 'not_announced', rule: 'absence/0' },
    ]);
  });

  it('in calendar days', () => {
    expect(outcomes(judged(free({ unit: 'calendar_day', billedNext: 4 }), spell))).to.eql([
      '16 none: first_days_free',
      '17 none: first_days_free',
      '19 full: not_announced',
      '20 full: not_announced',
      '23 none: excused',
    ]);
  });

  it('a short absence has no day to bill', () => {
    expect(judged(free(), { from: '2026-11-16', to: '2026-11-17' }).billed).to.eql([]);
  });

  it('what is announced still asks for the other conditions, the free days never do', () => {
    const rules = free({}, { evidence: { kinds: ['certificate'], within: null } });
    expect(outcomes(judged(rules, { ...spell, notice: '2026-11-12 08:00' }))).to.eql([
      '16 none: first_days_free',
      '17 none: first_days_free',
      '19 full: no_evidence',
      '20 full: no_evidence',
      '23 full: no_evidence',
    ]);
  });

  it('a percentage is kept of excused days, not of the free ones', () => {
    expect(
      outcomes(judged(free({}, { relief: { retainPercent: '10' } }), spell)).filter(
        (line) => !line.includes('full'),
      ),
    ).to.eql(['16 none: first_days_free', '17 none: first_days_free', '23 10 %: excused']);
  });

  it('refuses days both due and free, and a warning never in time', () => {
    expect(
      absenceFaultsOf(
        free(
          { unlessNotice: { type: 'never' } },
          { waiting: { n: 1, unit: 'calendar_day', from: 'first_absence' } },
        ),
      ),
    ).to.eql([
      'absence/0/freeFirst/unlessNotice: Une absence que personne ne peut signaler à temps n’est jamais excusée.',
      'absence/0/freeFirst: Les premiers jours ne peuvent pas être à la fois dus (waiting) et gratuits (freeFirst).',
    ]);
    expect(absenceFaultsOf(free({ unlessNotice: null }))).to.eql([]);
  });

  it('in French', () => {
    const line = (more: object) => absenceLinesOf(free(more))[0]?.split('\u00a0; ')[1];
    expect(line({ unlessNotice: null })).to.equal(
      'les deux premiers jours de service ne sont pas dus, les 2\u00a0jours de service suivants restent dus',
    );
    expect(line({ n: 1, unit: 'calendar_day', billedNext: 1, unlessNotice: null })).to.equal(
      'le premier jour n’est pas dû, le suivant reste dû',
    );
    expect(line({ billedNext: null, unlessNotice: { type: 'none' } })).to.match(
      /^les deux premiers jours de service ne sont pas dus, les suivants restent dus, sauf absence signalée à tout moment/,
    );
  });
});
