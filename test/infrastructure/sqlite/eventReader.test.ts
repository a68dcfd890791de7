import { expect } from 'chai';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import {
  all,
  anEvent,
  appended,
  eventsOf,
  failureOf,
  followUntil,
  idsOf,
  someEvents,
} from '../../contract/eventStoreTools.ts';
import { temporaryDirectory } from './temporaryDirectory.ts';

describe('a reader of the SQLite event store', () => {
  let directory: string;
  let remove: () => void;
  let writer: SqliteEventStore;
  beforeEach(() => {
    ({ directory, remove } = temporaryDirectory());
    writer = openSqliteEventStore({ directory, mode: 'write' });
  });
  afterEach(async () => {
    await writer.close();
    remove();
  });
  const openReader = () => openSqliteEventStore({ directory, mode: 'read' });

  it('reads what the writer has stored, before and after it was opened', async () => {
    await appended(writer.append('read', someEvents(3), 'no-stream'));
    const reader = openReader();
    expect(await all(reader.readStream('read'))).to.deep.equal(
      await all(writer.readStream('read')),
    );
    await appended(writer.append('read', someEvents(2), 2n));
    await appended(writer.append('other', someEvents(2), 'no-stream'));
    for (const direction of ['forwards', 'backwards'] as const)
      for (const stream of ['read', 'other'])
        expect(await all(reader.readStream(stream, { direction }))).to.deep.equal(
          await all(writer.readStream(stream, { direction })),
        );
    expect(await all(reader.readAll())).to.have.length(7);
    expect(await reader.head()).to.equal(await writer.head());
    await reader.close();
  });

  it('may not write', async () => {
    const reader = openReader();
    expect(await failureOf(reader.append('mine', [anEvent()], 'any'))).to.be.instanceOf(Error);
    expect(await all(reader.readAll())).to.deep.equal([]);
    await reader.close();
  });

  it('follows the writer without being told', async () => {
    const reader = openReader();
    const following = followUntil(reader, {}, (seen) => eventsOf(seen).length === 5);
    const events = someEvents(5);
    for (const event of events) await appended(writer.append('live', [event], 'any'));
    expect(idsOf(eventsOf(await following))).to.deep.equal(idsOf(events));
    await reader.close();
  });

  it('looks at once when it is poked', async () => {
    const reader = openSqliteEventStore({ directory, mode: 'read', patience: 60_000 });
    const events = [anEvent(), anEvent()];
    const following = followUntil(reader, {}, (seen) => eventsOf(seen).length === events.length);
    for (const event of events) {
      await appended(writer.append('poked', [event], 'any'));
      reader.poke();
    }
    expect(idsOf(eventsOf(await following))).to.deep.equal(idsOf(events));
    await reader.close();
  });

  it('reads on after the writer has left, and follows the next one', async () => {
    await appended(writer.append('kept', someEvents(3), 'no-stream'));
    const reader = openReader();
    await writer.close();
    expect(await all(reader.readStream('kept'))).to.have.length(3);
    writer = openSqliteEventStore({ directory, mode: 'write' });
    await appended(writer.append('kept', someEvents(2), 2n));
    expect(await all(reader.readStream('kept'))).to.have.length(5);
    await reader.close();
  });

  it('follows from another thread of the process', async function () {
    this.timeout(60_000);
    // A thread has loaders of its own: TypeScript must be registered in it first.
    const script = new URL('followInThread.ts', import.meta.url).href;
    const thread = new Worker(
      `import('tsx/esm/api').then(({ register }) => { register(); return import('${script}'); })`,
      { eval: true, workerData: directory },
    );
    const seen: string[] = [];
    await once(thread, 'message');
    const events = someEvents(200);
    const received = new Promise<void>((resolve, reject) => {
      thread.on('message', (ids: string[]) => {
        seen.push(...ids);
        if (seen.length === events.length) resolve();
      });
      thread.once('error', reject);
    });
    for (const event of events) {
      await appended(writer.append('threaded', [event], 'any'));
      thread.postMessage('poke');
    }
    await received;
    expect(seen).to.deep.equal(idsOf(events));
    thread.postMessage('stop');
    await once(thread, 'exit');
  });
});
