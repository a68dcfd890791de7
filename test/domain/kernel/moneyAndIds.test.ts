import { expect } from 'chai';
import { asId, isId } from '../../../src/domain/kernel/ids.ts';
import { asCents } from '../../../src/domain/kernel/money.ts';
import { firstRejection, isRejection, reject } from '../../../src/domain/kernel/rejection.ts';

describe('money', () => {
  it('is a whole number of cents, never a float', () => {
    expect(asCents(350)).to.equal(350);
    expect(asCents(-350)).to.equal(-350);
    for (const wrong of [3.5, 0.1 + 0.2, NaN, Infinity, 2 ** 53])
      expect(() => asCents(wrong), String(wrong)).to.throw(RangeError);
  });
});

describe('an id', () => {
  it('is made of lower-case letters, digits and hyphens, so that it is safe in names of streams', () => {
    expect(asId('child', 'a-1')).to.equal('a-1');
    for (const wrong of ['', '-a', 'A', 'é', 'a b', 'a/b', 'a_b', 'a.b', 'a\n', 'a'.repeat(65)]) {
      expect(isId(wrong), JSON.stringify(wrong)).to.equal(false);
      expect(() => asId('child', wrong)).to.throw(TypeError);
    }
    expect(isId('a'.repeat(64))).to.equal(true);
  });
});

describe('policies', () => {
  it('are asked in turn, and the first rejection wins', () => {
    const asked: string[] = [];
    const policy = (name: string, refuses: boolean) => () => {
      asked.push(name);
      return refuses ? reject(`RULE.${name}`) : undefined;
    };
    const rejection = firstRejection(
      [policy('A', false), policy('B', true), policy('C', true)],
      undefined,
    );
    expect(rejection).to.deep.equal({ kind: 'rejection', code: 'RULE.B', values: {} });
    expect(asked).to.deep.equal(['A', 'B']);
    expect(firstRejection([policy('D', false)], undefined)).to.equal(undefined);
  });

  it('a list of events is no rejection', () => {
    expect(isRejection([])).to.equal(false);
    expect(isRejection(null)).to.equal(false);
    expect(isRejection(reject('A.B'))).to.equal(true);
  });
});
