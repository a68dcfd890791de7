import { expect } from 'chai';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  judged,
  outcomes,
} from '../../../../support/absenceFacts.ts';

const least = (n: number, unit: string): object[] => [excuses({ minConsecutive: { n, unit } })];
const billed = (rules: object[], from: string, to: string) => judged(rules, { from, to }).billed;

describe('an absence excused only from so many days in a row', () => {
  it('four calendar days: three are due, four are free as a whole', () => {
    const rules = least(4, 'calendar_day');
    expect(outcomes(judged(rules, { from: '2026-11-17', to: '2026-11-19' }))).to.eql([
      '17 full: too_short',
      '19 full: too_short',
    ]);
    expect(billed(rules, '2026-11-17', '2026-11-20')).to.eql([]);
  });

  it('a week-end told by the family counts in calendar days, not in the others', () => {
    expect(billed(least(4, 'calendar_day'), '2026-11-20', '2026-11-23')).to.eql([]);
    expect(billed(least(4, 'working_day'), '2026-11-20', '2026-11-23')).to.have.length(2);
    expect(billed(least(2, 'working_day'), '2026-11-20', '2026-11-23')).to.eql([]);
  });

  it('a Wednesday is a working day and no day of service; a holiday is neither', () => {
    expect(billed(least(4, 'working_day'), '2026-11-16', '2026-11-19')).to.eql([]);
    expect(billed(least(4, 'service_day'), '2026-11-16', '2026-11-19')).to.have.length(3);
    expect(billed(least(4, 'service_day'), '2026-11-16', '2026-11-20')).to.eql([]);
    expect(billed(least(4, 'working_day'), '2026-11-10', '2026-11-13')).to.have.length(3);
  });

  it('refuses a single day', () => {
    expect(absenceFaultsOf(least(1, 'calendar_day'))).to.eql([
      'absence/0/minConsecutive/n: 1 n’est pas un nombre entier de 2 à 366.',
    ]);
  });

  it('in French', () => {
    expect(absenceLinesOf(least(4, 'working_day'))[0]).to.equal(
      'Maladie\u00a0: absence non facturée, à partir de 4\u00a0jours ouvrés d’absence de suite\u00a0; ' +
        'pour l’enfant concerné seulement',
    );
  });
});
