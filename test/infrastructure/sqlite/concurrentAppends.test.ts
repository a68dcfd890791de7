import { expect } from 'chai';
import type Database from 'better-sqlite3';
import {
  StoreUnavailableError,
  type EventToAppend,
} from '../../../src/application/ports/eventStore.ts';
import {
  makeDataDirectory,
  makeEventsFile,
  openEventsFile,
} from '../../../src/infrastructure/sqlite/eventsFile.ts';
import { SqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { verifyIntegrity } from '../../../src/infrastructure/sqlite/verifyIntegrity.ts';
import {
  all,
  anEvent,
  appended,
  failureOf,
  idsOf,
  someEvents,
} from '../../contract/eventStoreTools.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('concurrent appends to the SQLite event store', () => {
  let directory: string;
  let remove: () => void;
  let database: Database.Database;
  let store: SqliteEventStore;
  let troubles: unknown[];
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    makeDataDirectory(directory);
    makeEventsFile(directory);
    database = openEventsFile(directory, 'write');
    troubles = [];
    store = new SqliteEventStore(database, {
      lock: { release: () => undefined },
      onTrouble: (error) => troubles.push(error),
    });
  });
  afterEach(async () => {
    await store.close();
    expect(verifyIntegrity(directory)).to.deep.equal([]);
    expect(troubles).to.deep.equal([]);
    remove();
  });

  const streams = Array.from({ length: 64 }, (_, index) => `stream-${index}`);
  const appendToAll = () =>
    Promise.allSettled(streams.map((stream) => store.append(stream, [anEvent()], 'no-stream')));

  it('leave one that conflicts alone', async () => {
    await appended(store.append('stream-7', someEvents(2), 'no-stream'));
    const results = await appendToAll();
    results.forEach((result, index) =>
      expect(result).to.have.nested.property('value.kind', index === 7 ? 'conflict' : 'appended'),
    );
    expect(await all(store.readAll())).to.have.length(2 + 63);
  });

  it('leave one that can not be written alone, with what it had begun', async () => {
    const half = [anEvent('whole'), { ...anEvent(), data: undefined as never }];
    // Its size can't be told either, so it is given one.
    Object.defineProperty(half[1], 'data', { get: unreadableOnce() });
    const others = ['before', 'after'].map((stream) => [stream, someEvents(2)] as const);
    const [first, failed, last] = await Promise.allSettled([
      store.append(...others[0]!, 'no-stream'),
      store.append('half', half, 'no-stream'),
      store.append(...others[1]!, 'no-stream'),
    ]);
    expect(failed).to.have.property('status', 'rejected');
    expect([first, last].map((result) => result.status)).to.deep.equal(['fulfilled', 'fulfilled']);
    expect(idsOf(await all(store.readAll()))).to.deep.equal(
      others.flatMap(([, events]) => idsOf(events)),
    );
    await appended(store.append('half', someEvents(2), 'no-stream'));
  });

  it('leave one that the database refuses alone, with what it had begun', async () => {
    database.exec(`CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.events WHEN new.type = 'Refused'
                   BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    const [first, failed, last] = await Promise.allSettled([
      store.append('before', [anEvent()], 'no-stream'),
      store.append('half', [anEvent(), anEvent({}, 'Refused')], 'no-stream'),
      store.append('after', [anEvent()], 'no-stream'),
    ]);
    expect(failed).to.have.property('reason').instanceOf(StoreUnavailableError);
    for (const result of [first, last])
      expect(result).to.have.nested.property('value.kind', 'appended');
    expect((await all(store.readAll())).map(({ stream }) => stream)).to.deep.equal([
      'before',
      'after',
    ]);
  });

  it('all fail when the commit does, leave nothing, and may be tried again', async () => {
    await appended(store.append('stream-1', someEvents(3), 'no-stream'));
    refuseCommits(database);
    const attempts = streams.map((stream, index) =>
      store.append(stream, [anEvent(index)], stream === 'stream-1' ? 2n : 'no-stream'),
    );
    for (const attempt of attempts)
      expect(await failureOf(attempt)).to.be.instanceOf(StoreUnavailableError);
    expect(await all(store.readStream('stream-1'))).to.have.length(3);
    expect(await all(store.readAll())).to.have.length(3);
    database.exec('DROP TRIGGER temp.spoil');
    const again = await appended(store.append('stream-1', [anEvent()], 2n));
    expect(again.revision).to.equal(3n);
    expect((await appended(store.append('stream-2', [anEvent()], 'no-stream'))).revision).to.equal(
      0n,
    );
  });

  it('all fail on a full disk, lose nothing, and work again once there is room', async () => {
    const kept: EventToAppend[] = someEvents(20);
    await appended(store.append('kept', kept, 'no-stream'));
    store.limitPages(1);
    const bulky = { ...anEvent(), data: JSON.stringify('x'.repeat(20_000)) };
    for (let round = 0; round < 3; round += 1) {
      const attempts = streams.map((stream) =>
        store.append(stream, [{ ...bulky, id: anEvent().id }], 'no-stream'),
      );
      for (const attempt of attempts)
        expect(await failureOf(attempt)).to.be.instanceOf(StoreUnavailableError);
    }
    expect(idsOf(await all(store.readAll()))).to.deep.equal(idsOf(kept));
    store.limitPages(1_000_000);
    await appended(store.append('stream-3', [bulky], 'no-stream'));
    expect(await store.append('kept', [anEvent()], 19n)).to.include({ revision: 20n });
  });

  it('are all stored when there are thousands, or megabytes, at once', async () => {
    const large = { ...anEvent(), data: JSON.stringify('x'.repeat(900_000)) };
    const appends = Array.from({ length: 2_000 }, (_, index) =>
      store.append(
        `many-${index % 50}`,
        index % 200 === 0 ? [{ ...large, id: anEvent().id }] : [anEvent()],
        'any',
      ),
    );
    const results = await Promise.all(appends.map(appended));
    const positions = results.map(({ position }) => position);
    expect(positions).to.deep.equal(positions.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await all(store.readAll())).to.have.length(2_000);
  });

  it('are durable: each commit waits for the disk', () => {
    const FULL = 2;
    expect(database.pragma('synchronous', { simple: true })).to.equal(FULL);
    expect(database.pragma('journal_mode', { simple: true })).to.equal('wal');
  });

  it('are finished when the store closes', async () => {
    const appends = appendToAll();
    await store.close();
    for (const result of await appends)
      expect(result).to.have.nested.property('value.kind', 'appended');
    const later = openEventsFile(directory, 'read');
    expect(later.prepare('SELECT count(*) FROM events').pluck().get()).to.equal(64);
    later.close();
  });
});

/** Makes every COMMIT fail, as SQLite checks a deferred foreign key only then. */
function refuseCommits(database: Database.Database): void {
  database.exec(`
    PRAGMA foreign_keys = ON;
    CREATE TEMP TABLE one (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE other (one INTEGER REFERENCES one DEFERRABLE INITIALLY DEFERRED);
    CREATE TEMP TRIGGER spoil AFTER INSERT ON main.events BEGIN INSERT INTO other VALUES (1); END;
  `);
}

/** A text the first time it is read, something that SQLite can't bind afterwards. */
function unreadableOnce(): () => unknown {
  let reads = 0;
  return () => ((reads += 1) === 1 ? '{}' : Symbol('no text'));
}
