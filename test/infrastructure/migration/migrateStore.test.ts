import { expect } from 'chai';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MasterKey, WrongMasterKeyError } from '../../../src/infrastructure/crypto/masterKey.ts';
import {
  MigrationError,
  type MigrationCode,
} from '../../../src/infrastructure/migration/migrationError.ts';
import {
  migrateStore,
  type MigrationProgress,
} from '../../../src/infrastructure/migration/migrateStore.ts';
import type { MigrationSide } from '../../../src/infrastructure/migration/migrationSide.ts';
import { migrateTo } from '../../../src/infrastructure/migration/migrateTo.ts';
import { DataDirectoryInUseError } from '../../../src/infrastructure/sqlite/dataFileErrors.ts';
import { openHistory } from '../../../src/infrastructure/sqlite/history.ts';
import { verifyHistory } from '../../../src/infrastructure/verifyHistory.ts';
import { anEvent, failureOf } from '../../contract/eventStoreTools.ts';
import { describeOnMongo } from '../../support/mongo.ts';
import { childId } from '../../support/townFacts.ts';
import { HistoryWriter, someActs, type Act } from './chainedHistory.ts';
import { appending, breakingOff, cutOffAt } from './failingSides.ts';
import {
  contentOf,
  contentOnce,
  fillDirectory,
  masterKey,
  openPlaces,
  type Places,
} from './places.ts';

const lea = childId('lea');
const ben = childId('ben');

const expectCode = (error: unknown, code: MigrationCode): void => {
  expect(error).to.be.instanceOf(MigrationError);
  expect(error).to.include({ code });
  expect(error).to.have.property('message').that.includes(`[${code}]`);
};

