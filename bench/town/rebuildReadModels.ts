import type { Position } from '../../src/application/ports/eventStore.ts';
import type { AnyProjection } from '../../src/application/projections/projection.ts';
import { createProjectionRunner } from '../../src/application/projections/projectionRunner.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../../src/infrastructure/sqlite/sqliteReadModelStore.ts';

/** Builds read models from the log as the projection worker does, one after the other. Throws what stops one. */
export async function rebuildReadModels(
  directory: string,
  projections: readonly AnyProjection[],
  onProgress?: (position: Position) => void,
): Promise<void> {
  const store = openSqliteEventStore({ directory, mode: 'read' });
  const readModels = openSqliteReadModelStore({ directory, mode: 'write' });
  const runner = createProjectionRunner({
    store,
    readModels,
    projections,
    decode: decodeSealed,
    now: () => new Date().toISOString(),
    ...(onProgress && { onBuildProgress: (_name, position) => onProgress(position) }),
  });
  try {
    for (const { name } of projections) await runner.rebuild(name);
  } finally {
    await runner.stop();
    await readModels.close();
    await store.close();
  }
}
