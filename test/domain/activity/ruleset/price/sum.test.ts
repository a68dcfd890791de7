import { expect } from 'chai';
import {
  amountOf,
  canteen,
  faultsIn,
  perUnitHalfUp,
  saidOf,
  stepsOf,
} from '../../../../support/priceFacts.ts';

const session = {
  type: 'qf_bands',
  bands: [
    { from: '0', cents: 400 },
    { from: '651', cents: 800 },
  ],
};
const day = {
  type: 'sum',
  parts: [
    { label: 'séance', price: session },
    { label: 'Repas', price: { type: 'flat', cents: 350 } },
  ],
};
const care = { type: 'exit_slices', boundary: 'inclusive', rows: [{ until: null, cents: 100 }] };
const rate = { type: 'effort_rate', rate: '0.0055', ceiling: 1000 };

describe('a sum', () => {
  it('is all its parts', () => {
    expect(amountOf(day, { qf: '650' })).to.equal('750');
    expect(amountOf(day, { qf: '651' })).to.equal('1150');
    expect(stepsOf(day, { qf: '651' })).to.deep.equal([
      ['price/parts/0/price/bands/1', 'qf_bands', '800', { qf: '651', from: '651' }],
      ['price/parts/1/price', 'flat', '350', {}],
    ]);
  });

  it('is not known while a part is not', () => {
    const parts = [...day.parts, { label: 'Sortie', price: care }];
    expect(amountOf({ type: 'sum', parts })).to.equal('no departure');
    expect(amountOf({ type: 'sum', parts }, { departure: '17:00' })).to.equal('1250');
  });

  it('settles each part where the town rounds by unit', () => {
    const twice = {
      type: 'sum',
      parts: [
        { label: 'a', price: rate },
        { label: 'b', price: rate },
      ],
    };
    expect(amountOf(twice, { qf: '579' })).to.equal('636.9');
    expect(amountOf(twice, { qf: '579' }, { ...canteen, rounding: perUnitHalfUp })).to.equal('636');
  });

  it('reads in French, part by part', () => {
    expect(saidOf(day)).to.deep.equal([
      'Séance, QF inférieur à 651~: 4,00~€',
      'Séance, QF à partir de 651~: 8,00~€',
      'Repas~: 3,50~€',
    ]);
  });

  it('has one part at least, and a name for each', () => {
    expect(faultsIn(day)).to.deep.equal([]);
    expect(faultsIn({ type: 'sum', parts: [] })).to.deep.equal([
      ['parts', 'Il en faut au moins 1.'],
    ]);
    const again = [...day.parts, { label: ' Repas ', price: { ...rate, floor: 2000 } }];
    expect(faultsIn({ type: 'sum', parts: again })).to.deep.equal([
      ['parts/2/label', '« Repas » nomme déjà une autre part.'],
      ['parts/2/price/floor', 'Le plancher dépasse le plafond.'],
    ]);
  });
});
