import { createMemoryReadModelStore } from '../../../src/infrastructure/memory/memoryReadModelStore.ts';
import { readModelStoreContract } from '../../contract/readModelStoreContract.ts';

readModelStoreContract('memory', async () => {
  const store = createMemoryReadModelStore();
  return { writer: store, reader: store, stop: () => store.close() };
});
