import { expect } from 'chai';
import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import type { KeyVault } from '../../../src/application/ports/keyVault.ts';
import type { ReadModelStore } from '../../../src/application/ports/readModelStore.ts';
import {
  unfinishedSubmissions,
  type UnfinishedSubmissions,
} from '../../../src/application/projections/unfinishedSubmissions.ts';
import { projections } from '../../../src/application/projections/all.ts';
import { isActive } from '../../../src/domain/reservation/sessionBook.ts';
import { expectNoneOverbooked, readBooks, type KeptBooks } from '../crash/keptBooks.ts';
import { expectAsRebuilt } from '../crash/keptReadModels.ts';
import type { ToldPlace } from './steadyBookings.ts';
import { until } from './until.ts';

export interface SharedStores {
  readonly events: EventStore;
  readonly vault: KeyVault;
  readonly readModels: ReadModelStore;
}

/** Waits until every read model has seen all that is stored now. */
export async function allProjected({ events, readModels }: SharedStores): Promise<number> {
  const head = (await events.head()) ?? expect.fail('nothing was stored');
  const inStep = async (): Promise<boolean> => {
    const statuses = await readModels.status();
    const seen = statuses.filter(({ checkpoint = -1n }) => checkpoint >= head);
    return seen.length === projections.length;
  };
  return until('the read models are in step', inStep, 60_000);
}

/**
 * Once nobody books any more: each place told is in the log once, and nothing else is; none is overbooked; no submission
 * is half done; the read models are those that the log makes anew.
 */
export async function expectAllKept(
  stores: SharedStores,
  told: readonly ToldPlace[],
  places: number,
): Promise<void> {
  await allProjected(stores);
  const kept = await readBooks(stores.events, stores.vault);
  expectNoneOverbooked(kept, places);
  expectEachOnce(kept, told);
  await expectAsRebuilt(stores.readModels, stores.events);
  const unfinished = await stores.readModels.find<UnfinishedSubmissions>(unfinishedSubmissions, {});
  expect(unfinished.flatMap(({ document }) => Object.keys(document.receivedAt))).to.deep.equal([]);
}

/** What each event says to whoever asked. */
const outcomes: Readonly<Record<string, string>> = {
  ReservationConfirmed: 'accepted',
  ReservationWaitlisted: 'waitlisted',
  ReservationCancelled: 'cancelled',
};

function expectEachOnce({ events, books }: KeptBooks, told: readonly ToldPlace[]): void {
  const stored = events.flatMap(({ event }) => {
    const outcome = outcomes[event.type];
    return outcome !== undefined && 'reservationId' in event
      ? [`${event.reservationId} ${outcome}`]
      : [];
  });
  const heard = told.map(({ reservationId, outcome }) => `${reservationId} ${outcome}`);
  expect(stored.toSorted()).to.deep.equal(heard.toSorted());
  const givenBack = new Set(
    told.flatMap(({ reservationId, outcome }) => (outcome === 'cancelled' ? [reservationId] : [])),
  );
  for (const { reservations } of books.values())
    for (const [id, { status }] of reservations)
      expect(isActive(status), `${id} ${status}`).to.equal(!givenBack.has(id));
}
