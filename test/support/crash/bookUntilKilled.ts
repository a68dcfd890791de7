import { mkdirSync } from 'node:fs';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { commandSide } from '../commandSide.ts';
import { bookUntilKilled, openCrashTown } from './crashLoad.ts';
import { crashKey } from './crashTown.ts';

// The commands of the portal on the stores of one machine, in a process that its parent kills.
const [directory = ''] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const store = openSqliteEventStore({ directory, mode: 'write' });
const vault = new SqliteKeyVault(directory, MasterKey.parse(crashKey));
const side = commandSide({ store, vault });
await openCrashTown(side);
await bookUntilKilled(side);
