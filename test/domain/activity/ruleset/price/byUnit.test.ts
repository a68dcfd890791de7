import { expect } from 'chai';
import {
  amountOf,
  dayCare,
  faultsIn,
  perUnitHalfUp,
  saidOf,
  stepsOf,
} from '../../../../support/priceFacts.ts';

const flat = (cents: number) => ({ type: 'flat', cents });
const care = {
  type: 'by_unit',
  units: { morning: flat(140), evening: flat(190), minibus: flat(75) },
};
const cheapest = { type: 'effort_rate', rate: '0.0055', ceiling: 1000 };

describe('a price by unit', () => {
  it('adds up what is taken, each as often as it is taken', () => {
    expect(amountOf(care, { units: ['morning'] }, dayCare)).to.equal('140');
    expect(
      amountOf(care, { units: ['morning', 'minibus', 'evening', 'minibus'] }, dayCare),
    ).to.equal('480');
  });

  it('says which unit it needs, or does not know', () => {
    expect(amountOf(care, {}, dayCare)).to.equal('no unit');
    expect(amountOf(care, { units: ['morning', 'supper'] }, dayCare)).to.equal('no unit: supper');
    const metered = {
      type: 'by_unit',
      units: { ...care.units, evening: { type: 'arrival', steps: [{ from: '00:00', cents: 1 }] } },
    };
    expect(amountOf(metered, { units: ['morning', 'evening'] }, dayCare)).to.equal('no arrival');
  });

  it('needs no name where one thing is sold', () => {
    const meals = { units: { meal: 'Repas' }, rounding: dayCare.rounding };
    expect(amountOf({ type: 'by_unit', units: { meal: flat(260) } }, {}, meals)).to.equal('260');
  });

  it('takes a step for each unit, in its place', () => {
    expect(stepsOf(care, { units: ['evening', 'minibus'] }, dayCare)).to.deep.equal([
      ['price/units/evening', 'flat', '190', {}],
      ['price/units/minibus', 'flat', '75', {}],
    ]);
  });

  it('settles each unit to the cent where the town rounds by unit', () => {
    const rates = {
      type: 'by_unit',
      units: { ...care.units, morning: cheapest, evening: cheapest },
    };
    const two = { units: ['morning', 'evening'], qf: '579' };
    expect(amountOf(rates, two, dayCare)).to.equal('636.9');
    expect(amountOf(rates, two, { ...dayCare, rounding: perUnitHalfUp })).to.equal('636');
    expect(stepsOf(rates, two, { ...dayCare, rounding: perUnitHalfUp })[1]).to.deep.equal([
      'rounding',
      'rounding',
      '-0.45',
      { mode: 'half_up', from: '318.45', to: 318 },
    ]);
  });

  it('prices one unit where another rule has picked it', () => {
    const inner = { type: 'by_unit', units: { morning: flat(100) } };
    const nested = { type: 'by_unit', units: { ...care.units, morning: inner } };
    expect(faultsIn(nested, dayCare)).to.deep.equal([]);
    expect(amountOf(nested, { units: ['morning', 'evening'] }, dayCare)).to.equal('290');
    expect(saidOf(nested, dayCare)[0]).to.equal('Matin~: 1,00~€');
  });

  it('reads in French, by what families call each unit', () => {
    expect(saidOf(care, dayCare)).to.deep.equal([
      'Matin~: 1,40~€',
      'Soir~: 1,90~€',
      'Minibus~: 0,75~€',
    ]);
  });

  it('prices every unit of the activity, and no other', () => {
    expect(faultsIn(care, dayCare)).to.deep.equal([]);
    expect(
      faultsIn(
        { type: 'by_unit', units: { morning: flat(1), evening: flat(2), dinner: flat(3) } },
        dayCare,
      ),
    ).to.deep.equal([
      ['units/dinner', '« dinner » n’est pas une unité de cette activité.'],
      ['units', 'Aucun tarif ne donne le prix de l’unité « minibus ».'],
    ]);
    expect(
      faultsIn(
        { type: 'by_unit', units: { ...care.units, evening: { ...cheapest, floor: 1001 } } },
        dayCare,
      ),
    ).to.deep.equal([['units/evening/floor', 'Le plancher dépasse le plafond.']]);
    expect(faultsIn({ type: 'by_unit', units: {} })).to.deep.equal([
      ['units', 'Il en faut au moins 1.'],
    ]);
  });
});
