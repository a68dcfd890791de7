import { expect } from 'chai';
import { sessionBooks } from '../../../src/application/aggregates.ts';
import type { EventStore, RecordedEvent } from '../../../src/application/ports/eventStore.ts';
import type { KeyVault } from '../../../src/application/ports/keyVault.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import type { ReservationEvent } from '../../../src/domain/reservation/reservationEvents.ts';
import type { SessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { SealingEventCodec } from '../../../src/infrastructure/events/eventCodec.ts';
import { ChainVerifier } from '../../../src/infrastructure/events/hashChain.ts';

export interface KeptBooks {
  /** The events of all books in the order of the log, each with the request that caused it. */
  readonly events: readonly { readonly event: ReservationEvent; readonly requestId: string }[];
  /** By stream. */
  readonly books: ReadonlyMap<string, SessionBook>;
}

/** Reads the books of all sessions from the log, whose hash chains must be whole. */
export async function readBooks(
  store: Pick<EventStore, 'readAll'>,
  vault: KeyVault,
): Promise<KeptBooks> {
  const codec = new SealingEventCodec(vault);
  const chains = new ChainVerifier();
  const events: { event: ReservationEvent; requestId: string }[] = [];
  const ofStream = new Map<string, ReservationEvent[]>();
  for await (const records of store.readAll()) {
    for (const record of records) chains.follow(record);
    const ofBooks = records.filter(({ stream }: RecordedEvent) =>
      stream.startsWith('reservation-'),
    );
    const decoded = await codec.decode(sessionBooks, ofBooks);
    for (const [at, { event, metadata }] of decoded.entries()) {
      events.push({ event, requestId: metadata.causationId });
      const { stream = '' } = ofBooks[at] ?? {};
      ofStream.set(stream, [...(ofStream.get(stream) ?? []), event]);
    }
  }
  expect(chains.faults).to.deep.equal([]);
  const books = new Map(
    [...ofStream].map(([stream, some]) => [stream, fold(sessionBooks.decider, some)]),
  );
  return { events, books };
}

/** Each acknowledged request is there with all the events that it was told of, and no more. */
export function expectWhole(
  { events }: KeptBooks,
  acknowledged: ReadonlyMap<string, number>,
): void {
  const byRequest = new Map<string, number>();
  for (const { requestId } of events) byRequest.set(requestId, (byRequest.get(requestId) ?? 0) + 1);
  const lost = [...acknowledged].filter(([id, count]) => byRequest.get(id) !== count);
  expect(lost).to.deep.equal([]);
}

/** Nobody holds a place that is not there, and nobody waits while one is free. */
export function expectNoneOverbooked({ books }: KeptBooks, places: number): void {
  expect(books.size).to.be.greaterThan(0);
  for (const book of books.values()) {
    const held = Object.values(book.held).reduce((sum, some) => sum + some, 0);
    expect(held).to.be.at.most(places);
    // A place given back and its promotion are one append: never a free place while somebody waits.
    if (book.waiting.length > 0) expect(held).to.equal(places);
  }
}
