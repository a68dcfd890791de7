import { setTimeout as pause } from 'node:timers/promises';
import type { Lease, Leases } from '../../application/ports/leases.ts';
import type { SharedReadModelStore } from '../../application/ports/readModelStore.ts';
import { keepLease } from '../../application/processes/leaseKeeper.ts';
import type { AnyProjection } from '../../application/projections/projection.ts';
import {
  createProjectionRunner,
  type ProjectionRunnerOptions,
} from '../../application/projections/projectionRunner.ts';

/** Rebuilds that some process was asked for, until the holder of the projection takes them. */
export interface RebuildRequests {
  ask(projection: string): Promise<void>;
  /** True, once, when somebody asked since. */
  take(projection: string): Promise<boolean>;
}

export interface LeasedProjectionsOptions extends Pick<
  ProjectionRunnerOptions,
  'store' | 'projections' | 'decode' | 'now' | 'onState' | 'onError'
> {
  readonly readModels: SharedReadModelStore;
  readonly leases: Leases;
  readonly requests: RebuildRequests;
  /** Unique to this run of this process. */
  readonly holder: string;
}

/** How often the holder of a projection looks whether a rebuild was asked for. */
const LOOK_MS = 1_000;

/**
 * Runs each projection while this process holds its lease: of any number of processes, one does. What it writes
 * carries the lease's token, so that a holder that was paused and replaced changes nothing when it wakes up.
 */
export function runLeasedProjections({
  leases,
  requests,
  holder,
  readModels,
  projections,
  ...options
}: LeasedProjectionsOptions): { stop(): Promise<void> } {
  const hold =
    (projection: AnyProjection) =>
    async (lease: Lease, signal: AbortSignal): Promise<void> => {
      const { name } = projection;
      const runner = createProjectionRunner({
        ...options,
        projections: [projection],
        readModels: readModels.fenced(lease.token),
      });
      runner.start(signal);
      // The timer throws once the lease is over.
      const watching = (async (): Promise<never> => {
        for (;;) {
          await pause(LOOK_MS, undefined, { signal });
          const asked = await requests.take(name).catch(() => false);
          // How it goes is told by the projection's state.
          if (asked) void runner.rebuild(name).catch(() => undefined);
        }
      })();
      await watching.catch(() => undefined);
      await runner.stop();
    };
  const keepers = projections.map((projection) =>
    keepLease({
      leases,
      name: `projection/${projection.name}`,
      holder,
      hold: hold(projection),
      onError: (error) => options.onError?.(projection.name, error),
    }),
  );
  return {
    async stop() {
      await Promise.all(keepers.map((keeper) => keeper.stop()));
    },
  };
}
