import type { ReadModelWriter } from '../ports/readModelStore.ts';
import { createDocumentFold } from './documentFold.ts';
import type { AnyProjection } from './projection.ts';
import type { ProjectionRunnerOptions } from './projectionRunner.ts';

/** Documents kept in memory between batches: those of the sessions and months that are being booked. */
const KEPT = 500;
/** A checkpoint that moved past events of no interest is written so long after the first of them. */
const UNSAVED_MS = 500;

/** Follows the log with the live build until `signal`; `onBatch` is called when the stores have answered well. */
export async function followLive(
  projection: AnyProjection,
  { store, decode, batchSize = 2_000, onProgress, onError }: ProjectionRunnerOptions,
  writer: ReadModelWriter,
  signal: AbortSignal,
  onBatch: () => void,
): Promise<void> {
  const { name, handles } = projection;
  const after = await writer.checkpoint();
  const fold = createDocumentFold(projection, decode, writer, after);
  if (after !== undefined) onProgress?.(name, after);

  let unsavedSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    unsavedSince = undefined;
    await fold.flush(KEPT);
  };
  /** Batches that come meanwhile don't put it off. */
  const saveWithin = (ms: number): void => {
    timer = setTimeout(() => {
      saving = flush().catch((error: unknown) => onError?.(name, error));
    }, ms);
  };
  const endIdling = async (): Promise<void> => {
    clearTimeout(timer);
    await saving;
  };

  const batches = store.subscribe({
    ...(after !== undefined && { after }),
    filter: { eventTypes: handles },
    batchSize,
    signal,
  });
  try {
    for await (const { events, checkpoint, caughtUp } of batches) {
      await endIdling();
      await fold.take(events, checkpoint);
      unsavedSince ??= performance.now();
      const left = unsavedSince + UNSAVED_MS - performance.now();
      if (fold.changed > 0 || !caughtUp || left <= 0) await flush();
      else {
        saveWithin(left);
        writer.shows?.(checkpoint);
      }
      onProgress?.(name, checkpoint);
      onBatch();
    }
    await endIdling();
    await flush();
  } finally {
    await endIdling();
  }
}
