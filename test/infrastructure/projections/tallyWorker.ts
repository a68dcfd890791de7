import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { AnyProjection } from '../../../src/application/projections/projection.ts';
import type {
  FromWorker,
  ProjectionWorkerData,
} from '../../../src/infrastructure/projections/projectionMessages.ts';
import { serveProjections } from '../../../src/infrastructure/projections/projectionService.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { decode, tallies } from '../../application/projections/tallies.ts';

// A worker like projectionWorker.ts, with the tallies, one projection that a vote in "poison" fails, and a file that
// makes the thread die when it meets the next vote.
const port = parentPort;
if (!port) throw new Error('started by projectionHost.test.ts');
const { directory } = workerData as ProjectionWorkerData;
const deadly = join(directory, 'die');

const base: AnyProjection = tallies;
const dying: AnyProjection = {
  ...base,
  apply(before, event, metadata, id) {
    if (existsSync(deadly)) {
      rmSync(deadly);
      process.exit(7);
    }
    return base.apply(before, event, metadata, id);
  },
};
const fragile: AnyProjection = {
  ...base,
  name: 'fragile',
  apply(before, event, metadata, id) {
    if (id === 'poison') throw new RangeError('no such box');
    return base.apply(before, event, metadata, id);
  },
};

const store = openSqliteEventStore({ directory, mode: 'read' });
const readModels = openSqliteReadModelStore({
  directory,
  mode: 'write',
  onSetAside: ({ movedTo, reason }) =>
    port.postMessage({ kind: 'afresh', movedTo, reason } satisfies FromWorker),
});
serveProjections({
  store,
  readModels,
  projections: [dying, fragile],
  decode,
  now: () => new Date().toISOString(),
  port,
  poke: () => store.poke(),
  async close() {
    await readModels.close();
    await store.close();
  },
});
