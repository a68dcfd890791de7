/** « Élodie D’Hôtel-Roux » -> « elodie d hotel roux » */
const plainWords = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/**
 * Tells whether one of several names answers to what was typed: each word typed begins a word of that name, whatever
 * its case and accents. Undefined when nothing was typed.
 */
export function nameMatcher(typed: string): ((names: readonly string[]) => boolean) | undefined {
  const asked = plainWords(typed);
  if (asked.length === 0) return undefined;
  return (names) =>
    names.some((name) => {
      const words = plainWords(name);
      return asked.every((start) => words.some((word) => word.startsWith(start)));
    });
}
