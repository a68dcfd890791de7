import { openMongoReadModelStore } from '../../../src/infrastructure/mongodb/mongoReadModelStore.ts';
import { readModelStoreContract } from '../../contract/readModelStoreContract.ts';
import { describeOnMongo, mongoForTest } from '../../support/mongo.ts';

describeOnMongo('MongoDB read models', () => {
  readModelStoreContract('MongoDB', async () => {
    const mongo = await mongoForTest();
    return {
      writer: openMongoReadModelStore(mongo),
      reader: openMongoReadModelStore(mongo.another()),
      stop: () => mongo.drop(),
    };
  });
});
