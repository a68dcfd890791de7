import { Container } from 'inversify';
import { ActivityCommands } from '../application/activity/activityCommands.ts';
import { ActivityDirectory } from '../application/activity/activityDirectory.ts';
import { SessionTermsSource } from '../application/activity/sessionTermsSource.ts';
import { ChildCommands } from '../application/child/childCommands.ts';
import { ChildNames } from '../application/child/childNames.ts';
import { CommandHandler } from '../application/commandHandler.ts';
import { FamilyCommands } from '../application/family/familyCommands.ts';
import { FamilyDirectory } from '../application/family/familyDirectory.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { EventStore, Revision } from '../application/ports/eventStore.ts';
import type { Ids } from '../application/ports/ids.ts';
import type { KeyVault } from '../application/ports/keyVault.ts';
import type { Logger } from '../application/ports/logger.ts';
import type { Metrics } from '../application/ports/metrics.ts';
import type { ReadModelStore } from '../application/ports/readModelStore.ts';
import type { ReadSide } from '../application/ports/readSide.ts';
import type { SignedTokens } from '../application/ports/signedTokens.ts';
import { SubmissionFinishing } from '../application/processes/submissionFinishing.ts';
import { WaitingListPromotion } from '../application/processes/waitingListPromotion.ts';
import { AgendaQuery } from '../application/reservation/agendaQuery.ts';
import { ReceiptsQuery } from '../application/reservation/receiptsQuery.ts';
import { ReservationCommands } from '../application/reservation/reservationCommands.ts';
import { SessionsQuery } from '../application/reservation/sessionsQuery.ts';
import { Submissions } from '../application/reservation/submission.ts';
import { ValidationQueueQuery } from '../application/reservation/validationQueueQuery.ts';
import { rememberedRebuilds } from '../application/projections/rememberedRebuilds.ts';
import type { Services } from '../application/services.ts';
import { storeProbes } from '../application/storeProbes.ts';
import type { TownCalendar } from '../domain/kernel/townCalendar.ts';
import { SealingEventCodec } from './events/eventCodec.ts';
import { measuredEventStore } from './metrics/measuredEventStore.ts';

/** What differs between one machine and many, between production and tests: everything else follows from it. */
export interface Adapters {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly tokens: SignedTokens;
  readonly events: EventStore;
  readonly readModels: ReadModelStore;
  readonly readSide: ReadSide;
  readonly vault: KeyVault;
  readonly calendar: TownCalendar;
  /** Told after each append. */
  readonly onAppended: () => void;
  /** Whether what other processes append to a stream is noticed; absent where this process alone writes. */
  readonly isFollowed?: (stream: string) => boolean;
  /** Absent where nobody asks for measures. */
  readonly metrics?: Metrics;
}

/** The stores of a portal, open. */
export type OpenStores = Pick<
  Adapters,
  'events' | 'readModels' | 'readSide' | 'vault' | 'tokens' | 'onAppended' | 'isFollowed'
> & {
  /** Says whom to tell what other processes appended; absent where this process alone writes. */
  onNoticed?(tell: (stream: string, revision: Revision) => void): void;
  /** Says whom to tell of each transaction: how many appends it held, how many seconds it took. */
  onCommitted?(tell: (appends: number, seconds: number) => void): void;
  /** Says whom to tell that this process may not go on, and why; absent where nothing can say so. */
  onRefused?(tell: (why: Error) => void): void;
  /** Runs what one process does at a time, whenever this one may, until `signal` aborts. */
  alone(name: string, hold: (signal: AbortSignal) => Promise<void>): { stop(): Promise<void> };
  /** Ends what only looks at the data, beside the requests; first of all when the portal stops. */
  stopLooking?(): Promise<void>;
  /** Stops the projections, then closes the stores. */
  close(): Promise<void>;
};

const ADAPTERS = Symbol('Adapters');
const CODEC = Symbol('EventCodec');

/** Builds every service once, on first use, from the adapters. */
export function createContainer(adapters: Adapters): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind<Adapters>(ADAPTERS).toConstantValue(adapters);
  container.bind(CODEC).toDynamicValue(() => new SealingEventCodec(adapters.vault));
  bindWriteSide(container);
  bindReadSide(container);
  return container;
}

