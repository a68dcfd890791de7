import Database from 'better-sqlite3';
import { expect } from 'chai';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { walEndsWhole } from '../../../src/infrastructure/sqlite/walFile.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('the write-ahead log that a crash leaves', () => {
  let remove: () => void;
  let file: string;
  let wal: string;
  beforeEach(() => {
    const made = temporaryDirectory();
    remove = made.remove;
    mkdirSync(made.directory);
    file = join(made.directory, 'left.db');
    wal = `${file}-wal`;
    const database = new Database(join(made.directory, 'open.db'));
    // The largest, so that what follows is read in few pieces.
    database.pragma('page_size = 65536');
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE kept (text TEXT)');
    for (let count = 0; count < 5; count += 1)
      database.prepare('INSERT INTO kept VALUES (?)').run('x'.repeat(9_000));
    copyFileSync(join(made.directory, 'open.db-wal'), wal);
    database.close();
  });
  afterEach(() => remove());

  it('ends after a whole transaction, or is not there at all', () => {
    expect(walEndsWhole(file)).to.equal(true);
    expect(walEndsWhole(`${file}-other`)).to.equal(true);
  });

  it('is broken when one byte of it has changed, or its last transaction is torn', () => {
    const whole = readFileSync(wal);
    for (const at of [0, 9, 20, 40, 60, 5_000, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
      writeFileSync(wal, damaged);
      expect(walEndsWhole(file), `byte ${at}`).to.equal(false);
    }
    writeFileSync(wal, whole);
    truncateSync(wal, whole.length - 1);
    expect(walEndsWhole(file)).to.equal(false);
  });

  it('may be longer than what a process can hold at once', function () {
    this.timeout(30_000);
    // Without bytes of its own, that end takes no room on the disk.
    truncateSync(wal, 2 ** 31 + statSync(wal).size);
    expect(walEndsWhole(file)).to.equal(true);
  });
});
