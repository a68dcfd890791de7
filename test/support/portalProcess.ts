import { expect } from 'chai';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import type { CommandContext } from '../../src/application/commandContext.ts';
import {
  CommandHandler,
  type CommandHandlerOptions,
  type CommandOptions,
} from '../../src/application/commandHandler.ts';
import type { EventStore } from '../../src/application/ports/eventStore.ts';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import type { Decision } from '../../src/domain/kernel/rejection.ts';
import type { Session } from '../../src/domain/kernel/sessionTerms.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { holdsPlace, type SessionBook } from '../../src/domain/reservation/sessionBook.ts';
import { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';
import { canteen, group } from './activityFacts.ts';
import { MemoryKeyVault } from './memoryKeyVault.ts';
import { asks, givesBack, monday, session, thursday } from './sessionFacts.ts';
import { day } from './townFacts.ts';
import { sessionStream } from './sessionStream.ts';

/** The stream of the session on which these callers act. */
export const stream = sessionStream(canteen, thursday);

const context = (commandId: string, now = monday): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  actor: { kind: 'guardian', id: 'g-1' },
  now,
});

export const roomFor = (places: number): Session =>
  session({ groups: [group('tous', 2, 12, places)] });

/** One process: a handler on a store that others may share. */
export function portal(
  store: EventStore = new MemoryEventStore(),
  {
    vault = new MemoryKeyVault(),
    ...options
  }: CommandHandlerOptions & { vault?: MemoryKeyVault } = {},
) {
  const handler = new CommandHandler(store, new SealingEventCodec(vault), options);
  const run = (
    commandId: string,
    decide: (book: SessionBook) => Decision<ReservationEvent>,
    commandOptions: CommandOptions & { date?: string; now?: Instant } = {},
  ) => {
    const id = sessionId(canteen, day(commandOptions.date ?? thursday));
    const asked = context(commandId, commandOptions.now);
    return handler.execute(sessionBooks, id, asked, decide, commandOptions);
  };
  /** Commands are named after what they do, unless told. */
  const books = (name: string, terms = roomFor(100), commandId = `book/${name}`) =>
    run(commandId, asks(name, { terms }));
  const cancels = (name: string, terms = roomFor(100), commandId = `cancel/${name}`) =>
    run(commandId, givesBack(name, { at: monday, terms }));
  const book = async () => (await handler.load(sessionBooks, sessionId(canteen, thursday))).state;
  return { store, vault, handler, run, books, cancels, book };
}

type Answer = Awaited<ReturnType<ReturnType<typeof portal>['books']>>;

/** What a command made happen; fails when it did nothing of the kind. */
export const eventsOf = (answer: Answer): readonly ReservationEvent[] => {
  if (answer.kind !== 'done') expect.fail('code' in answer ? answer.code : answer.kind);
  return answer.events;
};
/** The same, by the types of its events. */
export const made = (answer: Answer): string[] => eventsOf(answer).map(({ type }) => type);

/** How an awaited promise failed. */
export const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );

export const heldIn = ({ reservations }: SessionBook): string[] =>
  [...reservations.values()].flatMap(({ ref, status }) => (holdsPlace(status) ? ref.childId : []));
