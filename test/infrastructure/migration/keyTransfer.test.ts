import type { KeyVault } from '../../../src/application/ports/keyVault.ts';
import { openMongoKeyVault } from '../../../src/infrastructure/mongodb/mongoKeyVault.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { keyTransferContract } from '../../contract/keyTransferContract.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';
import { temporaryDirectory } from '../sqlite/temporaryDirectory.ts';
import { mkdirSync } from 'node:fs';

keyTransferContract('SQLite', async () => {
  const opened: { vault: KeyVault; remove: () => void }[] = [];
  return {
    async openNew(master) {
      const { directory, remove } = temporaryDirectory();
      mkdirSync(directory);
      const vault = new SqliteKeyVault(directory, master);
      opened.push({ vault, remove });
      return vault;
    },
    async stop() {
      for (const { vault, remove } of opened) {
        await vault.close();
        remove();
      }
    },
  };
});

describeOnMongo('MongoDB keys that move', () => {
  keyTransferContract('MongoDB', async () => {
    const databases: MongoForTest[] = [];
    return {
      async openNew(master) {
        const mongo = await mongoForTest();
        databases.push(mongo);
        return openMongoKeyVault(mongo, master);
      },
      async stop() {
        for (const mongo of databases) await mongo.drop();
      },
    };
  });
});
