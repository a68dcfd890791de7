import { ActivityCommands } from '../../../../src/application/activity/activityCommands.ts';
import { SessionTermsSource } from '../../../../src/application/activity/sessionTermsSource.ts';
import { ChildCommands } from '../../../../src/application/child/childCommands.ts';
import { CommandHandler } from '../../../../src/application/commandHandler.ts';
import { FamilyCommands } from '../../../../src/application/family/familyCommands.ts';
import type { EventStore } from '../../../../src/application/ports/eventStore.ts';
import type { KeyVault } from '../../../../src/application/ports/keyVault.ts';
import { ReservationCommands } from '../../../../src/application/reservation/reservationCommands.ts';
import { Submissions } from '../../../../src/application/reservation/submission.ts';
import type { TownCalendar } from '../../../../src/domain/kernel/townCalendar.ts';
import { SealingEventCodec } from '../../../../src/infrastructure/events/eventCodec.ts';
import { uuids } from '../../../../src/infrastructure/uuids.ts';
import type { DemoCommands } from '../../../../src/interfaces/cli/demo/demoRequests.ts';

/** The real commands on the given stores, as after a start. */
export function portalOn(
  store: EventStore,
  vault: KeyVault,
  calendar: TownCalendar,
): DemoCommands & { readonly handler: CommandHandler } {
  const handler = new CommandHandler(store, new SealingEventCodec(vault));
  const sessions = new SessionTermsSource(handler, calendar);
  const reservationCommands = new ReservationCommands(handler, sessions, uuids);
  return {
    handler,
    ids: uuids,
    familyCommands: new FamilyCommands(handler),
    childCommands: new ChildCommands(handler),
    activityCommands: new ActivityCommands(handler),
    reservationCommands,
    submissions: new Submissions(handler, reservationCommands, sessions, uuids),
  };
}
