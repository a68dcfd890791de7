import type { Logger } from './ports/logger.ts';
import type { ActivityCommands } from './activity/activityCommands.ts';
import type { ActivityDirectory } from './activity/activityDirectory.ts';
import type { ChildCommands } from './child/childCommands.ts';
import type { ChildNames } from './child/childNames.ts';
import type { CommandHandler } from './commandHandler.ts';
import type { FamilyCommands } from './family/familyCommands.ts';
import type { FamilyDirectory } from './family/familyDirectory.ts';
import type { Clock } from './ports/clock.ts';
import type { EventStore } from './ports/eventStore.ts';
import type { Ids } from './ports/ids.ts';
import type { ReadSide } from './ports/readSide.ts';
import type { SignedTokens } from './ports/signedTokens.ts';
import type { SubmissionFinishing } from './processes/submissionFinishing.ts';
import type { WaitingListPromotion } from './processes/waitingListPromotion.ts';
import type { AgendaQuery } from './reservation/agendaQuery.ts';
import type { ReceiptsQuery } from './reservation/receiptsQuery.ts';
import type { ReservationCommands } from './reservation/reservationCommands.ts';
import type { SessionsQuery } from './reservation/sessionsQuery.ts';
import type { Submissions } from './reservation/submission.ts';
import type { ValidationQueueQuery } from './reservation/validationQueueQuery.ts';
import type { StoreProbes } from './storeProbes.ts';

/** Everything that the web portal, the HTTP API and the command line may call. */
export interface Services {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly tokens: SignedTokens;
  readonly events: EventStore;
  readonly readSide: ReadSide;
  /** Absent: only the events and the read side are asked whether they answer. */
  readonly probes?: StoreProbes;
  readonly handler: CommandHandler;
  readonly familyCommands: FamilyCommands;
  readonly childCommands: ChildCommands;
  readonly activityCommands: ActivityCommands;
  readonly reservationCommands: ReservationCommands;
  readonly submissions: Submissions;
  readonly familyDirectory: FamilyDirectory;
  readonly childNames: ChildNames;
  readonly activityDirectory: ActivityDirectory;
  readonly agenda: AgendaQuery;
  readonly validationQueue: ValidationQueueQuery;
  readonly sessions: SessionsQuery;
  readonly receipts: ReceiptsQuery;
  readonly waitingListPromotion: WaitingListPromotion;
  readonly submissionFinishing: SubmissionFinishing;
}
