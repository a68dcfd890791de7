import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { KeyVault } from '../../src/application/ports/keyVault.ts';
import { MasterKey, WrongMasterKeyError } from '../../src/infrastructure/crypto/masterKey.ts';
import { childId } from '../support/townFacts.ts';

export interface KeyVaultUnderTest {
  /** Opens a vault on the same keys, as another process would. */
  open(master: MasterKey): Promise<KeyVault>;
  /** Overwrites what is kept of a person's key. */
  damage(subject: string): Promise<void>;
  /** Everything kept, as bytes: keys must not be found in it. */
  kept(): Promise<Buffer>;
  stop(): Promise<void>;
}

const lea = childId('lea');
const ben = childId('ben');

export const bytesOf = (key: unknown): string => {
  if (!(key instanceof Uint8Array)) expect.fail(`no key: ${String(key)}`);
  return Buffer.from(key).toString('hex');
};

/** What every key vault does. */
export function keyVaultContract(name: string, prepare: () => Promise<KeyVaultUnderTest>): void {
  describe(`${name}: a key vault`, () => {
    const master = MasterKey.parse(randomBytes(32).toString('hex'));
    let under: KeyVaultUnderTest;
    const opened: KeyVault[] = [];
    const open = async (key = master): Promise<KeyVault> => {
      const vault = await under.open(key);
      opened.push(vault);
      return vault;
    };
    beforeEach(async () => (under = await prepare()));
    afterEach(async () => {
      for (const vault of opened.splice(0)) await vault.close();
      await under.stop();
    });

    it('makes one key of 32 bytes per person, and keeps it', async () => {
      const vault = await open();
      expect(vault.peek(lea)).to.equal(undefined);
      expect(await vault.find(lea)).to.equal(undefined);
      const made = bytesOf(await vault.findOrCreate(lea));
      expect(made).to.have.length(64);
      expect(bytesOf(await vault.findOrCreate(lea))).to.equal(made);
      expect(bytesOf(vault.peek(lea))).to.equal(made);
      expect(bytesOf(await vault.findOrCreate(ben))).to.not.equal(made);
      await vault.close();
      const again = await open();
      expect(again.peek(lea)).to.equal(undefined);
      expect(bytesOf(await again.find(lea))).to.equal(made);
      expect(bytesOf(again.peek(lea))).to.equal(made);
    });

    it('keeps no key in clear', async () => {
      const key = Buffer.from(bytesOf(await (await open()).findOrCreate(lea)), 'hex');
      const kept = await under.kept();
      expect(kept.includes(String(lea))).to.equal(true);
      for (const clear of [
        key,
        key.toString('hex'),
        key.toString('base64'),
        key.toString('base64url'),
      ])
        expect(kept.includes(clear)).to.equal(false);
    });

    it('answers all who ask at once with one key', async () => {
      const vaults = await Promise.all(Array.from({ length: 6 }, async () => open()));
      for (let n = 0; n < 5; n += 1) {
        const child = childId(`child-${n}`);
        const asked = [...vaults, ...vaults].map(async (vault) => vault.findOrCreate(child));
        const keys = (await Promise.all(asked)).map(bytesOf);
        expect(new Set(keys).size).to.equal(1);
        expect(bytesOf(await (await open()).find(child))).to.equal(keys[0]);
      }
    });

    it('forgets a person for good', async () => {
      const vault = await open();
      await vault.findOrCreate(lea);
      const kept = bytesOf(await vault.findOrCreate(ben));
      await vault.forget(lea);
      await vault.close();
      const again = await open();
      expect(await again.find(lea)).to.equal('forgotten');
      expect(await again.findOrCreate(lea)).to.equal('forgotten');
      expect(bytesOf(await again.find(ben))).to.equal(kept);
    });

    it('forgets at once, again, and also whom it never knew', async () => {
      const vault = await open();
      await vault.findOrCreate(lea);
      await vault.forget(lea);
      await vault.forget(lea);
      await vault.forget(ben);
      for (const person of [lea, ben]) {
        expect(vault.peek(person)).to.not.be.instanceOf(Uint8Array);
        expect(await vault.find(person)).to.equal('forgotten');
        expect(await vault.findOrCreate(person)).to.equal('forgotten');
      }
    });

    it('makes no key for a person who is being forgotten', async () => {
      const [one, other] = [await open(), await open()];
      for (let n = 0; n < 5; n += 1) {
        const child = childId(`gone-${n}`);
        await Promise.all([one.findOrCreate(child), other.forget(child)]);
        expect(await (await open()).findOrCreate(child)).to.equal('forgotten');
      }
    });

    it('loses the one key whose bytes were damaged, and no other', async () => {
      const vault = await open();
      await vault.findOrCreate(lea);
      const kept = bytesOf(await vault.findOrCreate(ben));
      await vault.close();
      await under.damage(lea);
      const again = await open();
      expect(await again.find(lea)).to.equal(undefined);
      expect(bytesOf(await again.find(ben))).to.equal(kept);
    });

    it('refuses another master key, and changes nothing', async () => {
      const vault = await open();
      const key = bytesOf(await vault.findOrCreate(lea));
      await vault.close();
      const before = await under.kept();
      const wrong = MasterKey.parse(randomBytes(32).toString('hex'));
      const refused = await open(wrong).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(WrongMasterKeyError);
      expect((await under.kept()).equals(before)).to.equal(true);
      expect(bytesOf(await (await open()).find(lea))).to.equal(key);
    });
  });
}
