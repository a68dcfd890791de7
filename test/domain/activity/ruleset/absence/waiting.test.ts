import { expect } from 'chai';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  fiveDays,
  judged,
  outcomes,
  served,
} from '../../../../support/absenceFacts.ts';

const waits = (n: number, unit: string, from: string): object[] => [
  excuses({ waiting: { n, unit, from } }),
];
const calendar = waits(3, 'calendar_day', 'notice');
const service = waits(3, 'service_day', 'notice');
const week = { from: '2026-11-16', to: '2026-11-20', notice: '2026-11-16 08:00' };

describe('days that stay due although the absence is excused', () => {
  it('LAM-1: warned on Monday, Monday to Wednesday are due, Thursday and Friday are not', () => {
    const { billed } = judged(calendar, week, served(fiveDays));
    expect(billed).to.deep.equal(['2026-11-16', '2026-11-17', '2026-11-18']);
  });

  it('LAM-2: counted in calendar days, a Wednesday without service uses up one', () => {
    expect(judged(calendar, week).billed).to.deep.equal(['2026-11-16', '2026-11-17']);
  });

  it('LAM-3: counted in days of service, it does not', () => {
    expect(judged(service, week).billed).to.deep.equal(['2026-11-16', '2026-11-17', '2026-11-19']);
  });

  it('LAM-4: warned on a Friday, the week-end uses up the other two', () => {
    const over = { from: '2026-11-20', to: '2026-11-24', notice: '2026-11-20 08:00' };
    expect(judged(calendar, over).billed).to.deep.equal(['2026-11-20']);
    expect(judged(service, over).billed).to.deep.equal(['2026-11-20', '2026-11-23', '2026-11-24']);
    expect(judged(waits(2, 'working_day', 'notice'), over).billed).to.deep.equal([
      '2026-11-20',
      '2026-11-23',
    ]);
  });

  it('LAM-5: 11 November counts as a calendar day and is never billed', () => {
    const told = { from: '2026-11-10', to: '2026-11-13', notice: '2026-11-10 08:00' };
    expect(judged(calendar, told).billed).to.deep.equal(['2026-11-10', '2026-11-12']);
    expect(judged(waits(2, 'working_day', 'notice'), told).billed).to.deep.equal([
      '2026-11-10',
      '2026-11-12',
    ]);
  });

  it('begin on the day of the warning, even before the absence', () => {
    const early = { ...week, notice: '2026-11-13 18:00' };
    expect(judged(calendar, early).billed).to.deep.equal([]);
    expect(judged(calendar, { ...week, notice: '2026-11-14 18:00' }).billed).to.deep.equal([
      '2026-11-16',
    ]);
  });

  it('all days before a warning are due, as the count has not ended', () => {
    const late = { ...week, notice: '2026-11-19 08:00' };
    expect(judged(waits(1, 'calendar_day', 'notice'), late).billed).to.deep.equal([
      '2026-11-16',
      '2026-11-17',
      '2026-11-19',
    ]);
  });

  it('take a proof as a warning: the earlier of both counts', () => {
    const told = { from: '2026-11-16', to: '2026-11-20', evidence: '2026-11-13 18:00' };
    expect(judged(calendar, told).billed).to.deep.equal([]);
    expect(judged(calendar, { ...told, notice: '2026-11-16 08:00' }).billed).to.eql([]);
    expect(
      judged(calendar, { ...told, evidence: '2026-11-20 08:00', notice: '2026-11-16 08:00' })
        .billed,
    ).to.have.length(2);
  });

  it('are all days when nobody ever warned', () => {
    const silent = { from: '2026-11-16', to: '2026-11-17' };
    expect(outcomes(judged(calendar, silent))).to.deep.equal([
      '16 full: no_notice',
      '17 full: no_notice',
    ]);
  });

  it('the warning belongs to the day that clocks in France show', () => {
    // 23:00 UTC on the 15th is midnight: the 16th begins.
    expect(judged(calendar, { ...week, notice: '2026-11-15T22:59:59Z' }).billed).to.deep.equal([
      '2026-11-16',
      '2026-11-17',
    ]);
    expect(
      judged(waits(1, 'calendar_day', 'notice'), { ...week, notice: '2026-11-15T22:59:59Z' })
        .billed,
    ).to.deep.equal([]);
    expect(
      judged(waits(1, 'calendar_day', 'notice'), { ...week, notice: '2026-11-15T23:00:00Z' })
        .billed,
    ).to.deep.equal(['2026-11-16']);
  });

  it('count from the first day of service of the absence, when told so', () => {
    const first = waits(1, 'calendar_day', 'first_absence');
    const ill = { from: '2026-11-14', to: '2026-11-17' };
    expect(outcomes(judged(first, ill))).to.deep.equal(['16 full: waiting', '17 none: excused']);
  });

  it('end even in a calendar where the activity never takes place again', () => {
    const once = served();
    const onlyOnce = {
      ...once,
      isServiceDay: (date: string) => date === '2026-11-16',
    };
    expect(judged(service, week, onlyOnce).billed).to.deep.equal(['2026-11-16']);
  });

  it('refuse a count of nothing, or in an unknown unit', () => {
    expect(absenceFaultsOf(waits(0, 'day', 'today'))).to.deep.equal([
      'absence/0/waiting/n: 0 n’est pas un nombre entier de 1 à 31.',
      'absence/0/waiting/unit: « day » n’est pas l’un de : calendar_day, working_day, service_day.',
      'absence/0/waiting/from: « today » n’est pas l’un de : notice, first_absence.',
    ]);
  });

  it('in French', () => {
    const line = (n: number, unit: string, from: string) =>
      absenceLinesOf(waits(n, unit, from))[0]?.split('\u00a0; ')[1];
    expect(line(3, 'calendar_day', 'notice')).to.equal(
      'les trois premiers jours à compter du jour où vous prévenez restent dus',
    );
    expect(line(1, 'service_day', 'first_absence')).to.equal(
      'le premier jour de service à compter du premier jour d’absence reste dû',
    );
    expect(line(2, 'working_day', 'first_absence')).to.equal(
      'les deux premiers jours ouvrés à compter du premier jour d’absence restent dus',
    );
    expect(line(1, 'working_day', 'notice')).to.match(/^le premier jour ouvré à compter/);
    expect(line(4, 'service_day', 'notice')).to.match(/^les quatre premiers jours de service/);
    expect(line(5, 'calendar_day', 'notice')).to.match(/^les 5\u00a0premiers jours à compter/);
    expect(line(1, 'calendar_day', 'notice')).to.match(/^le premier jour à compter/);
  });
});
