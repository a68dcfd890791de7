import { cpSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** Numbers from 0 (included) to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cuts a file at a random byte, or changes one at a random place; answers what was done. */
export function damage(file: string, random: () => number): string {
  const { size } = statSync(file);
  const at = Math.floor(random() * size);
  if (random() < 0.4) {
    truncateSync(file, at);
    return `cut at ${at} of ${size}`;
  }
  const bytes = readFileSync(file);
  const change = 1 + Math.floor(random() * 255);
  bytes[at] = (bytes[at] ?? 0) ^ change;
  writeFileSync(file, bytes);
  return `byte ${at} of ${size} changed by ${change}`;
}

/** A copy of a data directory as it stands, made where nothing was before. */
export const copyOf = (directory: string, to: string, names: readonly string[]): void => {
  for (const name of names) cpSync(`${directory}/${name}`, `${to}/${name}`);
};
