import { expect } from 'chai';
import { MemoryEventStore } from '../../../src/infrastructure/memory/memoryEventStore.ts';
import { eventStoreContract } from '../../contract/eventStoreContract.ts';

eventStoreContract('MemoryEventStore', async () => {
  const store = new MemoryEventStore();
  return { store, dispose: () => store.close() };
});

describe('MemoryEventStore', () => {
  it('has no head before its first event', async () => {
    expect(await new MemoryEventStore().head()).to.equal(undefined);
  });
});
