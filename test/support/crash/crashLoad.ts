import { writeSync } from 'node:fs';
import { children } from '../../../src/application/aggregates.ts';
import { asId } from '../../../src/domain/kernel/ids.ts';
import { addDays } from '../../../src/domain/kernel/localDate.ts';
import { uuids } from '../../../src/infrastructure/uuids.ts';
import { canteen, defined } from '../activityFacts.ts';
import { guardianOf, request, settle, type CommandSide } from '../commandSide.ts';
import { childId, day, familyId, paris } from '../townFacts.ts';
import { crashTerms, families, firstDay, sessions } from './crashTown.ts';

const callers = 32;

/** Tells the parent; written before the next line of code runs, so that a kill loses nothing that was said. */
export const say = (line: string): number => writeSync(1, `${line}\n`);

/** Makes the town, unless it stands there already. */
export async function openCrashTown(side: CommandSide): Promise<void> {
  const { state: last } = await side.handler.load(children, `f${families - 1}b`);
  if (last.status === 'registered' && last.enrolments.length > 0) return;
  const supervisor = { actor: { kind: 'supervisor', id: 's-1' } } as const;
  await side.activities.define(defined(crashTerms), request(supervisor, 'define'));
  for (let family = 0; family < families; family += 1) {
    const name = `f${family}`;
    await settle(side, familyId(name), [childId(`${name}a`), childId(`${name}b`)]);
  }
}

const any = (count: number): number => Math.floor(Math.random() * count);

async function bookOrCancel(side: CommandSide): Promise<void> {
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

/** Says that it is ready, then books and cancels many at once until it is killed; says each command acknowledged. */
export async function bookUntilKilled(side: CommandSide): Promise<void> {
  say('ready');
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (;;) await bookOrCancel(side);
    }),
  );
}