describeOnMongo('a store that moves', () => {
  let here: Places;
  const open: MigrationSide[] = [];
  beforeEach(async () => (here = await openPlaces()));
  afterEach(async () => {
    for (const side of open.splice(0)) await side.close();
    await here.dispose();
  });
  const held = async (side: Promise<MigrationSide>): Promise<MigrationSide> => {
    open.push(await side);
    return side;
  };
  const closeAll = async (): Promise<void> => {
    for (const side of open.splice(0)) await side.close();
  };
  const fill = (acts: readonly Act[] = someActs(30)) => fillDirectory(here.directory, acts);
  const toServers = () => migrateTo('eventstoredb', here.places);
  const toFiles = (dataDirectory = here.otherDirectory) =>
    migrateTo('sqlite', { ...here.places, dataDirectory });

  it('brings every event and key to the servers and back, byte for byte and in order', async () => {
    await fill();
    const before = await contentOnce(here.files('source'));
    const there = await toServers();
    expect(there).to.deep.equal({
      events: before.events.length,
      streams: 4,
      keys: 2,
      forgotten: 1,
      resumedAfter: 0,
    });
    expect(await contentOnce(here.servers())).to.deep.equal(before);
    expect(await toFiles()).to.deep.equal(there);
    expect(await contentOnce(here.files('source', here.otherDirectory))).to.deep.equal(before);
    expect(await verifyHistory(here.otherDirectory)).to.deep.equal({
      streams: 4,
      events: before.events.length,
      faults: [],
    });
  });

  it('leaves who was forgotten forgotten, and opens the keys of the others', async () => {
    await fill();
    await toServers();
    await toFiles();
    const options = { directory: here.otherDirectory, masterKey, onTrouble: () => undefined };
    const history = await openHistory(options);
    expect(await history.vault.find(lea)).to.be.instanceOf(Uint8Array);
    expect(await history.vault.findOrCreate(ben)).to.equal('forgotten');
    await history.close();
  });

  it('comes back over the directory that it left, with what happened since', async () => {
    await fill();
    await toServers();
    const servers = await held(here.servers());
    const writer = new HistoryWriter(servers.events);
    await writer.write({ stream: 'child-new', data: ['{"since":true}'] });
    await servers.keys.import([{ subject: lea, wrapped: null }]);
    const now = await contentOf(servers);
    await closeAll();
    const back = await toFiles(here.directory);
    expect(back.resumedAfter).to.equal(back.events - 1);
    expect(await contentOnce(here.files('source'))).to.deep.equal(now);
    expect((await verifyHistory(here.directory)).faults).to.deep.equal([]);
  });

  it('appends consecutive events of one stream together, as large as every store takes', async () => {
    const large = `"${'é'.repeat(249_999)}"`;
    await fill([
      { stream: 'child-1', data: ['{}', '{}'] },
      { stream: 'child-1', data: ['{}'] },
      { stream: 'child-2', data: [large, large] },
      { stream: 'child-2', data: [large] },
      { stream: 'child-1', data: ['{}'] },
    ]);
    const appends: [string, number][] = [];
    const target = await held(here.servers());
    const noted = appending(target, (append) => (stream, events, expected) => {
      appends.push([stream, events.length]);
      return append(stream, events, expected);
    });
    await migrateStore({ source: await held(here.files('source')), target: noted });
    expect(appends).to.deep.equal([
      ['child-1', 3],
      ['child-2', 2],
      ['child-2', 1],
      ['child-1', 1],
    ]);
  });

  it('tells how far it is, from where it goes on to the end', async () => {
    await fill(someActs(900));
    const source = await held(here.files('source'));
    const target = await held(here.servers());
    const told: MigrationProgress[] = [];
    const failing = cutOffAt(target, 400, 'before');
    await failureOf(migrateStore({ source, target: failing, onProgress: (p) => told.push(p) }));
    expect(told[0]).to.include({ done: 0, total: 1_800 });
    expect(told.at(-1)!.done).to.be.within(500, 1_700);
    told.length = 0;
    const { resumedAfter } = await migrateStore({
      source,
      target,
      onProgress: (p) => told.push(p),
    });
    expect(resumedAfter).to.be.greaterThan(500);
    expect(told[0]).to.include({ done: resumedAfter });
    expect(told.at(-1)).to.include({ done: 1_800, total: 1_800 });
    const dones = told.map(({ done }) => done);
    expect(dones).to.deep.equal([...new Set(dones)].sort((a, b) => a - b));
  });

  for (const direction of ['eventstoredb', 'sqlite'] as const)
    for (const moment of ['before', 'after'] as const)
      it(`goes on after it was cut off anywhere ${moment} a write, towards ${direction}`, async () => {
        await fill();
        if (direction === 'sqlite') await toServers();
        const sides = async (): Promise<[MigrationSide, MigrationSide]> =>
          direction === 'sqlite'
            ? [await held(here.servers()), await held(here.files('target', here.otherDirectory))]
            : [await held(here.files('source')), await held(here.servers())];
        // Each run gets a little further than the one before, and everything is opened anew.
        for (const write of [0, 0, 1, 2, 5, 1]) {
          const [source, target] = await sides();
          const failing = cutOffAt(target, write, moment);
          const error = await failureOf(migrateStore({ source, target: failing }));
          expect(error).to.have.property('message', 'cut off');
          await closeAll();
        }
        const [source, target] = await sides();
        const { resumedAfter, events } = await migrateStore({ source, target });
        expect(resumedAfter).to.be.greaterThan(0).and.below(events);
        expect(await contentOf(target)).to.deep.equal(await contentOf(source));
        await closeAll();
        if (direction === 'sqlite')
          expect((await verifyHistory(here.otherDirectory)).faults).to.deep.equal([]);
      });

  it('only compares when all is there already, and finds it equal', async () => {
    await fill();
    await toServers();
    const { appends } = here.cluster.faults.seen;
    const again = await toServers();
    expect(again.resumedAfter).to.equal(again.events);
    expect(here.cluster.faults.seen.appends).to.equal(appends);
  });

  it('forgets in the target who was forgotten in the source between two runs', async () => {
    await fill();
    const target = await held(here.servers());
    const source = await held(here.files('source'));
    await failureOf(migrateStore({ source, target: cutOffAt(target, 3, 'after') }));
    await source.keys.import([{ subject: lea, wrapped: null }]);
    const { forgotten } = await migrateStore({ source, target });
    expect(forgotten).to.equal(2);
    expect((await contentOf(target)).keys.map(({ wrapped }) => wrapped)).to.deep.equal([
      null,
      null,
    ]);
  });

  it('goes on through dropped connections and lost answers by itself', async () => {
    await fill();
    here.cluster.faults.lostAnswers = 2;
    here.cluster.faults.lostAppends = 2;
    await toServers();
    expect(await contentOnce(here.servers())).to.deep.equal(
      await contentOnce(here.files('source')),
    );
  });

  it('discards read models of another log, and nothing else', async () => {
    await fill();
    const { db } = here.mongo;
    for (const name of ['read-models', 'agenda_v1_g3', 'leases'])
      await db.collection(name).insertOne({ content: name });
    await toServers();
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name);
    expect(names).to.have.members(['keys', 'leases']);
    await toFiles();
    const models = join(here.otherDirectory, 'read-models.db');
    writeFileSync(models, 'of this very log');
    await toFiles();
    expect(existsSync(models)).to.equal(true);
  });

  describe('is refused, and nothing is written, when', () => {
    const refused = async (run: Promise<unknown>, code: MigrationCode): Promise<string> => {
      const error = await failureOf(run);
      expectCode(error, code);
      return (error as MigrationError).message;
    };
    const serverEvents = async () => (await contentOnce(here.servers())).events;

    it('the source is not there', async () => {
      await refused(toServers(), 'MIGRATION.SOURCE_EMPTY');
      expect(existsSync(here.directory)).to.equal(false);
      await refused(toFiles(), 'MIGRATION.SOURCE_EMPTY');
    });

    it('the source holds no event', async () => {
      await fill([]);
      await refused(toServers(), 'MIGRATION.SOURCE_EMPTY');
      expect((await contentOnce(here.servers())).keys).to.deep.equal([]);
    });

    it('the target holds another history', async () => {
      await fill();
      const servers = await held(here.servers());
      await new HistoryWriter(servers.events).write({ stream: 'child-x', data: ['{}'] });
      const before = await contentOf(servers);
      const message = await refused(toServers(), 'MIGRATION.TARGET_FOREIGN');
      expect(message).to.include('flux child-x, événement 0').and.include('\u00a0:');
      expect(await contentOf(servers)).to.deep.equal(before);
    });

    it('the target has one byte other than the source, of the same length', async () => {
      await fill();
      const source = await held(here.files('source'));
      const target = await held(here.servers());
      const altered = appending(
        target,
        (append) => (stream, events, expected) =>
          append(
            stream,
            events.map((e) => ({ ...e, data: e.data.replace('act', 'cat') })),
            expected,
          ),
      );
      const error = await failureOf(migrateStore({ source, target: altered }));
      expectCode(error, 'MIGRATION.COPY_DIFFERS');
      await refused(migrateStore({ source, target }), 'MIGRATION.TARGET_FOREIGN');
    });

    it('the target goes on after the end of the source', async () => {
      await fill();
      await toServers();
      const servers = await held(here.servers());
      await new HistoryWriter(servers.events).write({ stream: 'child-x', data: ['{}'] });
      await refused(toServers(), 'MIGRATION.TARGET_AHEAD');
    });

    it('the target has keys of its own', async () => {
      await fill();
      const servers = await held(here.servers());
      const other = { subject: 'child-x', wrapped: masterKey.wrap('child-x', randomBytes(32)) };
      await servers.keys.import([other]);
      await refused(toServers(), 'MIGRATION.KEYS_FOREIGN');
      await servers.keys.import([{ subject: 'child-x', wrapped: null }]);
      const lost = { subject: lea, wrapped: masterKey.wrap(lea, randomBytes(32)) };
      await servers.keys.import([lost]);
      await refused(toServers(), 'MIGRATION.KEYS_FOREIGN');
      expect(await serverEvents()).to.deep.equal([]);
    });

    it('the master key is not that of the source, or of the target', async () => {
      await fill();
      const other = { ...here.places, masterKey: MasterKey.parse('1f'.repeat(32)) };
      const error = await failureOf(migrateTo('eventstoredb', other));
      expect(error).to.be.instanceOf(WrongMasterKeyError);
      await toServers();
      const towardsFiles = { ...other, dataDirectory: here.otherDirectory };
      const back = await failureOf(migrateTo('sqlite', towardsFiles));
      expect(back).to.be.instanceOf(WrongMasterKeyError);
      expect(existsSync(here.otherDirectory)).to.equal(false);
    });

    it('a portal has the directory open', async () => {
      await fill();
      await held(here.files('source'));
      expect(await failureOf(toServers())).to.be.instanceOf(DataDirectoryInUseError);
      expect(await serverEvents()).to.deep.equal([]);
    });

    it('the files of the source lost their end', async () => {
      await fill();
      change(`DELETE FROM stream_index WHERE position = 60; DELETE FROM events WHERE position = 60;
              UPDATE stream_index_progress SET through = 59`);
      expect(await failureOf(toServers())).to.include({ reason: 'cut' });
      expect(await serverEvents()).to.deep.equal([]);
    });

    it('an event of the source was altered', async () => {
      await fill();
      change("UPDATE events SET data = '{}' WHERE position = 30");
      const message = await refused(toServers(), 'MIGRATION.SOURCE_DAMAGED');
      expect(message).to.match(/flux reservation-\d, événement \d+/);
      expect(await serverEvents()).to.deep.equal([]);
    });
  });

  it('says which side does not answer, and goes on when it does', async () => {
    await fill();
    const [source, target] = [await held(here.files('source')), await held(here.servers())];
    here.cluster.faults.denied = true;
    const error = await failureOf(migrateStore({ source, target }));
    expectCode(error, 'MIGRATION.UNAVAILABLE');
    expect(error).to.have.property('message').that.includes('EventStoreDB et MongoDB');
    here.cluster.faults.denied = false;
    await migrateStore({ source, target });
    const servers = { ...here.places.servers, mongoUrl: 'mongodb://127.0.0.1:1/portail' };
    const unreached = await failureOf(
      migrateTo('sqlite', { ...here.places, dataDirectory: here.otherDirectory, servers }),
    );
    expectCode(unreached, 'MIGRATION.UNAVAILABLE');
    expect(existsSync(here.otherDirectory)).to.equal(false);
  });

  it('goes on after the source broke off half-way', async () => {
    await fill();
    const [source, target] = [await held(here.files('source')), await held(here.servers())];
    for (const events of [0, 7, 20]) {
      const error = await failureOf(migrateStore({ source: breakingOff(source, events), target }));
      expect(error).to.have.property('message', 'broken off');
    }
    expect((await migrateStore({ source, target })).resumedAfter).to.be.within(20, 27);
    expect(await contentOf(target)).to.deep.equal(await contentOf(source));
  });

  it('says so when the source grew meanwhile, and takes the rest when run again', async () => {
    await fill();
    const source = await held(here.files('source'));
    const target = await held(here.servers());
    const writer = new HistoryWriter(source.events);
    let late = true;
    const meanwhile = appending(target, (append) => async (stream, events, expected) => {
      if (late) await writer.write({ stream: 'child-late', data: ['{}'] });
      late = false;
      return append(stream, events, expected);
    });
    const error = await failureOf(migrateStore({ source, target: meanwhile }));
    expectCode(error, 'MIGRATION.SOURCE_CHANGED');
    await migrateStore({ source, target });
    expect(await contentOf(target)).to.deep.equal(await contentOf(source));
  });

  it('stops when somebody else writes in the target', async () => {
    await fill();
    const source = await held(here.files('source'));
    const target = await held(here.servers());
    let first = true;
    const disputed = appending(target, (append) => async (stream, events, expected) => {
      if (first) await append(stream, [anEvent()], 'any');
      first = false;
      return append(stream, events, expected);
    });
    const error = await failureOf(migrateStore({ source, target: disputed }));
    expectCode(error, 'MIGRATION.TARGET_CHANGED');
  });

  it('brings any history there and back', async () => {
    const act = fc.record({
      stream: fc.constantFrom('child-1', 'family-é', 'reservation-a-2025-09-01', 'x'),
      data: fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 4 }),
    });
    const cutAt = fc.nat({ max: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 1, maxLength: 12 }),
        cutAt,
        fc.array(fc.boolean(), { maxLength: 8 }),
        async (acts, cut, people) => {
          const places = await openPlaces();
          try {
            await fillDirectory(places.directory, acts);
            const source = await places.files('source');
            await source.keys.import(
              people.map((known, n) => ({
                subject: `child-${n}`,
                wrapped: known ? masterKey.wrap(`child-${n}`, randomBytes(32)) : null,
              })),
            );
            const before = await contentOf(source);
            const target = await places.servers();
            await migrateStore({ source, target: cutOffAt(target, cut, 'after') }).catch(
              () => undefined,
            );
            await source.close();
            await target.close();
            await migrateTo('eventstoredb', places.places);
            await migrateTo('sqlite', { ...places.places, dataDirectory: places.otherDirectory });
            const back = await contentOnce(places.files('source', places.otherDirectory));
            expect(back).to.deep.equal(before);
          } finally {
            await places.dispose();
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  const change = (sql: string): void => {
    const database = new Database(join(here.directory, 'events.db'));
    database.exec(sql);
    database.close();
  };
});
