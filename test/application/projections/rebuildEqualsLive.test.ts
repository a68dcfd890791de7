import { createMemoryReadModelStore } from '../../../src/infrastructure/memory/memoryReadModelStore.ts';
import { rebuildEqualsLive } from '../../contract/rebuildEqualsLive.ts';

describe('a projection, in memory', () => {
  rebuildEqualsLive(200, async () => {
    const readModels = createMemoryReadModelStore();
    return { readModels, close: () => readModels.close() };
  });
});
