/** An exact number, as a ratio of whole numbers; `d` is above zero. Rates and amounts before rounding, never a float. */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

/** How an amount that falls between two cents is settled; halves of negative amounts go away from zero. */
export const roundings = ['half_up', 'half_even', 'down', 'up'] as const;
export type Rounding = (typeof roundings)[number];

export const exactOf = (whole: number | bigint): Exact => ({ n: BigInt(whole), d: 1n });
export const zero = exactOf(0);
export const one = exactOf(1);

const decimalPattern = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** True for a plain decimal number such as `0.0036`, `-1.5` or `579`. */
export const isDecimal = (text: string): boolean => decimalPattern.test(text);

/** Reads a plain decimal number. Throws a RangeError for anything else. */
export function exactFrom(text: string): Exact {
  const [, sign, whole, fraction = ''] = decimalPattern.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`not a decimal number: ${text}`);
  return { n: BigInt(`${sign}${whole}${fraction}`), d: 10n ** BigInt(fraction.length) };
}

export const plus = (a: Exact, b: Exact): Exact =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
export const minus = (a: Exact, b: Exact): Exact => plus(a, { n: -b.n, d: b.d });
export const times = (a: Exact, b: Exact): Exact => ({ n: a.n * b.n, d: a.d * b.d });

/** Below zero when `a` is the smaller, zero when they are equal. */
export function compareExact(a: Exact, b: Exact): number {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
export const smaller = (a: Exact, b: Exact): Exact => (compareExact(a, b) <= 0 ? a : b);
export const larger = (a: Exact, b: Exact): Exact => (compareExact(a, b) >= 0 ? a : b);

/** The whole number that stands for a ratio. Throws a RangeError beyond the numbers that JSON keeps exactly. */
export function rounded({ n, d }: Exact, rounding: Rounding): number {
  if (d === 1n) return safe(n);
  const [size, sign] = n < 0n ? [-n, -1n] : [n, 1n];
  const whole = size / d;
  return safe(sign * (goesUp(rounding, whole, size % d, d) ? whole + 1n : whole));
}

function goesUp(rounding: Rounding, whole: bigint, rest: bigint, d: bigint): boolean {
  if (rest === 0n || rounding === 'down') return false;
  if (rounding === 'up') return true;
  const half = rest * 2n - d;
  return half === 0n ? rounding === 'half_up' || whole % 2n === 1n : half > 0n;
}

function safe(whole: bigint): number {
  const number = Number(whole);
  if (!Number.isSafeInteger(number)) throw new RangeError('out of the range of exact numbers');
  return number;
}

/** As a decimal text for an explanation: `448.5`. A ratio that no short decimal writes keeps six places, cut. */
export function decimalText({ n, d }: Exact): string {
  const [size, sign] = n < 0n ? [-n, '-'] : [n, ''];
  const places = ((size % d) * 1_000_000n) / d;
  const fraction = places.toString().padStart(6, '0').replace(/0+$/, '');
  return `${sign}${size / d}${fraction && `.${fraction}`}`;
}
