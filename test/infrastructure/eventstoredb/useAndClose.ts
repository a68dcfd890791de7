import { openEventStoreDb } from '../../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import { anEvent } from '../../contract/eventStoreTools.ts';

/** Uses a store in every way, closes it, and must then end by itself. */
const [connectionString = ''] = process.argv.slice(2);
const store = openEventStoreDb({ connectionString });
await store.append('used', [anEvent()], 'any');
await store.head();
const { signal } = new AbortController();
for await (const { caughtUp } of store.subscribe({ signal })) if (caughtUp) break;
const waiting = store.subscribe({ signal })[Symbol.asyncIterator]();
await waiting.next();
const pending = waiting.next().catch(() => undefined);
await store.close();
await pending;
process.stdout.write('closed\n');
