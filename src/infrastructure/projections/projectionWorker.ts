import { parentPort, workerData } from 'node:worker_threads';
import { projections } from '../../application/projections/all.ts';
import { decodeSealed } from '../events/sealedDecoder.ts';
import { openSqliteEventStore } from '../sqlite/sqliteEventStore.ts';
import { openSqliteReadModelStore } from '../sqlite/sqliteReadModelStore.ts';
import type { FromWorker, ProjectionWorkerData } from './projectionMessages.ts';
import { serveProjections } from './projectionService.ts';

// Entry of the worker thread: projections run here, off the thread that answers requests.
if (!parentPort) throw new Error('projectionWorker is started by projectionHost');
const port = parentPort;
const { directory } = workerData as ProjectionWorkerData;

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
  projections,
  decode: decodeSealed,
  now: () => new Date().toISOString(),
  port,
  poke: () => store.poke(),
  async close() {
    await readModels.close();
    await store.close();
  },
});
