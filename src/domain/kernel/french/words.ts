import { NBSP } from './typography.ts';

/** « 1 jour », « 0 jour », « 3 jours »: in French, the plural begins at two. */
export const plural = (count: number, one: string, several = `${one}s`): string =>
  `${count}${NBSP}${Math.abs(count) < 2 ? one : several}`;

/** « Léa », « Léa et Hugo », « Léa, Hugo et Noé » */
export const joinList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} et ${items.at(-1) ?? ''}`;

/** « de Léa », « d’Emma », « d’Hugo »; a y is a vowel before a consonant alone: « d’Yves », « de Yanis ». */
export const ofName = (name: string): string =>
  /^(?:[aeiouhàâäéèêëîïôöûüœæ]|y(?![aeiouàâäéèêëîïôöûüœæ]))/i.test(name)
    ? `d’${name}`
    : `de ${name}`;

/** First letter in upper case, the rest as it stands. */
export const capitalise = (text: string): string =>
  text.slice(0, 1).toLocaleUpperCase('fr') + text.slice(1);
