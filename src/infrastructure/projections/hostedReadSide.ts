import type { EventStore } from '../../application/ports/eventStore.ts';
import type { ReadModelStore } from '../../application/ports/readModelStore.ts';
import type { ReadSide } from '../../application/ports/readSide.ts';
import type { ProjectionHost } from './projectionHost.ts';

/** The read side of a process that runs its projections in a worker thread. */
export function hostedReadSide(
  host: ProjectionHost,
  events: Pick<EventStore, 'head'>,
  readModels: Pick<ReadModelStore, 'status'>,
): ReadSide {
  return {
    waitFor: async (position, timeoutMs, projections) =>
      host.waitFor(position, timeoutMs, projections),
    async status() {
      const head = await events.head();
      const since = new Map((await readModels.status()).map((one) => [one.projection, one.since]));
      return host.status().map(({ projection, state, position, error }) => ({
        projection,
        // A thread that has not spoken yet runs nothing.
        state: state === 'starting' ? 'stopped' : state,
        checkpoint: position,
        since: since.get(projection) ?? '',
        head,
        ...(error !== undefined && { error }),
      }));
    },
    async rebuild(projection) {
      host.rebuild(projection);
    },
  };
}
