import type { Clock } from '../ports/clock.ts';
import type { ReadSide } from '../ports/readSide.ts';

/** The same read side, which also tells when each rebuild was last asked of it, until the process ends. */
export function rememberedRebuilds(readSide: ReadSide, clock: Clock): ReadSide {
  const asked = new Map<string, string>();
  return {
    waitFor: (position, timeoutMs, projections) =>
      readSide.waitFor(position, timeoutMs, projections),
    async status() {
      return (await readSide.status()).map((one) => {
        const rebuildAsked = asked.get(one.projection);
        return rebuildAsked === undefined ? one : { ...one, rebuildAsked };
      });
    },
    async rebuild(projection) {
      await readSide.rebuild(projection);
      asked.set(projection, clock.now());
    },
  };
}
