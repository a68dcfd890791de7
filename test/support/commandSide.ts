import { ActivityCommands } from '../../src/application/activity/activityCommands.ts';
import { SessionTermsSource } from '../../src/application/activity/sessionTermsSource.ts';
import { ChildCommands } from '../../src/application/child/childCommands.ts';
import {
  CommandHandler,
  type CommandHandlerOptions,
} from '../../src/application/commandHandler.ts';
import { FamilyCommands } from '../../src/application/family/familyCommands.ts';
import type { KeyVault } from '../../src/application/ports/keyVault.ts';
import type { EventStore } from '../../src/application/ports/eventStore.ts';
import type { Principal } from '../../src/application/principal.ts';
import type { Request } from '../../src/application/request.ts';
import { ReservationCommands } from '../../src/application/reservation/reservationCommands.ts';
import { Submissions } from '../../src/application/reservation/submission.ts';
import type { ActivityTerms } from '../../src/domain/activity/activityTerms.ts';
import { asId, type ChildId, type FamilyId } from '../../src/domain/kernel/ids.ts';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';
import { uuids } from '../../src/infrastructure/uuids.ts';
import { canteen, defined } from './activityFacts.ts';
import { MemoryKeyVault } from './memoryKeyVault.ts';
import { childId, day, familyId, paris, townCalendar } from './townFacts.ts';

export const supervisor: Principal = { actor: { kind: 'supervisor', id: 's-1' } };
export const agent: Principal = { actor: { kind: 'agent', id: 'a-1' } };
export const guardianOf = (family: string, id = `g-${family}`): Principal => ({
  actor: { kind: 'guardian', id },
  familyId: familyId(family),
});

/** On Monday 16 November 2026 at 10 h, unless told. */
export const request = (
  principal: Principal,
  requestId: string,
  now: Instant = paris('2026-11-16 10:00'),
): Request => ({ principal, requestId, correlationId: requestId, now });

interface Shared {
  readonly store?: EventStore;
  readonly vault?: KeyVault;
  readonly calendar?: TownCalendar;
  readonly options?: CommandHandlerOptions;
}

/** Everything that takes commands, as one process runs it, on a store and a vault that others may share. */
export function commandSide({
  store = new MemoryEventStore(),
  vault = new MemoryKeyVault(),
  calendar = townCalendar(),
  options = {},
}: Shared = {}) {
  const codec = new SealingEventCodec(vault);
  const handler = new CommandHandler(store, codec, options);
  const sessions = new SessionTermsSource(handler, calendar);
  const reservations = new ReservationCommands(handler, sessions, uuids);
  return {
    store,
    vault,
    codec,
    handler,
    sessions,
    reservations,
    families: new FamilyCommands(handler),
    children: new ChildCommands(handler),
    activities: new ActivityCommands(handler),
    submissions: new Submissions(handler, reservations, sessions, uuids),
  };
}

export type CommandSide = ReturnType<typeof commandSide>;

/** Registers a family with its children, eight years old, enrolled in the canteen from September on. */
export async function settle(
  side: Pick<CommandSide, 'families' | 'children'>,
  family: FamilyId,
  children: readonly ChildId[],
): Promise<void> {
  const guardian = {
    guardianId: asId('guardian', `g-${family}`),
    firstName: 'Prénom',
    lastName: 'Nom',
    email: 'famille@exemple.fr',
  };
  const household = { guardians: [guardian], address: '1 rue du Pont' };
  const setUp = request(agent, `settle-${family}`);
  await side.families.register({ familyId: family, resident: true, household }, setUp);
  for (const child of children) {
    const identity = { firstName: child, lastName: 'Nom', birthDate: day('2018-05-02') };
    await side.children.register({ childId: child, familyId: family, identity }, setUp);
    await side.children.enrol(child, { activityId: canteen, from: day('2026-09-01') }, setUp);
  }
}

/** A town with a canteen, and two families: Roux (Ana and Ben) and Petit (Chloé and Dan). */
export async function town(
  terms: Partial<ActivityTerms> = {},
  shared: Shared = {},
): Promise<CommandSide> {
  const side = commandSide(shared);
  await side.activities.define(defined(terms), request(supervisor, 'define-canteen'));
  await settle(side, familyId('roux'), [childId('ana'), childId('ben')]);
  await settle(side, familyId('petit'), [childId('chloe'), childId('dan')]);
  return side;
}
