import { openDistributedStores } from '../../../src/infrastructure/distributed/distributedStores.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { commandSide } from '../commandSide.ts';
import { capturedLog } from '../testPortal.ts';
import { bookUntilKilled, openCrashTown } from './crashLoad.ts';
import { crashKey } from './crashTown.ts';

// The commands and the projections of a portal on shared servers, in a process that its parent kills.
const [connectionString = '', mongoUrl = ''] = process.argv.slice(2);
const servers = { eventStore: { connectionString }, mongoUrl };
const stores = await openDistributedStores(servers, MasterKey.parse(crashKey), capturedLog().log);
const { events: store, vault, readSide, onAppended, isFollowed } = stores;
const options = { onAppended, ...(isFollowed && { isFollowed }) };
const side = commandSide({ store, vault, options });
stores.onNoticed?.((stream, revision) => side.handler.noticed(stream, revision));
await openCrashTown(side);
// Whoever starts again shows what was booked before, whatever the last kill left half written.
const head = await store.head();
if (head !== undefined && !(await readSide.waitFor(head, 120_000)))
  throw new Error('the read models do not catch up');
await bookUntilKilled(side);
