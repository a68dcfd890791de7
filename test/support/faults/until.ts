import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks again and again until it is so; answers after how many milliseconds. It fails after `withinMs`, which is no
 * promise unless it is told: long enough for a machine that does ten other things.
 */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<number> {
  const begun = performance.now();
  const waited = (): number => performance.now() - begun;
  for (; !(await isSo()); await pause(5))
    if (waited() > withinMs) expect.fail(`not in time: ${what}`);
  return waited();
}
