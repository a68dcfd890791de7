import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { bundledChild } from '../support/crash/bundledChild.ts';
import { crashKey, placesPerSession } from '../support/crash/crashTown.ts';
import { expectNoneOverbooked, expectWhole, readBooks } from '../support/crash/keptBooks.ts';
import { killRepeatedly, runUntilKilled } from '../support/crash/killedRuns.ts';
import { counted, lasted, publishFigures } from '../support/faults/figures.ts';

const kills = 50;

describe('a portal killed under load', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portail-kill-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it(`keeps every acknowledged command whole through ${kills} kills, and overbooks nothing`, async () => {
    const script = await bundledChild(
      { bookUntilKilled: 'test/support/crash/bookUntilKilled.ts' },
      { external: ['better-sqlite3'] },
    );
    const { acknowledged, longestStartMs } = await killRepeatedly(kills, () =>
      runUntilKilled(script, [directory], 400),
    );

    const store = openSqliteEventStore({ directory, mode: 'write' });
    const vault = new SqliteKeyVault(directory, MasterKey.parse(crashKey));
    const kept = await readBooks(store, vault).finally(async () => {
      await store.close();
      await vault.close();
    });
    expect(acknowledged.size).to.be.greaterThan(kills);
    expectWhole(kept, acknowledged);
    expectNoneOverbooked(kept, placesPerSession);
    publishFigures({
      name: 'killedUnderLoad',
      fault: `${kills} arrêts brutaux (SIGKILL) sous charge`,
      stores: 'SQLite',
      figures: [
        ['demandes acquittées', counted(acknowledged.size, 'demande')],
        ['perdues ou incomplètes', '0'],
        ['séances surréservées', '0'],
        ['redémarrage le plus long', lasted(longestStartMs)],
      ],
    });
  }).timeout(150_000);
});
