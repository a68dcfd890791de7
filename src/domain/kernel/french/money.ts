import { NBSP, NNBSP } from './typography.ts';

/** Whole euro cents -> « 2,99 € », « 1 234,50 € », « −12,50 € ». Throws a RangeError for a fraction of a cent. */
export function formatMoney(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError('an amount is a whole number of cents');
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return `${cents < 0 ? '−' : ''}${euros},${digits.slice(-2)}${NBSP}€`;
}

/** « gratuit » for nothing. */
export const formatPrice = (cents: number): string =>
  cents === 0 ? 'gratuit' : formatMoney(cents);
