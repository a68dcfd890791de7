import { eventStoreContract } from '../../contract/eventStoreContract.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

eventStoreContract('SqliteEventStore', async () => {
  const { directory, remove } = temporaryDirectory();
  let store = openSqliteEventStore({ directory, mode: 'write' });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = openSqliteEventStore({ directory, mode: 'write' });
      return store;
    },
    dispose: async () => {
      await store.close();
      remove();
    },
  };
});
