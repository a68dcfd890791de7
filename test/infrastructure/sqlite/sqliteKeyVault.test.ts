import Database from 'better-sqlite3';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { keyVaultContract } from '../../contract/keyVaultContract.ts';
import { childId } from '../../support/townFacts.ts';

const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'portail-vault-'));
/** Everything that stands in the vault's files, main file and write-ahead log. */
const filesIn = (directory: string): Buffer =>
  Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

keyVaultContract('SQLite', async () => {
  const directory = temporaryDirectory();
  return {
    open: async (master) => new SqliteKeyVault(directory, master),
    async damage(subject) {
      const database = new Database(join(directory, 'keys.db'));
      database
        .prepare('UPDATE keys SET wrapped = ? WHERE subject = ?')
        .run(randomBytes(60), subject);
      database.close();
    },
    kept: async () => filesIn(directory),
    stop: async () => rmSync(directory, { recursive: true }),
  };
});

describe('the SQLite key vault', () => {
  const master = MasterKey.parse(randomBytes(32).toString('hex'));
  let directory = '';
  let vault: SqliteKeyVault;
  beforeEach(() => {
    directory = temporaryDirectory();
    vault = new SqliteKeyVault(directory, master);
  });
  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  const wrappedOf = (subject: string): Buffer => {
    const database = new Database(join(directory, 'keys.db'), { readonly: true });
    const row = database
      .prepare<[string], { wrapped: Buffer | null }>('SELECT wrapped FROM keys WHERE subject = ?')
      .get(subject);
    database.close();
    if (!row?.wrapped) expect.fail('nothing is wrapped');
    return row.wrapped;
  };

  it('is for its owner alone, with its log, also where it was made otherwise', async () => {
    const modes = (): string[] =>
      readdirSync(directory)
        .sort()
        .map((name) => `${name} ${(statSync(join(directory, name)).mode & 0o777).toString(8)}`);
    const own = ['keys.db 600', 'keys.db-shm 600', 'keys.db-wal 600'];
    const before = process.umask(0);
    try {
      await vault.findOrCreate(childId('lea'));
      expect(modes()).to.deep.equal(own);
      await vault.close();
      chmodSync(join(directory, 'keys.db'), 0o644);
      vault = new SqliteKeyVault(directory, master);
      await vault.findOrCreate(childId('ben'));
      expect(modes()).to.deep.equal(own);
    } finally {
      process.umask(before);
    }
  });

  describe('while another process reads its file', () => {
    let reader: Database.Database;
    beforeEach(async () => {
      await vault.findOrCreate(childId('lea'));
      reader = new Database(join(directory, 'keys.db'), { readonly: true });
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM keys').get();
    });
    afterEach(() => reader.close());

    it('does not wait for it to empty its log, and says that it could not', () => {
      const start = performance.now();
      expect(vault.empty()).to.equal(false);
      expect(performance.now() - start).to.be.below(2_000);
      reader.exec('COMMIT');
      expect(vault.empty()).to.equal(true);
      expect(statSync(join(directory, 'keys.db-wal')).size).to.equal(0);
    });

    it('tells of an erasure once no byte of the key is left, and answers others until then', async () => {
      const wrapped = wrappedOf(childId('lea'));
      let isTold = false;
      const forgotten = vault.forget(childId('lea')).then(() => (isTold = true));
      expect(await vault.find(childId('lea'))).to.equal('forgotten');
      expect(await vault.findOrCreate(childId('ben'))).to.be.instanceOf(Uint8Array);
      expect(isTold).to.equal(false);
      expect(filesIn(directory).includes(wrapped)).to.equal(true);
      reader.exec('COMMIT');
      await forgotten;
      expect(filesIn(directory).includes(wrapped)).to.equal(false);
    });

    it('never tells of an erasure that it could not end', async () => {
      await vault.close();
      vault = new SqliteKeyVault(directory, master, 1);
      const error = await vault.forget(childId('lea')).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(StoreUnavailableError);
      reader.exec('COMMIT');
      await vault.forget(childId('lea'));
    });
  });

  it('leaves no byte of a forgotten key in its files, not even wrapped', async () => {
    const lea = childId('lea');
    const crowd = Array.from({ length: 40 }, (_, n) => childId(`child-${n}`));
    for (const person of [...crowd.slice(0, 20), lea, ...crowd.slice(20)])
      await vault.findOrCreate(person);
    const wrapped = wrappedOf(lea);
    const pieces = [wrapped.subarray(0, 16), wrapped.subarray(-16), wrapped.subarray(24, 40)];
    for (const piece of pieces) expect(filesIn(directory).includes(piece)).to.equal(true);
    await vault.forget(lea);
    for (const piece of pieces) expect(filesIn(directory).includes(piece)).to.equal(false);
    await vault.close();
    for (const piece of pieces) expect(filesIn(directory).includes(piece)).to.equal(false);
  });
});
