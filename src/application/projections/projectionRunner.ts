import type { EventStore, Position, RecordedEvent } from '../ports/eventStore.ts';
import type { ProjectionState, ReadModelStore } from '../ports/readModelStore.ts';
import type { AnyProjection, SealedRecord } from './projection.ts';
import { createProjectionLoop } from './projectionLoop.ts';

export interface ProjectionRunnerOptions {
  readonly store: Pick<EventStore, 'subscribe' | 'readAll' | 'head'>;
  readonly readModels: ReadModelStore;
  readonly projections: readonly AnyProjection[];
  readonly decode: (event: RecordedEvent) => SealedRecord;
  /** The instant now, ISO. */
  readonly now: () => string;
  /** Events taken in at once by a live projection, at the most: 2,000 unless told. */
  readonly batchSize?: number;
  /** First pause after the store failed; doubles up to 10 s. 100 ms unless told. */
  readonly retryAfterMs?: number;
  /** Readers of the projection now see every event up to this position. */
  readonly onProgress?: (projection: string, position: Position) => void;
  /** A build beside the live one has come this far. */
  readonly onBuildProgress?: (projection: string, position: Position) => void;
  readonly onState?: (projection: string, state: ProjectionState, error?: string) => void;
  /** A ProjectionFailure stops its projection; any other error comes from a store, and is tried again. */
  readonly onError?: (projection: string, error: unknown) => void;
}

/** Keeps read models up to the log: several projections side by side, each at its own pace and with its own faults. */
export interface ProjectionRunner {
  /** Starts every projection: from its checkpoint, or by building it when there is none at its version. */
  start(signal?: AbortSignal): void;
  /** Finishes the batches under way. */
  stop(): Promise<void>;
  /**
   * Builds the projection anew beside the live one, which goes on meanwhile, and swaps. Resolves when readers see the
   * new build; rejects when it failed, or when stopped before: it is then gone on with at the next start.
   */
  rebuild(projection: string): Promise<void>;
}

export function createProjectionRunner(options: ProjectionRunnerOptions): ProjectionRunner {
  const stopping = new AbortController();
  const loops = new Map(
    options.projections.map((projection) => [
      projection.name,
      createProjectionLoop(projection, options, stopping.signal),
    ]),
  );
  if (loops.size !== options.projections.length) throw new Error('two projections have one name');
  let running: Promise<unknown> | undefined;
  const rebuilds = new Set<Promise<void>>();

  return {
    start(signal) {
      if (running) throw new Error('the projections run already');
      if (signal?.aborted) stopping.abort();
      signal?.addEventListener('abort', () => stopping.abort(), { once: true });
      running = Promise.all([...loops.values()].map((loop) => loop.run()));
    },
    async stop() {
      stopping.abort();
      await running;
      await Promise.allSettled(rebuilds);
    },
    async rebuild(projection) {
      const loop = loops.get(projection);
      if (!loop) throw new TypeError(`unknown projection ${projection}`);
      const rebuilding = loop.rebuild();
      rebuilds.add(rebuilding);
      try {
        await rebuilding;
      } finally {
        rebuilds.delete(rebuilding);
      }
    },
  };
}
