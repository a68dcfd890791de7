import { expect } from 'chai';
import { amountOf, faultsIn, saidOf, stepsOf } from '../../../../support/priceFacts.ts';

/** Fay-aux-Loges: 0,36 % of the QF, from 2,60 € to 4,50 €. */
const meal = { type: 'effort_rate', rate: '0.0036', floor: 260, ceiling: 450 };

describe('an effort rate', () => {
  it('is a share of the QF between a floor and a ceiling', () => {
    expect(amountOf(meal, { qf: '500' })).to.equal('260');
    expect(amountOf(meal, { qf: '722' })).to.equal('260');
    expect(amountOf(meal, { qf: '723' })).to.equal('260.28');
    expect(amountOf(meal, { qf: '800' })).to.equal('288');
    expect(amountOf(meal, { qf: '1249.99' })).to.equal('449.9964');
    expect(amountOf(meal, { qf: '1250' })).to.equal('450');
    expect(amountOf(meal, { qf: '2000' })).to.equal('450');
  });

  it('is the ceiling without a QF, and nothing at all for a QF of 0 without a floor', () => {
    expect(amountOf(meal, { qf: 'highest' })).to.equal('450');
    expect(amountOf({ type: 'effort_rate', rate: '0.0036', ceiling: 450 }, { qf: '0' })).to.equal(
      '0',
    );
  });

  it('says the QF, the rate and the bound that held', () => {
    const step = (qf: string) => stepsOf(meal, { qf });
    const values = (qf: string, bound: string) => ({ qf, rate: '0.0036', bound });
    expect(step('800')).to.deep.equal([['price', 'effort_rate', '288', values('800', 'none')]]);
    expect(step('500')).to.deep.equal([['price', 'effort_rate', '260', values('500', 'floor')]]);
    expect(step('1250')).to.deep.equal([
      ['price', 'effort_rate', '450', values('1250', 'ceiling')],
    ]);
    expect(step('highest')).to.deep.equal([
      ['price', 'effort_rate', '450', values('highest', 'ceiling')],
    ]);
  });

  it('reads in French', () => {
    expect(saidOf(meal)).to.deep.equal([
      '0,36~% du quotient familial, au moins 2,60~€, au plus 4,50~€',
    ]);
    expect(saidOf({ type: 'effort_rate', rate: '0.01', ceiling: 450 })).to.deep.equal([
      '1~% du quotient familial, au plus 4,50~€',
    ]);
  });

  it('refuses a floor above its ceiling, and a rate that is a float or below zero', () => {
    expect(faultsIn(meal)).to.deep.equal([]);
    expect(faultsIn({ ...meal, floor: 450 })).to.deep.equal([]);
    expect(faultsIn({ ...meal, floor: 451 })).to.deep.equal([
      ['floor', 'Le plancher dépasse le plafond.'],
    ]);
    expect(faultsIn({ ...meal, rate: 0.0036 })).to.deep.equal([
      ['rate', '0.0036 n’est pas un nombre décimal entre guillemets, par exemple "0.0036".'],
    ]);
    expect(faultsIn({ ...meal, rate: '-0.1' })).to.deep.equal([
      ['rate', '« -0.1 » n’est pas un nombre décimal entre guillemets, par exemple "0.0036".'],
    ]);
  });
});
