import { expect } from 'chai';
import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import type { ReadModelStore } from '../../../src/application/ports/readModelStore.ts';
import { projections } from '../../../src/application/projections/all.ts';
import type { AnyProjection } from '../../../src/application/projections/projection.ts';
import { createProjectionRunner } from '../../../src/application/projections/projectionRunner.ts';
import { decodeSealed } from '../../../src/infrastructure/events/sealedDecoder.ts';
import { createMemoryReadModelStore } from '../../../src/infrastructure/memory/memoryReadModelStore.ts';

const documentsIn = async (
  readModels: ReadModelStore,
  model: AnyProjection,
): Promise<Record<string, object>> => {
  const found = await readModels.find(model, {});
  return Object.fromEntries(found.map(({ id, document }) => [id, document]));
};

/** Every read model holds the very documents that the log makes anew: nothing is missing, nothing came in twice. */
export async function expectAsRebuilt(
  readModels: ReadModelStore,
  store: Pick<EventStore, 'readAll' | 'subscribe' | 'head'>,
): Promise<void> {
  const anew = createMemoryReadModelStore();
  const now = (): string => '2026-11-16T09:00:00.000Z';
  const made = { store, readModels: anew, projections, decode: decodeSealed, now };
  const runner = createProjectionRunner(made);
  for (const projection of projections) await runner.rebuild(projection.name);
  await runner.stop();
  for (const projection of projections)
    expect(await documentsIn(readModels, projection), projection.name).to.deep.equal(
      await documentsIn(anew, projection),
    );
}
