import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { KeyVault } from '../../src/application/ports/keyVault.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import {
  OtherKeyError,
  type KeyEntry,
  type KeyTransfer,
} from '../../src/infrastructure/keyTransfer.ts';
import { childId } from '../support/townFacts.ts';
import { failureOf } from './eventStoreTools.ts';
import { bytesOf } from './keyVaultContract.ts';

export interface TransferUnderTest {
  /** Another vault each time, of the same master key. */
  openNew(master: MasterKey): Promise<KeyVault & KeyTransfer>;
  stop(): Promise<void>;
}

const lea = childId('lea');
const ben = childId('ben');

export async function entriesOf(vault: KeyTransfer): Promise<KeyEntry[]> {
  const found: KeyEntry[] = [];
  for await (const entries of vault.entries())
    found.push(
      ...entries.map(({ subject, wrapped }) => ({
        subject,
        wrapped: wrapped && Buffer.from(Buffer.from(wrapped).toString('hex'), 'hex'),
      })),
    );
  return found.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

/** What every vault does whose keys move to another. */
export function keyTransferContract(name: string, prepare: () => Promise<TransferUnderTest>): void {
  describe(`${name}: keys that move`, () => {
    const master = MasterKey.parse(randomBytes(32).toString('hex'));
    let under: TransferUnderTest;
    beforeEach(async () => (under = await prepare()));
    afterEach(async () => under.stop());
    const open = async () => under.openNew(master);

    it('come as they are wrapped, and open there; who was forgotten stays forgotten', async () => {
      const [one, other] = [await open(), await open()];
      const key = bytesOf(await one.findOrCreate(lea));
      await one.findOrCreate(ben);
      await one.forget(ben);
      const entries = await entriesOf(one);
      expect(entries.map(({ subject }) => subject)).to.have.members([lea, ben]);
      await other.import(entries);
      expect(await entriesOf(other)).to.deep.equal(entries);
      expect(bytesOf(await other.find(lea))).to.equal(key);
      expect(await other.findOrCreate(ben)).to.equal('forgotten');
    });

    it('are all told, over any number of pages, but for the vault’s own', async () => {
      const [one, other] = [await open(), await open()];
      expect(await entriesOf(one)).to.deep.equal([]);
      const many = Array.from({ length: 1_201 }, (_, n) => ({
        subject: `child-${n}`,
        wrapped: n % 7 === 0 ? null : master.wrap(`child-${n}`, randomBytes(32)),
      }));
      await one.import(many);
      const told = await entriesOf(one);
      expect(told).to.have.length(many.length);
      await other.import(told);
      await other.import([]);
      expect(await entriesOf(other)).to.deep.equal(told);
    });

    it('come again without any change', async () => {
      const [one, other] = [await open(), await open()];
      await one.findOrCreate(lea);
      await one.forget(ben);
      const entries = await entriesOf(one);
      await other.import(entries.slice(0, 1));
      await other.import(entries);
      await other.import(entries);
      expect(await entriesOf(other)).to.deep.equal(entries);
    });

    it('are gone wherever one side has forgotten, also from memory', async () => {
      const [one, other] = [await open(), await open()];
      await one.findOrCreate(lea);
      await one.findOrCreate(ben);
      const before = await entriesOf(one);
      await other.import(before);
      await other.findOrCreate(lea);
      await one.forget(lea);
      await other.forget(ben);
      await other.import(await entriesOf(one));
      expect(other.peek(lea)).to.not.be.instanceOf(Uint8Array);
      for (const person of [lea, ben]) expect(await other.find(person)).to.equal('forgotten');
      await other.import(before);
      for (const person of [lea, ben]) expect(await other.find(person)).to.equal('forgotten');
    });

    it('never replace another key', async () => {
      const [one, other] = [await open(), await open()];
      await one.findOrCreate(lea);
      const key = bytesOf(await other.findOrCreate(lea));
      expect(await failureOf(other.import(await entriesOf(one)))).to.be.instanceOf(OtherKeyError);
      expect(bytesOf(await other.find(lea))).to.equal(key);
    });
  });
}
