import { expect } from 'chai';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { verifyIntegrity } from '../../../src/infrastructure/sqlite/verifyIntegrity.ts';
import { appended, someEvents } from '../../contract/eventStoreTools.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('the integrity of an events file', () => {
  let directory: string;
  let remove: () => void;
  beforeEach(async () => {
    ({ directory, remove } = temporaryDirectory());
    const store = openSqliteEventStore({ directory, mode: 'write' });
    for (const stream of ['one', 'two', 'three'])
      await appended(store.append(stream, someEvents(5), 'no-stream'));
    await store.close();
  });
  afterEach(() => remove());
  const change = (sql: string): void => {
    const database = new Database(join(directory, 'events.db'));
    database.exec(sql);
    database.close();
  };

  it('is sound as written', () => {
    expect(verifyIntegrity(directory)).to.deep.equal([]);
  });

  for (const [what, sql] of [
    ['an event removed within a stream', 'DELETE FROM events WHERE position = 2'],
    ['the last event of a stream removed', 'DELETE FROM events WHERE position = 5'],
    ['an event moved to another stream', "UPDATE events SET stream = 'two' WHERE position = 5"],
    ['two events in another order', 'UPDATE events SET revision = 3 - revision WHERE position < 5'],
    ['an event that its stream does not find', 'DELETE FROM stream_index WHERE position = 7'],
  ] as const)
    it(`is not when there is ${what}`, () => {
      change(sql);
      expect(verifyIntegrity(directory)).not.to.deep.equal([]);
    });
});
