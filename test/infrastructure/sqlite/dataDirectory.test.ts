import { expect } from 'chai';
import Database from 'better-sqlite3';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  DataDirectoryInUseError,
  DataFileRefusedError,
  type DataFileRefusal,
} from '../../../src/infrastructure/sqlite/dataFileErrors.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { all, anEvent, appended, idsOf, someEvents } from '../../contract/eventStoreTools.ts';
import { nextLine, startChild, type Child } from './childProcess.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('the data directory of the SQLite event store', function () {
  // Other processes start here, which takes seconds on a busy machine.
  this.timeout(60_000);

  let directory: string;
  let remove: () => void;
  let children: Child[];
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await child.kill();
    remove();
  });

  const file = (): string => join(directory, 'events.db');
  const openToWrite = () => openSqliteEventStore({ directory, mode: 'write' });
  const openToRead = () => openSqliteEventStore({ directory, mode: 'read' });
  const start = async (writers: number): Promise<Child> => {
    const child = startChild('appendUntilKilled.ts', directory, 'a', `${writers}`);
    children.push(child);
    expect(await nextLine(child)).to.equal('ready');
    return child;
  };
  /** A store of 2,000 events, well closed. */
  const written = async (): Promise<void> => {
    const store = openToWrite();
    await appended(store.append('old', someEvents(2_000), 'no-stream'));
    await store.close();
  };

  it('is made when it is missing, for its owner alone', async () => {
    const store = openToWrite();
    await appended(store.append('first', [anEvent()], 'no-stream'));
    const modeOf = (path: string): number => statSync(path).mode & 0o777;
    expect(modeOf(directory)).to.equal(0o700);
    for (const name of readdirSync(directory))
      expect(modeOf(join(directory, name)), name).to.equal(0o600);
    expect(readdirSync(directory)).to.include.members(['events.db', 'events.db-wal', 'lock.db']);
    await store.close();
  });

  it('holds no head before the first event', async () => {
    const store = openToWrite();
    expect(await store.head()).to.equal(undefined);
    await store.close();
  });

  it('leaves no trace of a first start that was interrupted', async () => {
    mkdirSync(directory);
    writeFileSync(`${file()}.new`, 'half a file');
    const store = openToWrite();
    await appended(store.append('first', [anEvent()], 'no-stream'));
    await store.close();
    expect(readdirSync(directory).sort()).to.deep.equal(['events.db', 'lock.db']);
  });

  describe('has one writer', () => {
    it('of this process', async () => {
      const store = openToWrite();
      expect(openToWrite).to.throw(DataDirectoryInUseError, directory);
      await appended(store.append('still', [anEvent()], 'no-stream'));
      await store.close();
      const next = openToWrite();
      expect(await all(next.readStream('still'))).to.have.length(1);
      await next.close();
    });

    it('of all processes, until it is killed', async () => {
      const child = await start(0);
      expect(openToWrite).to.throw(DataDirectoryInUseError, 'déjà ouvert par un autre portail');
      await child.kill();
      const store = openToWrite();
      await appended(store.append('mine', [anEvent()], 'no-stream'));
      await store.close();
    });

    it('and is free again when opening it failed', async () => {
      await written();
      truncateSync(file(), 8_192);
      expect(openToWrite).to.throw(DataFileRefusedError);
      expect(openToWrite).to.throw(DataFileRefusedError);
    });
  });

  describe('refuses, names, and leaves alone', () => {
    const refusal = (open: () => unknown): unknown => {
      try {
        open();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const expectRefusal = (reason: DataFileRefusal): void => {
      const before = readFileSync(file());
      for (const open of [openToWrite, openToRead]) {
        const error = refusal(open);
        expect(error).to.be.instanceOf(DataFileRefusedError);
        expect(error).to.include({ reason, file: file() });
        expect(error).to.have.property('message').that.includes(file());
      }
      expect(readFileSync(file()).equals(before)).to.equal(true);
    };
    const change = (sql: string): void => {
      const database = new Database(file());
      database.exec(sql);
      database.close();
    };

    it('a file of a newer version', async () => {
      await written();
      change('PRAGMA user_version = 2');
      expectRefusal('newer');
    });

    it('the database of another program', () => {
      mkdirSync(directory);
      change('PRAGMA journal_mode = WAL; CREATE TABLE recipes (name TEXT)');
      expectRefusal('foreign');
    });

    it('a file that is no database', () => {
      mkdirSync(directory);
      writeFileSync(file(), 'Recettes de la cantine. '.repeat(100));
      expectRefusal('foreign');
    });

    it('an empty file', () => {
      mkdirSync(directory);
      writeFileSync(file(), '');
      expectRefusal('damaged');
    });

    it('a file cut short, be it by a page or within one', async () => {
      await written();
      const { size } = statSync(file());
      for (const left of [size - 4_096, size - 5_000, size / 2, 4_096, 600]) {
        truncateSync(file(), Math.floor(left));
        expectRefusal('damaged');
      }
    });

    it('a file cut short beside the WAL of a crash', async () => {
      await written();
      const child = await start(4);
      for (let line = 0; line < 20; line += 1) await nextLine(child);
      await child.kill();
      const wal = readFileSync(`${file()}-wal`);
      expect(wal.length).to.be.greaterThan(0);
      truncateSync(file(), Math.floor(statSync(file()).size / 2));
      expectRefusal('damaged');
      expect(readFileSync(`${file()}-wal`).equals(wal)).to.equal(true);
    });

    it('a file cut short beside the WAL of a crash, where nobody looks at first', async () => {
      await written();
      const store = openToWrite();
      await appended(store.append('big', [anEvent('x'.repeat(500_000))], 'no-stream'));
      await appended(store.append('small', [anEvent()], 'no-stream'));
      await store.close();
      const child = await start(4);
      for (let line = 0; line < 20; line += 1) await nextLine(child);
      await child.kill();
      truncateSync(file(), statSync(file()).size - 20 * 4_096);
      expectRefusal('damaged');
    });

    it('a file whose tables are unreadable', async () => {
      await written();
      const bytes = readFileSync(file());
      bytes.fill(0xff, 100, 4_096);
      writeFileSync(file(), bytes);
      expectRefusal('damaged');
    });

    it('a file that no longer says how far its index goes', async () => {
      await written();
      const database = new Database(file());
      database.exec('DELETE FROM stream_index_progress');
      database.close();
      expectRefusal('damaged');
    });

    it('the loss of the file beside its WAL', async () => {
      await written();
      const child = await start(1);
      await nextLine(child);
      await child.kill();
      rmSync(file());
      const error = refusal(openToWrite);
      expect(error).to.include({ reason: 'missing', file: file() });
      expect(existsSync(file())).to.equal(false);
    });

    it('a reader where nothing was written yet', () => {
      expect(refusal(openToRead)).to.include({ reason: 'missing', file: file() });
      expect(existsSync(directory)).to.equal(false);
    });
  });

  it('takes back a copy made by VACUUM INTO, and writes it as before', async () => {
    await written();
    const copy = join(directory, 'copy.db');
    const database = new Database(file());
    database.prepare('VACUUM INTO ?').run(copy);
    database.close();
    renameSync(copy, file());
    const store = openToWrite();
    await appended(store.append('old', [anEvent()], 1_999n));
    const reader = openToRead();
    expect(await all(reader.readStream('old'))).to.have.length(2_001);
    expect(readdirSync(directory)).to.include('events.db-wal');
    await reader.close();
    await store.close();
  });

  it('takes the WAL of a crash as what it is: the end of the log', async () => {
    const child = await start(4);
    const acknowledged: string[] = [];
    for (let line = 0; line < 50; line += 1)
      acknowledged.push(...(await nextLine(child)).split(' ').slice(1));
    await child.kill();
    const reader = openToRead();
    expect(idsOf(await all(reader.readAll()))).to.include.members(acknowledged);
    await reader.close();
    const store = openToWrite();
    expect(idsOf(await all(store.readAll()))).to.include.members(acknowledged);
    await store.close();
  });
});
