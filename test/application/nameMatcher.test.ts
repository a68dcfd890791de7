import { expect } from 'chai';
import { nameMatcher } from '../../src/application/nameMatcher.ts';

describe('a search by name', () => {
  const answers = (typed: string, ...names: string[]): boolean | undefined =>
    nameMatcher(typed)?.(names);

  it('takes the beginning of each word, whatever its case and accents', () => {
    for (const typed of ['élodie', 'ELODIE', 'elo', 'hôtel', 'dhot'.slice(1), 'roux élo'])
      expect(answers(typed, 'Élodie D’Hôtel-Roux'), typed).to.equal(true);
    for (const typed of ['lodie', 'elodie martin', 'oux'])
      expect(answers(typed, 'Élodie D’Hôtel-Roux'), typed).to.equal(false);
  });

  it('never puts together the words of two people', () => {
    expect(answers('léa petit', 'Léa Martin', 'Jean Petit')).to.equal(false);
    expect(answers('jean', 'Léa Martin', 'Jean Petit')).to.equal(true);
  });

  it('asks for nothing when nothing was typed', () => {
    for (const typed of ['', '  ', '-']) expect(nameMatcher(typed), typed).to.equal(undefined);
  });
});