function bindWriteSide(container: Container): void {
  const { metrics, ...adapters } = container.get<Adapters>(ADAPTERS);
  const { ids, calendar, onAppended, isFollowed } = adapters;
  const events = metrics ? measuredEventStore(adapters.events, metrics) : adapters.events;
  container.bind(CommandHandler).toDynamicValue(
    (c) =>
      new CommandHandler(events, c.get<SealingEventCodec>(CODEC), {
        onAppended,
        ...(isFollowed && { isFollowed }),
        ...(metrics && { metrics }),
      }),
  );
  container
    .bind(SessionTermsSource)
    .toDynamicValue((c) => new SessionTermsSource(c.get(CommandHandler), calendar));
  container.bind(FamilyCommands).toDynamicValue((c) => new FamilyCommands(c.get(CommandHandler)));
  container.bind(ChildCommands).toDynamicValue((c) => new ChildCommands(c.get(CommandHandler)));
  container
    .bind(ActivityCommands)
    .toDynamicValue((c) => new ActivityCommands(c.get(CommandHandler)));
  container
    .bind(ReservationCommands)
    .toDynamicValue(
      (c) => new ReservationCommands(c.get(CommandHandler), c.get(SessionTermsSource), ids),
    );
  container
    .bind(Submissions)
    .toDynamicValue(
      (c) =>
        new Submissions(
          c.get(CommandHandler),
          c.get(ReservationCommands),
          c.get(SessionTermsSource),
          ids,
        ),
    );
}

function bindReadSide(container: Container): void {
  const { readModels, clock, ids, log } = container.get<Adapters>(ADAPTERS);
  container
    .bind(WaitingListPromotion)
    .toDynamicValue(
      (c) => new WaitingListPromotion(readModels, c.get(ReservationCommands), clock, ids, log),
    );
  container
    .bind(SubmissionFinishing)
    .toDynamicValue((c) => new SubmissionFinishing(readModels, c.get(Submissions), clock));
  container
    .bind(FamilyDirectory)
    .toDynamicValue((c) => new FamilyDirectory(readModels, c.get<SealingEventCodec>(CODEC)));
  container
    .bind(ChildNames)
    .toDynamicValue((c) => new ChildNames(readModels, c.get<SealingEventCodec>(CODEC)));
  container
    .bind(ActivityDirectory)
    .toDynamicValue((c) => new ActivityDirectory(c.get(CommandHandler), readModels));
  container
    .bind(AgendaQuery)
    .toDynamicValue(
      (c) =>
        new AgendaQuery(
          readModels,
          c.get(FamilyDirectory),
          c.get(ChildNames),
          c.get(ActivityDirectory),
          c.get(SessionTermsSource),
          c.get<SealingEventCodec>(CODEC),
        ),
    );
  container
    .bind(ValidationQueueQuery)
    .toDynamicValue(
      (c) =>
        new ValidationQueueQuery(
          readModels,
          c.get(ChildNames),
          c.get(FamilyDirectory),
          c.get(ActivityDirectory),
          c.get(SessionTermsSource),
          c.get<SealingEventCodec>(CODEC),
        ),
    );
  container.bind(ReceiptsQuery).toDynamicValue(() => new ReceiptsQuery(readModels));
  container
    .bind(SessionsQuery)
    .toDynamicValue(
      (c) =>
        new SessionsQuery(
          readModels,
          c.get(ActivityDirectory),
          c.get(SessionTermsSource),
          c.get(CommandHandler),
        ),
    );
}

/** What the interfaces may call. */
export function servicesOf(container: Container): Services {
  const adapters = container.get<Adapters>(ADAPTERS);
  const { clock, ids, log, tokens, events, readSide, readModels, vault } = adapters;
  return {
    clock,
    ids,
    log,
    tokens,
    events,
    readSide: rememberedRebuilds(readSide, clock),
    probes: storeProbes({ events, readModels, vault }),
    handler: container.get(CommandHandler),
    familyCommands: container.get(FamilyCommands),
    childCommands: container.get(ChildCommands),
    activityCommands: container.get(ActivityCommands),
    reservationCommands: container.get(ReservationCommands),
    submissions: container.get(Submissions),
    familyDirectory: container.get(FamilyDirectory),
    childNames: container.get(ChildNames),
    activityDirectory: container.get(ActivityDirectory),
    agenda: container.get(AgendaQuery),
    validationQueue: container.get(ValidationQueueQuery),
    sessions: container.get(SessionsQuery),
    receipts: container.get(ReceiptsQuery),
    waitingListPromotion: container.get(WaitingListPromotion),
    submissionFinishing: container.get(SubmissionFinishing),
  };
}
