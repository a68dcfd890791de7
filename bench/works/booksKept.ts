import { sessionBooks } from '../../src/application/aggregates.ts';
import type { ActivityId } from '../../src/domain/kernel/ids.ts';
import { placesLeft } from '../../src/domain/reservation/placement.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { occupancyOf, type SessionBook } from '../../src/domain/reservation/sessionBook.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import type { BenchTown } from '../town/benchTown.ts';

const statusOfOutcome: Readonly<Record<string, string>> = {
  accepted: 'confirmed',
  waitlisted: 'waitlisted',
};

/** Reads the books again from the log, and holds them against the rules and against what families were told. */
export async function readBooks(
  directory: string,
  town: BenchTown,
  told: ReadonlyMap<string, string>,
) {
  const books = new Map<string, SessionBook>();
  const store = openSqliteEventStore({ directory, mode: 'read' });
  for await (const records of store.readAll({ filter: { streamPrefixes: ['reservation-'] } }))
    for (const record of records) {
      const event = decodeSealed(record).event as ReservationEvent;
      const before = books.get(record.stream) ?? sessionBooks.decider.initial;
      books.set(record.stream, sessionBooks.decider.evolve(before, event));
    }
  await store.close();

  const groupsOf = new Map(
    town.activities.map(({ activityId, terms }) => [activityId, terms.groups]),
  );
  const kept = new Map<string, string>();
  let overbooked = 0;
  let waiting = 0;
  for (const book of books.values()) {
    let activityId: ActivityId | undefined;
    for (const { ref, status } of book.reservations.values()) {
      kept.set(ref.reservationId, status);
      activityId = ref.activityId;
    }
    waiting += book.waiting.length;
    const { heldAt } = occupancyOf(book);
    for (const group of (activityId && groupsOf.get(activityId)) ?? [])
      overbooked += Math.max(0, -placesLeft(heldAt, group));
  }
  const contradicted = [...told].filter(
    ([reservationId, outcome]) => kept.get(reservationId) !== statusOfOutcome[outcome],
  ).length;
  return { sessions: books.size, reservations: kept.size, waiting, overbooked, contradicted };
}
