import { mkdirSync, writeSync } from 'node:fs';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { addDays } from '../../../src/domain/kernel/localDate.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { canteen } from '../activityFacts.ts';
import { commandSide, guardianOf, request, settle, type CommandSide } from '../commandSide.ts';
import { childId, day, familyId, paris } from '../townFacts.ts';
import { crashKey, crashTerms, families, firstDay, sessions } from './crashTown.ts';
import { defined } from '../activityFacts.ts';

// Books and cancels without end, many at once, and prints each command that was acknowledged; the parent kills it.
const [directory = ''] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const store = openSqliteEventStore({ directory, mode: 'write' });
const vault = new SqliteKeyVault(directory, MasterKey.parse(crashKey));
const side = commandSide({ store, vault });
const say = (line: string): number => writeSync(1, `${line}\n`);

async function openTown(portal: CommandSide): Promise<void> {
  const supervisor = { actor: { kind: 'supervisor', id: 's-1' } } as const;
  await portal.activities.define(defined(crashTerms), request(supervisor, 'define'));
  for (let family = 0; family < families; family += 1) {
    const name = `f${family}`;
    await settle(portal, familyId(name), [childId(`${name}a`), childId(`${name}b`)]);
  }
}

const any = (count: number): number => Math.floor(Math.random() * count);

async function bookOrCancel(): Promise<void> {
  const family = `f${any(families)}`;
  const child = asId('child', `${family}${any(2) === 0 ? 'a' : 'b'}`);
  const date = addDays(day(firstDay), any(sessions));
  const asked = { activityId: canteen, date, childId: child, familyId: familyId(family) };
  const sent = request(guardianOf(family), uuids.next(), paris('2026-11-16 10:00'));
  const result =
    any(5) < 3
      ? await side.reservations.reserve({ ...asked, note: 'Bonjour' }, sent)
      : await side.reservations.cancel({ ...asked, acceptsBilling: true }, sent);
  if (result.kind === 'done' && result.events.length > 0)
    say(`${sent.requestId} ${result.events.length}`);
}

await openTown(side);
say('ready');
await Promise.all(
  Array.from({ length: 32 }, async () => {
    for (;;) await bookOrCancel();
  }),
);
