import Database from 'better-sqlite3';
import { expect } from 'chai';
import {
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ReadModelSpec,
  ReadModelStore,
} from '../../../src/application/ports/readModelStore.ts';
import type { SetAside } from '../../../src/infrastructure/sqlite/readModelConnection.ts';
import { selectWhere } from '../../../src/infrastructure/sqlite/readModelTable.ts';
import { checkQuery } from '../../../src/infrastructure/readModels/checkedQuery.ts';
import { openSqliteReadModelStore } from '../../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { readModelStoreContract } from '../../contract/readModelStoreContract.ts';
import { rebuildEqualsLive } from '../../contract/rebuildEqualsLive.ts';

const newDirectory = async (): Promise<string> => mkdtemp(join(tmpdir(), 'read-models-'));

readModelStoreContract('sqlite', async () => {
  const directory = await newDirectory();
  const reader = openSqliteReadModelStore({ directory, mode: 'read' });
  const writer = openSqliteReadModelStore({ directory, mode: 'write' });
  return {
    writer,
    reader,
    async stop() {
      await reader.close();
      await writer.close();
      await rm(directory, { recursive: true });
    },
  };
});

describe('sqlite read-model store', () => {
  const menus: ReadModelSpec = { name: 'menus', version: 1, indexes: ['day', 'school'] };
  let directory: string;
  let file: string;
  let asides: SetAside[];
  const opened: ReadModelStore[] = [];

  beforeEach(async () => {
    directory = await newDirectory();
    file = join(directory, 'read-models.db');
    asides = [];
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(directory, { recursive: true });
  });

  const open = (mode: 'read' | 'write'): ReadModelStore => {
    const onSetAside = (event: SetAside) => asides.push(event);
    const store = openSqliteReadModelStore({ directory, mode, onSetAside });
    opened.push(store);
    return store;
  };
  const build = async (store: ReadModelStore, count = 1, model = menus): Promise<void> => {
    const writes = Array.from({ length: count }, (_, n) => ({
      id: `menu-${n}`,
      document: { day: '2026-10-05', school: `s${n % 7}`, dishes: 'gratin dauphinois '.repeat(20) },
      position: BigInt(n + 1),
    }));
    await (await store.beside(model, { fresh: true })).commit(writes, 100n);
    await store.swap(model);
  };
  const refusal = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  rebuildEqualsLive(15, async () => {
    const place = await newDirectory();
    const readModels = openSqliteReadModelStore({ directory: place, mode: 'write' });
    return {
      readModels,
      async close() {
        await readModels.close();
        await rm(place, { recursive: true });
      },
    };
  });

  describe('the file', () => {
    it('keeps documents, builds, checkpoints and states when opened again', async () => {
      const first = open('write');
      await build(first, 3);
      await first.setState('menus', 'stopped', '2026-10-05T08:00:00.000Z');
      await (await first.beside(menus)).commit([], 40n);
      await first.close();

      const again = open('write');
      expect(await again.count(menus)).to.equal(3);
      expect(await (await again.live(menus))?.checkpoint()).to.equal(100n);
      expect(await (await again.beside(menus)).checkpoint()).to.equal(40n);
      expect(await again.status()).to.have.length(1);
      expect(asides).to.deep.equal([]);
    });

    it('is for its owner alone, with its log', async () => {
      await build(open('write'));
      for (const one of [file, `${file}-wal`, `${file}-shm`])
        expect(statSync(one).mode & 0o777, one).to.equal(0o600);
    });

    it('is not made by a reader, which answers nothing until the writer makes it', async () => {
      const reader = open('read');
      expect(await reader.find(menus, {})).to.deep.equal([]);
      expect(await reader.status()).to.deep.equal([]);
      expect(existsSync(file)).to.equal(false);
      await build(open('write'));
      expect(await reader.count(menus)).to.equal(1);
    });

    it('is never written by a reader', async () => {
      await build(open('write'));
      const reader = open('read');
      expect(await reader.count(menus)).to.equal(1);
      for (const attempt of [
        reader.live(menus),
        reader.beside(menus),
        reader.swap(menus),
        reader.setState('menus', 'failed', ''),
      ])
        expect(await refusal(attempt)).to.be.instanceOf(Error);
      expect(await reader.count(menus)).to.equal(1);
    });

    it('answers nothing once closed', async () => {
      const store = open('write');
      await store.close();
      expect(await refusal(store.count(menus))).to.be.instanceOf(Error);
      await store.close();
    });

    it('drops the tables of builds that are gone', async () => {
      const store = open('write');
      for (let n = 0; n < 5; n += 1) await build(store);
      await store.beside(menus);
      await store.beside(menus, { fresh: true });
      const database = new Database(file, { readonly: true });
      const tables = database.prepare(
        `SELECT name FROM sqlite_schema WHERE name LIKE 'menus%' AND type = 'table'`,
      );
      expect(tables.pluck().all()).to.have.length(2);
      database.close();
    });

    it('builds anew when the indexed fields changed without a new version', async () => {
      const store = open('write');
      await build(store);
      const wider = { ...menus, indexes: ['day', 'school', 'dishes'] };
      expect(await store.live(wider)).to.equal(undefined);
      expect(await store.find(wider, { where: { dishes: 'x' } })).to.deep.equal([]);
      await build(store, 1, wider);
      expect(await store.find(wider, { where: { day: '2026-10-05' } })).to.have.length(1);
    });

    it('answers queries by its indexes', async () => {
      await build(open('write'), 50);
      const database = new Database(file, { readonly: true });
      const names = database.prepare(
        `SELECT name FROM sqlite_schema WHERE name LIKE 'menus%' AND type = 'table'`,
      );
      const { sql, parameters } = selectWhere(
        `"${String(names.pluck().get())}"`,
        checkQuery(menus, {
          where: { day: { from: '2026', before: '2027' } },
          sortBy: 'day',
          limit: 10,
        }),
      );
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as {
        readonly detail: string;
      }[];
      database.close();
      expect(plan.map(({ detail }) => detail).join()).to.match(/^SEARCH .* USING INDEX .*_day/);
    });
  });

  describe('a file that can not be used is set aside, and said so', () => {
    const expectFresh = async (reason: RegExp): Promise<void> => {
      const store = open('write');
      expect(asides).to.have.length(1);
      expect(asides[0]?.reason).to.match(reason);
      expect(asides[0]?.movedTo).to.equal(`${file}.corrupt-1`);
      expect(existsSync(`${file}.corrupt-1`)).to.equal(true);
      expect(await store.live(menus)).to.equal(undefined);
      await build(store);
      expect(await store.count(menus)).to.equal(1);
      expect(await open('read').count(menus)).to.equal(1);
    };
    const buildAndClose = async (): Promise<void> => {
      const store = open('write');
      await build(store, 400);
      await store.close();
    };

    it('no database at all', async () => {
      writeFileSync(file, 'Bonjour, je ne suis pas une base de données. '.repeat(100));
      expect(await open('read').find(menus, {})).to.deep.equal([]);
      await expectFresh(/damaged/);
      expect(readFileSync(`${file}.corrupt-1`, 'utf8')).to.match(/^Bonjour/);
    });

    it('the database of another program', async () => {
      const foreign = new Database(file);
      foreign.exec('CREATE TABLE recipes (name TEXT)');
      foreign.close();
      expect(await open('read').find(menus, {})).to.deep.equal([]);
      await expectFresh(/not a file of read models/);
    });

    it('a file of a newer portal', async () => {
      await buildAndClose();
      const newer = new Database(file);
      newer.pragma('user_version = 99');
      newer.close();
      expect(await open('read').find(menus, {})).to.deep.equal([]);
      await expectFresh(/format 99/);
    });

    it('a file cut short', async () => {
      await buildAndClose();
      truncateSync(file, Math.floor(statSync(file).size / 2));
      await expectFresh(/cut short|damaged/);
    });

    it('a file whose header is damaged', async () => {
      await buildAndClose();
      const bytes = readFileSync(file);
      bytes.fill(0xff, 0, 40);
      writeFileSync(file, bytes);
      await expectFresh(/damaged/);
    });

    it('keeps each file set aside', async () => {
      for (const n of [1, 2]) {
        writeFileSync(file, `not a database, nor number ${n}`.repeat(50));
        await open('write').close();
        expect(asides.at(-1)?.movedTo).to.equal(`${file}.corrupt-${n}`);
      }
    });

    it('an empty file is only a file not made yet', async () => {
      writeFileSync(file, '');
      expect(await open('read').find(menus, {})).to.deep.equal([]);
      await build(open('write'));
      expect(asides).to.deep.equal([]);
    });

    /** Overwrites every document page, so that only reading a document shows it. */
    const damageDocuments = (): void => {
      const bytes = readFileSync(file);
      let at = -1;
      while ((at = bytes.indexOf('{"day"', at + 1)) >= 0) bytes.write('#', at);
      writeFileSync(file, bytes);
    };

    it('damage found while writing: the writer starts afresh, old writers write nothing', async () => {
      await buildAndClose();
      damageDocuments();
      const store = open('write');
      const reader = open('read');
      const live = await store.live(menus);
      expect(await refusal(live?.load(['menu-3']) ?? Promise.resolve())).to.be.instanceOf(Error);
      expect(asides).to.have.length(1);
      expect(await reader.count(menus)).to.equal(0);
      await build(store);
      const late = { id: 'menu-0', document: { day: 'late' }, position: 200n };
      expect(await refusal(live?.commit([late], 200n) ?? Promise.resolve())).to.be.instanceOf(
        Error,
      );
      expect(await reader.find(menus, { where: { day: 'late' } })).to.deep.equal([]);
      expect(await reader.count(menus)).to.equal(1);
    });

    it('damage found while reading: the writer starts afresh when it next opens the file', async () => {
      await buildAndClose();
      damageDocuments();
      const reader = open('read');
      const error = await refusal(reader.get(menus, 'menu-3'));
      expect(error).to.be.instanceOf(Error);
      expect((error as Error).message).not.to.contain('gratin');
      await expectFresh(/reader/);
      expect(await reader.count(menus)).to.equal(1);
    });
  });

  it('lets a reader see the new file when one took the place of the old', async () => {
    const writer = open('write');
    await build(writer, 3);
    const reader = open('read');
    expect(await reader.count(menus)).to.equal(3);
    await writer.close();
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.old${suffix}`);
    expect(await reader.count(menus)).to.equal(0);
    await build(open('write'), 1);
    expect(await reader.count(menus)).to.equal(1);
  });
});
