import { expect } from 'chai';
import fc from 'fast-check';
import { sessionBooks, sessionId } from '../../src/application/aggregates.ts';
import { sessionStream } from '../support/sessionStream.ts';
import { CommandHandler } from '../../src/application/commandHandler.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { holdsPlace, sessionBook } from '../../src/domain/reservation/sessionBook.ts';
import { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { findChainFault } from '../../src/infrastructure/events/hashChain.ts';
import { MemoryEventStore } from '../../src/infrastructure/memory/memoryEventStore.ts';
import { canteen } from '../support/activityFacts.ts';
import { MemoryKeyVault } from '../support/memoryKeyVault.ts';
import { anyActs, anySession, decide } from '../support/sessionActs.ts';
import { thursday } from '../support/sessionFacts.ts';
import { storedIn } from '../support/storeDoubles.ts';

const id = sessionId(canteen, thursday);

describe('commands of many callers, through two processes on one store', () => {
  it('keep every promise, whatever their order, and when each comes twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySession,
        anyActs,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5 }),
        async (terms, acts, waves) => {
          const store = new MemoryEventStore();
          const codec = new SealingEventCodec(new MemoryKeyVault());
          const processes = [1, 2].map(() => new CommandHandler(store, codec));
          const send = (number: number, process: number) => {
            const timed = acts[number]!;
            const commandId = `command-${number}`;
            const actor = { kind: 'guardian', id: 'g' } as const;
            const context = {
              commandId,
              correlationId: 'c',
              causationId: 'c',
              actor,
              now: timed.now,
            };
            return processes[process % 2]!.execute(sessionBooks, id, context, (book) =>
              decide(book, timed, terms, number),
            );
          };
          const made: (readonly ReservationEvent[])[] = [];
          for (let next = 0, wave = 0; next < acts.length; wave += 1) {
            const size = waves[wave % waves.length]!;
            const numbers = [...acts.keys()].slice(next, next + size);
            const answers = await Promise.all(numbers.map((number) => send(number, number)));
            for (const answer of answers) made.push(answer.kind === 'done' ? answer.events : []);
            next += size;
          }

          const { state } = await new CommandHandler(store, codec).load(sessionBooks, id);
          const records = await storedIn(store, sessionStream(canteen, thursday));
          const decoded = await codec.decode({ ...sessionBooks, opensPersonal: true }, records);
          const stored = decoded.map(({ event }) => event);
          expect(findChainFault(records)).to.equal(undefined);
          expect(stored).to.have.deep.members(made.flat());
          const folded = decoded.reduce(
            (book, { event, metadata }) => sessionBook.evolve(book, event, metadata.occurredAt),
            sessionBook.initial,
          );
          expect(new Map(folded.reservations)).to.deep.equal(new Map(state.reservations));
          for (const { minAge, maxAge, places } of terms.groups) {
            const held = [...state.reservations.values()].filter(
              ({ ref, status }) => holdsPlace(status) && minAge <= ref.age && ref.age <= maxAge,
            );
            expect(held.length).to.be.at.most(places);
          }

          const again = await Promise.all(
            [...acts.keys()]
              .filter((number) => made[number]!.length > 0)
              .map(async (number) => ({ number, answer: await send(number, number + 1) })),
          );
          for (const { number, answer } of again)
            expect(answer).to.deep.include({ kind: 'done', events: made[number] });
          expect(await storedIn(store, sessionStream(canteen, thursday))).to.have.length(
            records.length,
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
