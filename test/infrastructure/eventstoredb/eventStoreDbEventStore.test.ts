import { openEventStoreDb } from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { eventStoreContract } from '../../contract/eventStoreContract.ts';
import { startEventStoreDb } from '../../support/eventstoredb/eventStoreDbServer.ts';

eventStoreContract('EventStoreDbEventStore', async () => {
  // The server writes an event of its own after each append.
  const cluster = await startEventStoreDb({ systemEventEvery: 1 });
  const { connectionString } = cluster;
  let store = openEventStoreDb({ connectionString });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = openEventStoreDb({ connectionString });
      return store;
    },
    dispose: async () => {
      await store.close();
      await cluster.stop();
    },
  };
});

const real = process.env['EVENTSTORE_URL'];
if (real !== undefined)
  eventStoreContract('EventStoreDbEventStore on a real server', async () => {
    let store = openEventStoreDb({ connectionString: real });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = openEventStoreDb({ connectionString: real });
        return store;
      },
      dispose: () => store.close(),
    };
  });
