import { expect } from 'chai';
import {
  inWeekWords,
  tableLines,
  weekdayWord,
} from '../../../../../src/domain/activity/ruleset/deadline/weekdayLines.ts';
import { weekdays } from '../../../../../src/domain/kernel/localDate.ts';
import { hour } from '../../../../support/townFacts.ts';

describe('the words of weekdays', () => {
  it('are those of the calendar', () => {
    expect(weekdays.map(weekdayWord)).to.deep.equal([
      'lundi',
      'mardi',
      'mercredi',
      'jeudi',
      'vendredi',
      'samedi',
      'dimanche',
    ]);
  });

  it('tell the week', () => {
    expect(inWeekWords('MON', 0)).to.equal('lundi de la même semaine');
    expect(inWeekWords('THU', 1)).to.equal('jeudi de la semaine précédente');
    expect(inWeekWords('SUN', 2)).to.equal('dimanche de la 2e\u00a0semaine précédente');
  });

  it('gather the days that share a limit, though they do not follow each other', () => {
    const rows = {
      MON: { closes: 'FRI', weeksBefore: 1 },
      TUE: { closes: 'MON', weeksBefore: 0 },
      THU: { closes: 'FRI', weeksBefore: 1 },
      FRI: { closes: 'FRI', weeksBefore: 0, at: hour('24:00') },
    } as const;
    const lines = tableLines({ rows, at: hour('10:00'), boundary: 'inclusive' });
    expect(lines.map((line) => line.replaceAll('\u00a0', '~'))).to.deep.equal([
      'jusqu’au vendredi précédent à 10~h~inclus pour le lundi et le jeudi',
      'jusqu’au lundi précédent à 10~h~inclus pour le mardi',
      'le jour même au soir (minuit~inclus) pour le vendredi',
    ]);
    const same = { WED: { closes: 'WED', weeksBefore: 0 } } as const;
    expect(tableLines({ rows: same, at: hour('08:00'), boundary: 'inclusive' })).to.deep.equal([
      'le jour même jusqu’à 8\u00a0h\u00a0inclus pour le mercredi',
    ]);
  });
});
