import { expect } from 'chai';
import { amountOf, canteen, faultsIn, saidOf, stepsOf } from '../../../../support/priceFacts.ts';

const bands = (...rows: unknown[]) => ({ type: 'qf_bands', bands: rows });
/** Le Sourn, a day of the leisure centre. */
const day = bands(
  { from: '0', cents: 950 },
  { from: '651', cents: 1050 },
  { from: '951', cents: 1160 },
  { from: '1251', cents: 1385 },
);
const rate = { type: 'effort_rate', rate: '0.0036', floor: 260, ceiling: 450 };
/** CC Les Pieux: an effort rate below a threshold, one price above. */
const piecewise = bands({ from: '0', price: rate }, { from: '1200', cents: 430 });

describe('bands of QF', () => {
  it('hold their lower bound, and not that of the next band', () => {
    const prices = ['0', '650', '650.99', '651', '950.999999', '951', '1250', '1251', '99999'];
    expect(prices.map((qf) => amountOf(day, { qf }))).to.deep.equal([
      '950',
      '950',
      '950',
      '1050',
      '1050',
      '1160',
      '1160',
      '1385',
      '1385',
    ]);
  });

  it('charge the dearest row without a QF, wherever it stands', () => {
    expect(amountOf(day, { qf: 'highest' })).to.equal('1385');
    expect(amountOf(piecewise, { qf: 'highest' })).to.equal('450');
    expect(stepsOf(piecewise, { qf: 'highest' })).to.deep.equal([
      [
        'price/bands/0/price',
        'effort_rate',
        '450',
        { qf: 'highest', rate: '0.0036', bound: 'ceiling' },
      ],
    ]);
    expect(
      stepsOf(bands({ from: '0', cents: 5 }, { from: '9', cents: 5 }), { qf: 'highest' }),
    ).to.deep.equal([['price/bands/0', 'qf_bands', '5', { qf: 'highest', from: '0' }]]);
  });

  it('may hold a price: an effort rate up to a threshold', () => {
    expect(amountOf(piecewise, { qf: '1199' })).to.equal('431.64');
    expect(amountOf(piecewise, { qf: '1200' })).to.equal('430');
  });

  it('need what a row needs, without a QF as well', () => {
    const visits = { type: 'arrival', steps: [{ from: '00:00', cents: 100 }] };
    const odd = bands({ from: '0', cents: 10 }, { from: '500', price: visits });
    expect(amountOf(odd, { qf: '499' })).to.equal('10');
    expect(amountOf(odd, { qf: '500' })).to.equal('no arrival');
    expect(amountOf(odd, { qf: 'highest' })).to.equal('no arrival');
  });

  it('move a known QF by some bands, and stop at the first and the last', () => {
    const moved = (qf: string, bandShift: number) =>
      amountOf(day, { qf }, { ...canteen, bandShift });
    expect(moved('700', -1)).to.equal('950');
    expect(moved('651', -1)).to.equal('950');
    expect(moved('650', -1)).to.equal('950');
    expect(moved('1300', -2)).to.equal('1050');
    expect(moved('951', 1)).to.equal('1385');
    expect(moved('1251', 1)).to.equal('1385');
    expect(moved('highest', -1)).to.equal('1385');
  });

  it('say the QF and the band', () => {
    expect(stepsOf(day, { qf: '700.5' })).to.deep.equal([
      ['price/bands/1', 'qf_bands', '1050', { qf: '700.5', from: '651' }],
    ]);
  });

  it('read in French', () => {
    expect(saidOf(day)).to.deep.equal([
      'QF inférieur à 651~: 9,50~€',
      'QF de 651 à moins de 951~: 10,50~€',
      'QF de 951 à moins de 1_251~: 11,60~€',
      'QF à partir de 1_251~: 13,85~€',
    ]);
    expect(saidOf(piecewise)[0]).to.equal(
      'QF inférieur à 1_200~: 0,36~% du quotient familial, au moins 2,60~€, au plus 4,50~€',
    );
    expect(saidOf(bands({ from: '0', cents: 0 }))).to.deep.equal(['gratuit']);
  });

  it('begin at 0 and rise, each with one price', () => {
    expect(faultsIn(day)).to.deep.equal([]);
    expect(faultsIn(bands({ from: '0.00', cents: 1 }))).to.deep.equal([]);
    expect(faultsIn(bands())).to.deep.equal([['bands', 'Il en faut au moins 1.']]);
    expect(
      faultsIn(
        bands(
          { from: '1', cents: 1 },
          { from: '651', cents: 2, price: { ...rate, floor: 451 } },
          { from: '651.0' },
          { from: '437', cents: 3 },
        ),
      ),
    ).to.deep.equal([
      ['bands/0/from', 'La première tranche part de "0".'],
      ['bands/1', 'Une tranche a soit « cents », soit « price ».'],
      ['bands/1/price/floor', 'Le plancher dépasse le plafond.'],
      ['bands/2/from', 'Les tranches se suivent : chacune part de plus haut.'],
      ['bands/2', 'Une tranche a soit « cents », soit « price ».'],
      ['bands/3/from', 'Les tranches se suivent : chacune part de plus haut.'],
    ]);
  });
});
