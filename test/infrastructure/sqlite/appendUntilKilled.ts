import { writeSync } from 'node:fs';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { anEvent, appended } from '../../contract/eventStoreTools.ts';

/**
 * Opens the data directory for writing, says `ready`, then appends from several writers at once, two events at a time,
 * and prints `<stream> <id> <id>` once these are acknowledged, until it is killed.
 */
const [directory = '', run = '', writers = '8'] = process.argv.slice(2);
const store = openSqliteEventStore({ directory, mode: 'write' });
writeSync(1, 'ready\n');
for (let writer = 0; writer < Number(writers); writer += 1) {
  const stream = `killed-${run}-${writer}`;
  void (async () => {
    for (;;) {
      const events = [anEvent('first'), anEvent('second')];
      await appended(store.append(stream, events, 'any'));
      writeSync(1, `${stream} ${events.map(({ id }) => id).join(' ')}\n`);
    }
  })();
}
// A writer without writers only holds the directory.
setInterval(() => undefined, 1_000);
