import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey, WrongMasterKeyError } from '../../src/infrastructure/crypto/masterKey.ts';
import { openEmbeddedStores } from '../../src/infrastructure/embeddedStores.ts';
import { DataDirectoryInUseError } from '../../src/infrastructure/sqlite/dataFileErrors.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { failure } from '../support/portalProcess.ts';
import { capturedLog } from '../support/testPortal.ts';

describe('the stores of one machine', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-magasins-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const master = (digits: string) => MasterKey.parse(digits.repeat(32));
  const open = (masterKey = master('8f')) =>
    openEmbeddedStores({ dataDirectory: directory, masterKey }, capturedLog().log);

  it('touch neither keys nor read models of a directory that another portal writes', async () => {
    const other = openSqliteEventStore({ directory, mode: 'write' });
    expect(await failure(open())).to.be.instanceOf(DataDirectoryInUseError);
    const names = readdirSync(directory).filter((name) => /^(keys|read-models)/.test(name));
    expect(names).to.deep.equal([]);
    await other.close();
  });

  it('give the directory back when one of them can’t be opened', async () => {
    await new SqliteKeyVault(directory, master('8f')).close();
    expect(await failure(open(master('7e')))).to.be.instanceOf(WrongMasterKeyError);
    await openSqliteEventStore({ directory, mode: 'write' }).close();
  });
});
