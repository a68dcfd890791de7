import { expect } from 'chai';
import { adjusted, adjustmentFaultsIn, adjustmentSaid } from '../../../../support/priceFacts.ts';

describe('what a rule makes of an amount', () => {
  it('replaces it', () => {
    const ten = { op: 'replace', cents: 1000 };
    expect(adjusted(ten, '299')).to.deep.equal({
      amount: '1000',
      steps: [['late', 'replace', '701', { cents: 1000 }]],
    });
    expect(adjustmentSaid(ten)).to.deep.equal(['10,00~€ au lieu du tarif']);
    expect(adjustmentSaid({ op: 'replace', cents: 0 })).to.deep.equal(['gratuit']);
  });

  it('adds a supplement, or takes a reduction off, never below nothing', () => {
    expect(adjusted({ op: 'add', cents: 500 }, '190').amount).to.equal('690');
    expect(adjusted({ op: 'add', cents: -10 }, '190').amount).to.equal('180');
    expect(adjusted({ op: 'add', cents: -500 }, '190').amount).to.equal('0');
    expect(adjustmentSaid({ op: 'add', cents: 500 })).to.deep.equal(['supplément de 5,00~€']);
  });

  it('multiplies it, without rounding', () => {
    expect(adjusted({ op: 'multiply', factor: '1.5' }, '299').amount).to.equal('448.5');
    expect(adjusted({ op: 'multiply', factor: '0.75' }, '0').amount).to.equal('0');
    expect(adjustmentFaultsIn({ op: 'multiply', factor: '100.1' })).to.deep.equal([
      ['factor', 'Ce facteur dépasse 100.'],
    ]);
    expect(adjustmentFaultsIn({ op: 'multiply', factor: '100' })).to.deep.equal([]);
  });

  it('keeps a percentage of it', () => {
    expect(adjusted({ op: 'retain_percent', percent: '10' }, '455').amount).to.equal('45.5');
    expect(adjusted({ op: 'retain_percent', percent: '100' }, '455').amount).to.equal('455');
    expect(adjustmentFaultsIn({ op: 'retain_percent', percent: '100.5' })).to.have.length(1);
  });

  it('works it out by another tariff', () => {
    const other = { op: 'tariff', price: { type: 'flat', cents: 549 } };
    expect(adjusted(other, '350')).to.deep.equal({
      amount: '549',
      steps: [
        ['late', 'tariff', '-350', {}],
        ['late/price', 'flat', '549', {}],
      ],
    });
    const wrong = {
      op: 'tariff',
      price: { type: 'effort_rate', rate: '0.1', floor: 2, ceiling: 1 },
    };
    expect(adjustmentFaultsIn(wrong)).to.deep.equal([
      ['price/floor', 'Le plancher dépasse le plafond.'],
    ]);
  });

  it('is told by one of these words alone', () => {
    expect(adjustmentFaultsIn({ op: 'double' })).to.deep.equal([
      ['op', 'Il faut l’un de : replace, add, multiply, tariff, retain_percent.'],
    ]);
    expect(adjustmentFaultsIn({ op: 'add', cents: 1, euros: 1 })).to.deep.equal([
      ['euros', '« euros » n’existe pas ici ; sont connus : op, cents.'],
    ]);
  });
});
