import { expect } from 'chai';
import { receipts } from '../../../src/application/aggregates.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import type { Receipt, ReceiptEvent } from '../../../src/domain/receipt/receipt.ts';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import { SealingEventCodec } from '../../../src/infrastructure/events/eventCodec.ts';
import { openSqliteEventStore } from '../../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { verifyHistory } from '../../../src/infrastructure/verifyHistory.ts';
import { smallTownKey } from '../browser/smallTown.ts';
import { expectNoneOverbooked, readBooks, type KeptBooks } from '../crash/keptBooks.ts';
import { placesPerSession, type Acknowledged } from './townUnderLoad.ts';

export interface Kept extends KeptBooks {
  /** By id: every submission that the log knows of. */
  readonly receipts: ReadonlyMap<string, Receipt>;
}

/** Reads the files of a portal that has stopped; they must be sound, and no session overbooked. */
export async function readKept(directory: string): Promise<Kept> {
  expect((await verifyHistory(directory)).faults).to.deep.equal([]);
  const store = openSqliteEventStore({ directory, mode: 'write' });
  const vault = new SqliteKeyVault(directory, MasterKey.parse(smallTownKey));
  try {
    const books = await readBooks(store, vault);
    expectNoneOverbooked(books, placesPerSession);
    const codec = new SealingEventCodec(vault);
    const events = new Map<string, ReceiptEvent[]>();
    for await (const records of store.readAll()) {
      const some = records.filter(({ stream }) => stream.startsWith('receipt-'));
      for (const [at, { event }] of (await codec.decode(receipts, some)).entries()) {
        const id = some[at]?.stream.slice('receipt-'.length) ?? '';
        events.set(id, [...(events.get(id) ?? []), event]);
      }
    }
    const folded = [...events].map(([id, some]) => [id, fold(receipts.decider, some)] as const);
    return { ...books, receipts: new Map(folded) };
  } finally {
    await vault.close();
    await store.close();
  }
}

/**
 * Every receipt given is in the log with the same outcomes, each in the book of its session; no submission is half done;
 * and no place was taken or given back beside a receipt.
 */
export function expectNothingLost(kept: Kept, acknowledged: readonly Acknowledged[]): void {
  const done = new Set(
    kept.events.flatMap(({ event }) =>
      'reservationId' in event ? [`${event.type} ${event.reservationId}`] : [],
    ),
  );
  const told = new Set<string>();
  for (const [id, receipt] of kept.receipts) {
    if (receipt.status !== 'issued') return expect.fail(`the submission ${id} is half done`);
    for (const { result } of receipt.lines)
      if ('reservationId' in result) told.add(`${types[result.outcome]} ${result.reservationId}`);
  }
  expect([...told].filter((one) => !done.has(one))).to.deep.equal([]);
  const promoted = 'ReservationPromoted';
  const untold = [...done].filter((one) => !told.has(one) && !one.startsWith(promoted));
  expect(untold).to.deep.equal([]);
  for (const { receiptId, lines } of acknowledged) {
    const receipt = kept.receipts.get(receiptId);
    if (receipt?.status !== 'issued') return expect.fail(`the receipt ${receiptId} is lost`);
    const outcomes = receipt.lines.map(({ result }) => result.outcome);
    expect(outcomes).to.deep.equal(lines.map(({ result }) => result.outcome));
  }
}

/** The event that each outcome of a line stands for. */
const types: Readonly<Record<string, string>> = {
  accepted: 'ReservationConfirmed',
  awaitingValidation: 'ReservationSubmitted',
  waitlisted: 'ReservationWaitlisted',
  cancelled: 'ReservationCancelled',
};
