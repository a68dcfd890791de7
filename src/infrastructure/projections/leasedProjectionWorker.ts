import { parentPort, workerData } from 'node:worker_threads';
import { projections } from '../../application/projections/all.ts';
import { shortly } from '../../application/projections/projectionFailure.ts';
import { decodeSealed } from '../events/sealedDecoder.ts';
import { openEventStoreDb } from '../eventstoredb/eventStoreDbEventStore.ts';
import { openMongo } from '../mongodb/mongoConnection.ts';
import { openMongoLeases } from '../mongodb/mongoLeases.ts';
import { openMongoReadModelStore } from '../mongodb/mongoReadModelStore.ts';
import { openMongoRebuildRequests } from '../mongodb/mongoRebuildRequests.ts';
import { runLeasedProjections } from './leasedProjections.ts';
import type { FromWorker, LeasedWorkerData, ToWorker } from './projectionMessages.ts';

// Entry of the worker thread on shared servers: runs the projections whose lease this process holds.
if (!parentPort) throw new Error('leasedProjectionWorker is started by projectionHost');
const port = parentPort;
const { eventStore, mongoUrl, holder } = workerData as LeasedWorkerData;
const tell = (message: FromWorker): void => port.postMessage(message);

const events = openEventStoreDb(eventStore);
const mongo = openMongo({ url: mongoUrl });
const requests = openMongoRebuildRequests(mongo);

const running = runLeasedProjections({
  store: events,
  readModels: openMongoReadModelStore(mongo),
  leases: openMongoLeases(mongo),
  requests,
  holder,
  projections,
  decode: decodeSealed,
  now: () => new Date().toISOString(),
  onState: (projection, state, error) =>
    tell({ kind: 'state', projection, state, ...(error !== undefined && { error }) }),
  onError: (projection, error) =>
    tell({ kind: 'trouble', projection, error: shortly(error), at: '' }),
});

async function stop(): Promise<void> {
  await running.stop();
  await events.close();
  await mongo.close();
  setImmediate(() => port.close());
}

port.on('message', (message: ToWorker) => {
  // Subscriptions are pushed by the server; rebuilds are asked for in the database.
  if (message.kind === 'stop') void stop();
});
