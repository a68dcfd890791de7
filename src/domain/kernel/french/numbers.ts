import { NNBSP } from './typography.ts';

/** A plain decimal text -> « 1 250,5 », « 0,36 ». */
export function frenchDecimal(decimal: string): string {
  const [whole = '0', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return fraction ? `${grouped},${fraction}` : grouped;
}
