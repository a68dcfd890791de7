import { expect } from 'chai';
import fc from 'fast-check';
import { diceBox, pick } from '../../../../src/interfaces/cli/demo/dice.ts';

describe('the dice of the demo town', () => {
  it('always fall the same for the same seed, question and subject', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer(), fc.integer(), (seed, question, a, b) => {
        const first = diceBox(seed)(question)(a, b);
        expect(diceBox(seed)(question)(a, b)).to.equal(first);
        expect(first).to.be.within(0, 1 - Number.EPSILON);
      }),
    ));

  it('fall evenly, for neighbours too', () => {
    const dice = diceBox('seed')('question');
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let a = 0; a < 100; a += 1)
      for (let b = 0; b < 100; b += 1) tenths[Math.floor(dice(a, b) * 10)]! += 1;
    for (const count of tenths) expect(count).to.be.within(850, 1_150);
  });

  it('fall otherwise for another question', () => {
    const box = diceBox('seed');
    const same = Array.from({ length: 200 }, (_, i) => box('a')(i) < 0.5 === box('b')(i) < 0.5);
    expect(same.filter(Boolean).length).to.be.within(60, 140);
  });

  it('pick one of a list, and nothing from an empty one', () => {
    expect([0, 0.49, 0.5, 0.999].map((chance) => pick(['a', 'b'], chance)).join('')).to.equal(
      'aabb',
    );
    expect(() => pick([], 0.5)).to.throw(RangeError);
  });
});
