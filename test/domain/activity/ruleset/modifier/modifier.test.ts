import { expect } from 'chai';
import { modified, modifierFaultsIn, modifierSaid } from '../../../../support/priceFacts.ts';

const sibling = (more: object) => ({
  type: 'sibling',
  rankBy: 'enrolled_children',
  fromRank: 2,
  effect: { op: 'multiply', factor: '0.75' },
  appliesTo: 'that_child',
  ...more,
});
const amount = (...args: Parameters<typeof modified>) => modified(...args).amount;
const bands = {
  type: 'qf_bands',
  bands: [
    { from: '0', cents: 200 },
    { from: '650', cents: 300 },
    { from: '950', cents: 400 },
  ],
};

describe('the rank among siblings', () => {
  it('lowers the price from a rank on, for the child of that rank', () => {
    expect([1, 2, 3].map((rank) => amount([sibling({})], { rank }))).to.deep.equal([
      '1000',
      '750',
      '750',
    ]);
    expect(amount([sibling({ toRank: 2 })], { rank: 3 })).to.equal('1000');
  });

  it('counts what the town says: enrolled, in the same activity, there the same day', () => {
    for (const rankBy of ['enrolled_children', 'same_activity', 'same_day'] as const) {
      expect(amount([sibling({ rankBy })], { rank: { [rankBy]: 2 } })).to.equal('750');
      const others = { enrolled_children: 2, same_activity: 2, same_day: 2, [rankBy]: 1 };
      expect(amount([sibling({ rankBy })], { rank: others })).to.equal('1000');
    }
  });

  it('may concern all children of a family that reaches it', () => {
    const all = sibling({ appliesTo: 'all' });
    expect(amount([all], { rank: 1, children: 2 })).to.equal('750');
    expect(amount([all], { rank: 1, children: 1 })).to.equal('1000');
    expect(amount([all], { rank: 2 })).to.equal('750');
    expect(amount([all], { rank: 1 })).to.equal('no children');
  });

  it('may move the price to the next lower band, where there is one', () => {
    const lower = sibling({ effect: { op: 'band_shift', bands: -1 } });
    const at = (qf: string) => amount([lower], { rank: 2, qf }, bands);
    expect(['0', '650', '950'].map(at)).to.deep.equal(['200', '200', '300']);
    expect(at('highest')).to.equal('400');
    expect(modifierFaultsIn([lower])).to.deep.equal([
      ['0/effect', 'Ce tarif n’a pas de tranches de quotient familial.'],
    ]);
  });

  it('may share out a price for the family', () => {
    const effect = { op: 'family_package', cents: [280, 465, 670], eachFurther: 150 };
    const shared = sibling({ fromRank: 1, effect });
    expect([1, 2, 3, 4].map((rank) => amount([shared], { rank }))).to.deep.equal([
      '280',
      '185',
      '205',
      '150',
    ]);
    const falling = { ...effect, cents: [280, 270] };
    expect(modifierFaultsIn([sibling({ fromRank: 1, effect: falling })])).to.deep.equal([
      ['0/effect/cents/1', 'Un enfant de plus ferait baisser le prix de la famille.'],
    ]);
  });

  it('is told once for each rank', () => {
    expect(modifierFaultsIn([sibling({}), sibling({ fromRank: 3 })])).to.deep.equal([
      ['1/fromRank', 'Une règle plus haut vaut déjà pour ces rangs.'],
    ]);
    expect(modifierFaultsIn([sibling({ toRank: 2 }), sibling({ fromRank: 3 })])).to.deep.equal([]);
    expect(modifierFaultsIn([sibling({ toRank: 1 })])).to.deep.equal([
      ['0/toRank', 'Le dernier rang précède le premier.'],
    ]);
  });
});

describe('other reasons to change a price', () => {
  const outside = { type: 'residency', when: 'outside', effect: { op: 'add', cents: 200 } };
  const cap = { type: 'cap', cents: 1100 };

  it('residency: those from elsewhere, or those of the town', () => {
    expect(amount([outside], { resident: false })).to.equal('1200');
    expect(amount([outside], { resident: true })).to.equal('1000');
    expect(amount([{ ...outside, when: 'resident' }], { resident: true })).to.equal('1200');
    expect(modifierSaid(outside)).to.deep.equal(['Hors commune~: supplément de 2,00~€']);
  });

  it('a meal brought from home', () => {
    const own = { type: 'own_meal', effect: { op: 'replace', cents: 175 } };
    expect(amount([own], { ownMeal: true })).to.equal('175');
    expect(amount([own], { ownMeal: false })).to.equal('1000');
  });

  it('a cap, told as a step only where it holds something back', () => {
    expect(modified([outside, cap], { resident: false }).steps.at(-1)).to.deep.equal([
      'modifiers/1',
      'cap',
      '-100',
      { cents: 1100 },
    ]);
    expect(modified([cap]).steps).to.have.length(1);
  });

  it('a membership, with what is billed first in its period', () => {
    const fee = { type: 'membership', cents: 1500, period: 'year', per: 'family' };
    expect(amount([fee], { membershipDue: true })).to.equal('2500');
    expect(amount([fee])).to.equal('1000');
    expect(modifierSaid(fee)).to.deep.equal(['Adhésion~: 15,00~€ par famille et par an']);
    expect(modifierFaultsIn([fee, cap])).to.deep.equal([
      ['1', 'L’adhésion s’ajoute au prix plafonné : elle vient après ce plafond.'],
    ]);
  });

  it('each applies to what the one before left', () => {
    expect(amount([sibling({}), outside, cap], { rank: 2, resident: false })).to.equal('950');
    expect(amount([outside, sibling({}), cap], { rank: 2, resident: false })).to.equal('900');
  });
});
