import { expect } from 'chai';
import { amountOf, faultsIn, saidOf, stepsOf } from '../../../../support/priceFacts.ts';

const meal = { type: 'flat', cents: 350 };

describe('a flat price', () => {
  it('is the same for everybody', () => {
    expect(amountOf(meal)).to.equal('350');
    expect(amountOf(meal, { qf: 'highest', resident: false, rank: 4 })).to.equal('350');
    expect(amountOf({ type: 'flat', cents: 0 })).to.equal('0');
  });

  it('says its one step', () => {
    expect(stepsOf(meal)).to.deep.equal([['price', 'flat', '350', {}]]);
  });

  it('reads in French', () => {
    expect(saidOf(meal)).to.deep.equal(['3,50~€']);
    expect(saidOf({ type: 'flat', cents: 123_450 })).to.deep.equal(['1_234,50~€']);
    expect(saidOf({ type: 'flat', cents: 0 })).to.deep.equal(['gratuit']);
  });

  it('is in whole cents, not below zero, and nothing else', () => {
    expect(faultsIn(meal)).to.deep.equal([]);
    expect(faultsIn({ type: 'flat', cents: 3.5, euros: 3 })).to.deep.equal([
      ['euros', '« euros » n’existe pas ici ; sont connus : type, cents.'],
      ['cents', '3.5 n’est pas un montant en centimes entiers, de 0 à 10000000.'],
    ]);
    expect(faultsIn({ type: 'flat', cents: -1 })).to.deep.equal([
      ['cents', '-1 n’est pas un montant en centimes entiers, de 0 à 10000000.'],
    ]);
    expect(faultsIn({ type: 'flat' })).to.deep.equal([
      ['cents', 'Il manque : cette règle est obligatoire.'],
    ]);
  });

  it('is one of the known shapes', () => {
    expect(faultsIn({ type: 'free' })).to.deep.equal([
      [
        'type',
        'Il faut l’un de : flat, by_unit, sum, qf_bands, effort_rate, grid, metered, duration_table, exit_slices, arrival, package, count_tiers.',
      ],
    ]);
  });
});
