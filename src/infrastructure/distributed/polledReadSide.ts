import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position } from '../../application/ports/eventStore.ts';
import type { ReadModelStore } from '../../application/ports/readModelStore.ts';
import type { ReadSide } from '../../application/ports/readSide.ts';
import { PositionWaiters } from '../projections/positionWaiters.ts';
import type { RebuildRequests } from '../projections/leasedProjections.ts';

/** Milliseconds between two looks while somebody waits. */
const LOOK_MS = 25;

export interface PolledReadSideOptions {
  readonly events: Pick<EventStore, 'head'>;
  readonly readModels: Pick<ReadModelStore, 'status'>;
  readonly requests: Pick<RebuildRequests, 'ask'>;
  /** Names of all projections. */
  readonly projections: readonly string[];
}

/**
 * The read side as any process sees it, whichever runs the projections: their checkpoints are read in the database,
 * by one look for all who wait, and only while somebody does.
 */
export function polledReadSide({
  events,
  readModels,
  requests,
  projections,
}: PolledReadSideOptions): ReadSide & { stop(): void } {
  const waiters = new PositionWaiters();
  const stopping = new AbortController();
  let waiting = 0;
  let looking = false;

  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    while (waiting > 0 && !stopping.signal.aborted) {
      // A database that does not answer shows nothing new: who waits is told so in time.
      const seen = await readModels.status().catch(() => []);
      // One that failed may only have met a server that was gone for a moment: it is waited for like the others.
      for (const { projection, checkpoint } of seen)
        if (checkpoint !== undefined) waiters.moved(projection, checkpoint);
      await pause(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    looking = false;
  };

  return {
    async waitFor(position: Position, timeoutMs, named = projections) {
      for (const name of named)
        if (!projections.includes(name)) throw new RangeError(`unknown projection ${name}`);
      if (stopping.signal.aborted) return false;
      waiting += 1;
      try {
        const seen = waiters.wait(named, position, timeoutMs);
        void look();
        return await seen;
      } finally {
        waiting -= 1;
      }
    },
    async status() {
      const [head, statuses] = await Promise.all([events.head(), readModels.status()]);
      return projections.map((projection) => ({
        ...(statuses.find((one) => one.projection === projection) ?? {
          projection,
          state: 'stopped' as const,
          checkpoint: undefined,
          since: '',
        }),
        head,
      }));
    },
    async rebuild(projection) {
      if (!projections.includes(projection))
        throw new RangeError(`unknown projection ${projection}`);
      await requests.ask(projection);
    },
    stop() {
      stopping.abort();
      waiters.close();
    },
  };
}
