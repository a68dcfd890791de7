/** A number in [0, 1) that is always the same for the same subject: the demo town has no other chance. */
export type Dice = (a?: number, b?: number, c?: number) => number;

/** Spreads the bits of a 32-bit number (the finalizer of MurmurHash3). */
function mix(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hashOf = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
};

/** Dice for one question about the town: `dice('visit')(family, month)`. */
export type DiceBox = (question: string) => Dice;

export function diceBox(seed: string): DiceBox {
  const known = new Map<string, Dice>();
  return (question) => {
    let dice = known.get(question);
    if (!dice) known.set(question, (dice = diceFrom(hashOf(`${seed}/${question}`))));
    return dice;
  };
}

const diceFrom =
  (start: number): Dice =>
  (a = 0, b = 0, c = 0) =>
    (mix(mix(mix(start ^ a) + Math.imul(b, 0x9e3779b1)) + Math.imul(c, 0x7feb352d)) >>> 0) /
    2 ** 32;

/** One of a list, by a number in [0, 1). Throws a RangeError for an empty list. */
export function pick<T>(list: readonly T[], chance: number): T {
  const picked = list[Math.floor(chance * list.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
}
