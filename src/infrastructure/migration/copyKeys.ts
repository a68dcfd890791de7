import { isOtherKey, type KeyEntry, type KeyTransfer } from '../keyTransfer.ts';

export type HeldKeys = ReadonlyMap<string, KeyEntry['wrapped']>;

/** Everything a vault holds: one row per family and child, a hundred bytes each. */
export async function keysIn(vault: KeyTransfer): Promise<HeldKeys> {
  const held = new Map<string, KeyEntry['wrapped']>();
  for await (const entries of vault.entries())
    for (const { subject, wrapped } of entries) held.set(subject, wrapped);
  return held;
}

/** Whether a vault has keys that the source doesn't have, or others. Who is forgotten there stays so: that is no key. */
export async function holdsOtherKeys(target: KeyTransfer, source: HeldKeys): Promise<boolean> {
  for await (const entries of target.entries())
    for (const { subject, wrapped } of entries) {
      const ours = source.get(subject);
      // Forgotten in the source since a copy began: the copy will learn it.
      if (wrapped && ours !== null && isOtherKey(wrapped, ours)) return true;
    }
  return false;
}

/** Copies keys as they are wrapped, and who was forgotten. */
export async function copyKeys(source: KeyTransfer, target: KeyTransfer): Promise<void> {
  for await (const entries of source.entries()) await target.import(entries);
}

/** Whether every key and every forgotten person of the source is in the target, and no key beside them. */
export async function sameKeys(source: KeyTransfer, target: KeyTransfer): Promise<boolean> {
  const [ours, theirs] = [await keysIn(source), await keysIn(target)];
  for (const [subject, wrapped] of ours) {
    const there = theirs.get(subject);
    if (wrapped ? isOtherKey(wrapped, there) : there !== null) return false;
  }
  for (const [subject, wrapped] of theirs) if (wrapped && !ours.get(subject)) return false;
  return true;
}
