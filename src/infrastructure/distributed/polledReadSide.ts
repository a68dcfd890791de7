import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position } from '../../application/ports/eventStore.ts';
import type { ProjectionStatus, ReadModelStore } from '../../application/ports/readModelStore.ts';
import type { ReadSide } from '../../application/ports/readSide.ts';
import { PositionWaiters } from '../projections/positionWaiters.ts';
import type { RebuildRequests } from '../projections/leasedProjections.ts';

/** Milliseconds between two looks while somebody waits. */
const LOOK_MS = 25;
/** How long a projection may take from one process to the next; those of a process that stops take a second or two. */
const HANDOVER_MS = 10_000;

export interface PolledReadSideOptions {
  readonly events: Pick<EventStore, 'head'>;
  readonly readModels: Pick<ReadModelStore, 'status'>;
  readonly requests: Pick<RebuildRequests, 'ask'>;
  /** Names of all projections. */
  readonly projections: readonly string[];
  /** Milliseconds that only grow. */
  readonly monotonic?: () => number;
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
  monotonic = () => performance.now(),
}: PolledReadSideOptions): ReadSide & { stop(): void } {
  const waiters = new PositionWaiters();
  const stopping = new AbortController();
  let waiting = 0;
  let looking = false;
  /** Projections that were seen to run, and since when they are seen stopped. */
  const stopped = new Map<string, number | undefined>();
  const isHandedOver = ({ projection, state }: ProjectionStatus): boolean => {
    if (state !== 'stopped') stopped.set(projection, undefined);
    if (state !== 'stopped' || !stopped.has(projection)) return false;
    const since = stopped.get(projection) ?? monotonic();
    stopped.set(projection, since);
    return monotonic() - since < HANDOVER_MS;
  };

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
      return projections.map((projection) => {
        const status = statuses.find((one) => one.projection === projection) ?? {
          projection,
          state: 'stopped' as const,
          checkpoint: undefined,
          since: '',
        };
        return { ...status, head, ...(isHandedOver(status) && { handedOver: true as const }) };
      });
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
