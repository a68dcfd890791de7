import { expect } from 'chai';
import { Binary, BSON, MongoServerError } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { KeyVault } from '../../../src/application/ports/keyVault.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import {
  openMongoKeyVault,
  type MongoKeyVaultOptions,
} from '../../../src/infrastructure/mongodb/mongoKeyVault.ts';
import { bytesOf, keyVaultContract } from '../../contract/keyVaultContract.ts';
import { cuttableMongo, type CuttableMongo } from '../../support/cuttableMongo.ts';
import { interceptedMongo } from '../../support/interceptedMongo.ts';
import { describeOnMongo, mongoForTest, type MongoForTest } from '../../support/mongo.ts';
import { childId } from '../../support/townFacts.ts';

interface KeyRow {
  readonly _id: string;
  readonly wrapped: unknown;
}

describeOnMongo('MongoDB keys', () => {
  keyVaultContract('MongoDB', async () => {
    const mongo = await mongoForTest();
    const keys = mongo.db.collection<KeyRow>('keys');
    return {
      open: async (master) => openMongoKeyVault(mongo.another(), master),
      async damage(subject) {
        const wrapped = new Binary(randomBytes(60));
        await keys.updateOne({ _id: subject }, { $set: { wrapped } });
      },
      async kept() {
        const rows = await keys.find({}).sort({ _id: 1 }).toArray();
        return Buffer.concat(rows.map((row) => Buffer.from(BSON.serialize(row))));
      },
      stop: () => mongo.drop(),
    };
  });

  describe('with several processes', () => {
    const lea = childId('lea');
    const master = MasterKey.parse(randomBytes(32).toString('hex'));
    let mongo: MongoForTest;
    let now = 0;
    const open = async (
      options: MongoKeyVaultOptions = {},
      connection = mongo.another(),
    ): Promise<KeyVault> =>
      openMongoKeyVault(connection, master, { monotonic: () => now, ...options });
    beforeEach(async () => {
      mongo = await mongoForTest();
      now = 1_000;
    });
    afterEach(async () => mongo.drop());

    it('finds the key of another that a server let come first, and forgets it all the same', async () => {
      const key = bytesOf(await (await open()).findOrCreate(lea));
      let refusals = 2;
      const racing = interceptedMongo(mongo.another(), async ({ send }) => {
        if (refusals <= 0) return send();
        refusals -= 1;
        throw new MongoServerError({ message: 'E11000 duplicate key', code: 11_000 });
      });
      const other = await open({}, racing);
      expect(bytesOf(await other.findOrCreate(lea))).to.equal(key);
      refusals = 2;
      await other.forget(lea);
      expect(await (await open()).find(lea)).to.equal('forgotten');
    });

    it('stops using a key that another process forgot, within a minute', async () => {
      const [one, other] = [await open(), await open()];
      await one.findOrCreate(lea);
      const key = bytesOf(await other.findOrCreate(lea));
      await one.forget(lea);
      now += 59_000;
      expect(bytesOf(other.peek(lea))).to.equal(key);
      now += 1_000;
      expect(other.peek(lea)).to.equal(undefined);
      expect(await other.findOrCreate(lea)).to.equal('forgotten');
      expect(await other.find(lea)).to.equal('forgotten');
      expect(other.peek(lea)).to.equal(undefined);
    });

    it('trusts a key for another minute once it has asked again', async () => {
      const vault = await open();
      const key = bytesOf(await vault.findOrCreate(lea));
      now += 61_000;
      expect(bytesOf(await vault.find(lea))).to.equal(key);
      now += 59_000;
      expect(bytesOf(vault.peek(lea))).to.equal(key);
    });

    describe('while the server does not answer', () => {
      let cuttable: CuttableMongo;
      beforeEach(async () => {
        cuttable = await cuttableMongo(mongo);
      });
      afterEach(async () => cuttable.stop());

      it('goes on with the keys it has met, for ten minutes in all, and says what it can not know', async () => {
        const vault = await open({}, cuttable.connection);
        const key = bytesOf(await vault.findOrCreate(lea));
        cuttable.cut();
        now += 61_000;
        expect(bytesOf(await vault.find(lea))).to.equal(key);
        // The next question waits a little: bookings don't each wait for a server that is gone.
        expect(bytesOf(vault.peek(lea))).to.equal(key);
        now += 5_000;
        expect(vault.peek(lea)).to.equal(undefined);
        expect(bytesOf(await vault.findOrCreate(lea))).to.equal(key);
        now += 534_000;
        const late = await vault.find(lea).catch((error: unknown) => error);
        expect(late).to.be.instanceOf(StoreUnavailableError);
        const unknown = await vault.findOrCreate(childId('ben')).catch((error: unknown) => error);
        expect(unknown).to.be.instanceOf(StoreUnavailableError);
        cuttable.mend();
        expect(bytesOf(await vault.find(lea))).to.equal(key);
      });
    });
  });
});
