import {
  openEventStoreDb,
  type EventStoreDbEventStore,
  type EventStoreDbOptions,
} from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
  type ServerOptions,
} from '../../support/eventstoredb/eventStoreDbServer.ts';

export interface ServerAndStore {
  readonly cluster: EventStoreDbCluster;
  readonly store: EventStoreDbEventStore;
  /** Another store on the same server, closed with the first. */
  readonly another: (options?: Partial<EventStoreDbOptions>) => EventStoreDbEventStore;
}

const stops: (() => Promise<void>)[] = [];

/** A server for tests and a store on it, until the end of the test. */
export async function serverAndStore(
  server: ServerOptions = {},
  options: Partial<EventStoreDbOptions> = {},
): Promise<ServerAndStore> {
  const cluster = await startEventStoreDb({ systemEventEvery: 2, ...server });
  stops.push(() => cluster.stop());
  const another = (more: Partial<EventStoreDbOptions> = {}): EventStoreDbEventStore => {
    const { connectionString } = cluster;
    const store = openEventStoreDb({ connectionString, ...options, ...more });
    stops.push(() => store.close());
    return store;
  };
  return { cluster, store: another(), another };
}

/** Ends what the test has opened; for `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

/** Resolves once `holds`, looked at on each turn of the event loop. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
