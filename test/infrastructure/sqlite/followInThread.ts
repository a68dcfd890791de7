import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';

/** Follows the store of the directory given, in a thread: posts the ids of each batch; `poke` and `stop` are orders. */
const store = openSqliteEventStore({ directory: String(workerData), mode: 'read' });
const stop = new AbortController();
parentPort?.on('message', (order) => {
  if (order === 'poke') store.poke();
  if (order === 'stop') stop.abort();
});
parentPort?.postMessage([]);
for await (const { events } of store.subscribe({ signal: stop.signal }))
  parentPort?.postMessage(events.map(({ id }) => id));
await store.close();
parentPort?.close();
