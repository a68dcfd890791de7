import { setImmediate as letOthersRun } from 'node:timers/promises';
import { createDocumentFold } from './documentFold.ts';
import type { DocumentFold } from './documentFold.ts';
import type { AnyProjection } from './projection.ts';
import type { ProjectionRunnerOptions } from './projectionRunner.ts';

/**
 * Nobody reads the build yet: a document that many events change is written once for many of them. These bound the
 * memory that a build takes (some 100 MB for documents of 4 KB), and what a crash makes it do again. A month of
 * 10,000 children fits: events that come day by day touch each of its documents again and again.
 */
const CHANGED_AT_MOST = 11_000;
const HELD_AT_MOST = 14_000;
const KEPT = 10_500;
const EVENTS_AT_MOST = 100_000;

/**
 * Builds the read model beside the live one, up to the end of the log, then swaps. `pauseLive` is called before the
 * last step, so that readers never step back. False when stopped before: the build keeps its place.
 */
export async function buildBeside(
  projection: AnyProjection,
  options: ProjectionRunnerOptions,
  signal: AbortSignal,
  fresh: boolean,
  pauseLive: () => Promise<void>,
): Promise<boolean> {
  const { readModels, store, decode } = options;
  let writer = await readModels.beside(projection, { fresh });
  let from = await writer.checkpoint();
  if (from !== undefined && from > ((await store.head()) ?? -1n)) {
    writer = await readModels.beside(projection, { fresh: true });
    from = undefined;
  }
  const fold = createDocumentFold(projection, decode, writer, from);
  await readToTheEnd(projection, options, fold, signal);
  if (!signal.aborted) {
    await pauseLive();
    await readToTheEnd(projection, options, fold, signal);
  }
  await fold.flush(0);
  if (signal.aborted) return false;
  await readModels.swap(projection);
  return true;
}

async function readToTheEnd(
  { name, handles }: AnyProjection,
  { store, onBuildProgress }: ProjectionRunnerOptions,
  fold: DocumentFold,
  signal: AbortSignal,
): Promise<void> {
  const head = await store.head();
  const from = fold.checkpoint;
  const batches = store.readAll({
    ...(from !== undefined && { from }),
    filter: { eventTypes: handles },
  });
  let unwritten = 0;
  for await (const events of batches) {
    const last = events.at(-1);
    if (last) await fold.take(events, last.position);
    unwritten += events.length;
    if (
      fold.changed >= CHANGED_AT_MOST ||
      fold.held >= HELD_AT_MOST ||
      unwritten >= EVENTS_AT_MOST
    ) {
      await fold.flush(KEPT);
      unwritten = 0;
    }
    if (fold.checkpoint !== undefined) onBuildProgress?.(name, fold.checkpoint);
    // A store on disk answers at once: without this, one build would keep the thread to itself.
    await letOthersRun();
    if (signal.aborted) return;
  }
  // Every event stored before the reading began has been seen.
  if (head !== undefined && (fold.checkpoint ?? -1n) < head) await fold.take([], head);
}
