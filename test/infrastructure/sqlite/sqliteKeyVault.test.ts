import { expect } from 'chai';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import {
  SqliteKeyVault,
  WrongMasterKeyError,
} from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { childId } from '../../support/townFacts.ts';

const lea = childId('lea');
const ben = childId('ben');

describe('the SQLite key vault', () => {
  const master = MasterKey.parse(randomBytes(32).toString('hex'));
  let directory = '';
  const opened: SqliteKeyVault[] = [];
  const open = (key = master): SqliteKeyVault => {
    const vault = new SqliteKeyVault(directory, key);
    opened.push(vault);
    return vault;
  };
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-vault-'))));
  afterEach(async () => {
    for (const vault of opened.splice(0)) await vault.close();
    rmSync(directory, { recursive: true });
  });
  const reopened = async (vault: SqliteKeyVault): Promise<SqliteKeyVault> => {
    await vault.close();
    return open();
  };
  const bytesOf = (key: unknown): string => {
    if (!(key instanceof Uint8Array)) expect.fail(`no key: ${String(key)}`);
    return Buffer.from(key).toString('hex');
  };
  /** Everything that stands in the vault's files, main file and write-ahead log. */
  const files = (): Buffer =>
    Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));
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
    const before = process.umask(0);
    try {
      const vault = open();
      await vault.findOrCreate(lea);
      expect(modes()).to.deep.equal(['keys.db 600', 'keys.db-shm 600', 'keys.db-wal 600']);
      await vault.close();
      chmodSync(join(directory, 'keys.db'), 0o644);
      await open().findOrCreate(ben);
      expect(modes()).to.deep.equal(['keys.db 600', 'keys.db-shm 600', 'keys.db-wal 600']);
    } finally {
      process.umask(before);
    }
  });

  it('makes one key of 32 bytes per person, and keeps it', async () => {
    const vault = open();
    expect(vault.peek(lea)).to.equal(undefined);
    expect(await vault.find(lea)).to.equal(undefined);
    const made = bytesOf(await vault.findOrCreate(lea));
    expect(made).to.have.length(64);
    expect(bytesOf(await vault.findOrCreate(lea))).to.equal(made);
    expect(bytesOf(vault.peek(lea))).to.equal(made);
    expect(bytesOf(await vault.findOrCreate(ben))).to.not.equal(made);
    const again = await reopened(vault);
    expect(again.peek(lea)).to.equal(undefined);
    expect(bytesOf(await again.find(lea))).to.equal(made);
    expect(bytesOf(again.peek(lea))).to.equal(made);
  });

  it('writes no key in clear', async () => {
    const vault = open();
    const key = Buffer.from(bytesOf(await vault.findOrCreate(lea)), 'hex');
    expect(files().includes(key)).to.equal(false);
    expect(files().includes(key.toString('hex'))).to.equal(false);
    await vault.close();
    expect(files().includes(key)).to.equal(false);
  });

  it('answers two who ask at once with one key', async () => {
    const [one, other] = [open(), open()];
    const keys = await Promise.all([
      one.findOrCreate(lea),
      other.findOrCreate(lea),
      one.findOrCreate(lea),
    ]);
    expect(new Set(keys.map(bytesOf)).size).to.equal(1);
  });

  it('forgets a person for good', async () => {
    const vault = open();
    await vault.findOrCreate(lea);
    const kept = bytesOf(await vault.findOrCreate(ben));
    await vault.forget(lea);
    const again = await reopened(vault);
    expect(await again.find(lea)).to.equal('forgotten');
    expect(await again.findOrCreate(lea)).to.equal('forgotten');
    expect(bytesOf(await again.find(ben))).to.equal(kept);
  });

  it('forgets at once, again, and also whom it never knew', async () => {
    const vault = open();
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

  it('leaves no byte of a forgotten key in its files, not even wrapped', async () => {
    const vault = open();
    const crowd = Array.from({ length: 40 }, (_, n) => childId(`child-${n}`));
    for (const person of [...crowd.slice(0, 20), lea, ...crowd.slice(20)])
      await vault.findOrCreate(person);
    const wrapped = wrappedOf(lea);
    const pieces = [wrapped.subarray(0, 16), wrapped.subarray(-16), wrapped.subarray(24, 40)];
    for (const piece of pieces) expect(files().includes(piece)).to.equal(true);
    await vault.forget(lea);
    for (const piece of pieces) expect(files().includes(piece)).to.equal(false);
    await vault.close();
    for (const piece of pieces) expect(files().includes(piece)).to.equal(false);
  });

  it('loses the one key whose bytes were damaged, and no other', async () => {
    const vault = open();
    await vault.findOrCreate(lea);
    const kept = bytesOf(await vault.findOrCreate(ben));
    await vault.close();
    const database = new Database(join(directory, 'keys.db'));
    database.prepare('UPDATE keys SET wrapped = ? WHERE subject = ?').run(randomBytes(60), lea);
    database.close();
    const again = open();
    expect(await again.find(lea)).to.equal(undefined);
    expect(bytesOf(await again.find(ben))).to.equal(kept);
  });

  it('refuses another master key, and changes nothing', async () => {
    const vault = open();
    const key = bytesOf(await vault.findOrCreate(lea));
    await vault.close();
    const digest = () => createHash('sha256').update(readFileSync(join(directory, 'keys.db')));
    const before = digest().digest('hex');
    const wrong = MasterKey.parse(randomBytes(32).toString('hex'));
    expect(() => open(wrong)).to.throw(WrongMasterKeyError);
    expect(digest().digest('hex')).to.equal(before);
    expect(bytesOf(await open().find(lea))).to.equal(key);
  });
});
