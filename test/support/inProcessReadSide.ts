import type { EventStore } from '../../src/application/ports/eventStore.ts';
import type { ReadModelStore } from '../../src/application/ports/readModelStore.ts';
import type { ReadSide } from '../../src/application/ports/readSide.ts';
import { projections } from '../../src/application/projections/all.ts';
import { createProjectionRunner } from '../../src/application/projections/projectionRunner.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { PositionWaiters } from '../../src/infrastructure/projections/positionWaiters.ts';

export interface RunningReadSide extends ReadSide {
  /** Resolves once every projection has seen all that is stored. Fails after 10 s. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** The projections of the portal, run on this thread. */
export function inProcessReadSide(
  store: EventStore,
  readModels: ReadModelStore,
  now: () => string,
): RunningReadSide {
  const waiters = new PositionWaiters();
  const names = projections.map(({ name }) => name);
  const runner = createProjectionRunner({
    store,
    readModels,
    projections,
    now,
    decode: decodeSealed,
    retryAfterMs: 5,
    onProgress: (name, position) => waiters.moved(name, position),
  });
  runner.start();
  return {
    waitFor: (position, timeoutMs, asked = names) => waiters.wait(asked, position, timeoutMs),
    async settled() {
      const head = await store.head();
      if (head !== undefined && !(await waiters.wait(names, head, 10_000)))
        throw new Error('the projections do not catch up');
    },
    async status() {
      const head = await store.head();
      const shown = await readModels.status();
      return shown.map((status) => ({
        ...status,
        checkpoint: waiters.position(status.projection) ?? status.checkpoint,
        head,
      }));
    },
    async rebuild(name) {
      if (!names.includes(name)) throw new RangeError('unknown projection');
      runner.rebuild(name).catch(() => undefined);
    },
    async stop() {
      waiters.close();
      await runner.stop();
    },
  };
}
