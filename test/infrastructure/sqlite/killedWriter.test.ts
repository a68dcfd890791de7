import { expect } from 'chai';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { verifyIntegrity } from '../../../src/infrastructure/sqlite/verifyIntegrity.ts';
import { all, anEvent, appended } from '../../contract/eventStoreTools.ts';
import { nextLine, startChild } from './childProcess.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('a writer of the SQLite event store that is killed', () => {
  it('has lost no acknowledged append, nor left half of one', async function () {
    this.timeout(60_000);
    const { directory, remove } = temporaryDirectory();
    const acknowledged = new Map<string, string[]>();
    for (const [run, appends] of [3, 40, 900].entries()) {
      const child = startChild('appendUntilKilled.ts', directory, `${run}`);
      expect(await nextLine(child)).to.equal('ready');
      const lines = [];
      while (lines.length < appends) lines.push(await nextLine(child));
      await child.kill();
      // What it acknowledged between the last line read and its end counts as well.
      for await (const line of child.lines) lines.push(line);
      for (const line of lines) {
        const [stream = '', ...ids] = line.split(' ');
        // The kill may have cut the last line.
        if (ids.length !== 2 || ids[1]?.length !== 36) continue;
        acknowledged.set(stream, [...(acknowledged.get(stream) ?? []), ...ids]);
      }
    }
    expect(verifyIntegrity(directory)).to.deep.equal([]);
    const store = openSqliteEventStore({ directory, mode: 'write' });
    for (const [stream, ids] of acknowledged) {
      const events = await all(store.readStream(stream));
      expect(events.slice(0, ids.length).map(({ id }) => id)).to.deep.equal(ids);
      // At most one append of each writer was under way.
      expect([ids.length, ids.length + 2]).to.include(events.length);
      expect(events.map(({ revision }) => Number(revision))).to.deep.equal([...events.keys()]);
    }
    await appended(store.append('afterwards', [anEvent()], 'no-stream'));
    await store.close();
    expect(verifyIntegrity(directory)).to.deep.equal([]);
    remove();
  });
});
