import { expect } from 'chai';
import fc from 'fast-check';
import {
  compareExact,
  decimalText,
  exactFrom,
  exactOf,
  isDecimal,
  larger,
  minus,
  plus,
  rounded,
  roundings,
  smaller,
  times,
  type Rounding,
} from '../../../src/domain/kernel/exact.ts';

describe('Exact numbers', () => {
  it('are read from plain decimals, digit by digit', () => {
    expect(exactFrom('0.0036')).to.deep.equal({ n: 36n, d: 10_000n });
    expect(exactFrom('-1.50')).to.deep.equal({ n: -150n, d: 100n });
    expect(exactFrom('579')).to.deep.equal({ n: 579n, d: 1n });
  });

  for (const text of ['', '1,5', '1e3', '.5', '5.', '--1', '+1', ' 1', '1234567890123456', 'NaN'])
    it(`don’t read « ${text} »`, () => {
      expect(isDecimal(text)).to.equal(false);
      expect(() => exactFrom(text)).to.throw(RangeError);
    });

  const settled: readonly (readonly [string, Readonly<Record<Rounding, number>>])[] = [
    ['448.5', { half_up: 449, half_even: 448, down: 448, up: 449 }],
    ['449.5', { half_up: 450, half_even: 450, down: 449, up: 450 }],
    ['448.49', { half_up: 448, half_even: 448, down: 448, up: 449 }],
    ['448.51', { half_up: 449, half_even: 449, down: 448, up: 449 }],
    ['-448.5', { half_up: -449, half_even: -448, down: -448, up: -449 }],
    ['448', { half_up: 448, half_even: 448, down: 448, up: 448 }],
    ['0.01', { half_up: 0, half_even: 0, down: 0, up: 1 }],
  ];
  for (const [text, wanted] of settled)
    it(`settle ${text} as each town declares`, () => {
      for (const mode of roundings)
        expect(rounded(exactFrom(text), mode), mode).to.equal(wanted[mode]);
    });

  it('don’t settle on what JSON can’t keep', () => {
    expect(rounded(exactOf(Number.MAX_SAFE_INTEGER), 'down')).to.equal(Number.MAX_SAFE_INTEGER);
    const next = plus(exactOf(Number.MAX_SAFE_INTEGER), exactOf(1));
    expect(() => rounded(next, 'down')).to.throw(RangeError);
  });

  it('are compared by what they are worth', () => {
    expect(compareExact(exactFrom('1.50'), exactFrom('1.5'))).to.equal(0);
    expect(compareExact(exactFrom('0.1'), exactFrom('0.09'))).to.equal(1);
    expect(compareExact(exactFrom('-2'), exactFrom('1'))).to.equal(-1);
    expect(smaller(exactOf(3), exactFrom('2.9'))).to.deep.equal(exactFrom('2.9'));
    expect(larger(exactOf(3), exactFrom('2.9'))).to.deep.equal(exactOf(3));
  });

  it('are written as short decimals, the rest cut after six places', () => {
    expect(decimalText(exactFrom('448.50'))).to.equal('448.5');
    expect(decimalText(exactFrom('-0.05'))).to.equal('-0.05');
    expect(decimalText(exactOf(12))).to.equal('12');
    expect(decimalText({ n: 2n, d: 3n })).to.equal('0.666666');
  });

  it('add up, take away and multiply as whole numbers do', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }))
      .map(([n, places]) => ({ n: BigInt(n), d: 10n ** BigInt(places) }));
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        expect(compareExact(minus(plus(a, b), b), a)).to.equal(0);
        expect(compareExact(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).to.equal(0);
      }),
    );
  });

  it('are never moved by a whole cent, in any mode', () => {
    const ratio = fc
      .tuple(
        fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
      )
      .map(([n, d]) => ({ n, d }));
    fc.assert(
      fc.property(ratio, fc.constantFrom(...roundings), (value, mode) => {
        const moved = minus(exactOf(rounded(value, mode)), value);
        expect(compareExact(moved, exactOf(1))).to.equal(-1);
        expect(compareExact(moved, exactOf(-1))).to.equal(1);
      }),
    );
  });
});
