import { mkdirSync } from 'node:fs';
import { openEventStoreDb } from '../../src/infrastructure/eventstoredb/eventStoreDbEventStore.ts';
import type { Figure } from '../figures.ts';
import { inTurns } from '../rounds.ts';
import { BareAppends, storedAfter } from './bareAppends.ts';
import { BookingDesk } from './bookingDesk.ts';
import { startEventStoreDbProcess } from './eventStoreDbProcess.ts';

const callers = 64;

export interface BookingSizes {
  readonly rounds: number;
  readonly children: number;
  /** Commands before the first round: every session has its stream then, and the code is compiled. */
  readonly warmUp: number;
  /** Commands of one round. */
  readonly bookings: number;
}

/** The portal's own commands on a server of EventStoreDB's protocol, and the client's bare appends beside them. */
export async function distributedBookings(
  directory: string,
  { rounds, children, warmUp, bookings }: BookingSizes,
): Promise<{ readonly figure: Figure; readonly notes: readonly string[] }> {
  mkdirSync(directory, { recursive: true });
  const { connectionString, stop } = await startEventStoreDbProcess();
  const store = openEventStoreDb({ connectionString });
  const desk = await BookingDesk.open(directory, children, store);
  const bare = new BareAppends(connectionString);
  try {
    let done = await desk.head();
    const copy = async (): Promise<number> => {
      const rate = await bare.write(await storedAfter(store, done), callers);
      done = await desk.head();
      return rate;
    };
    await inTurns(1, { ours: () => desk.bookEverywhere(callers, warmUp), floor: copy });
    const measured = await inTurns(rounds, {
      ours: () => desk.bookEverywhere(callers, bookings),
      floor: copy,
    });
    await BareAppends.compare(store);
    const { events, streams } = await desk.verify();
    return {
      figure: {
        name: `bookings on EventStoreDB, ${callers} callers`,
        unit: '/s',
        rounds: measured.ours,
        floor: {
          name: '@eventstore/db-client alone, appendToStream of the same events to the same server',
          rounds: measured.floor,
        },
        goals: [{ kind: 'ofFloor', atLeast: 0.6 }],
      },
      notes: [
        'The server is the one of the tests, in a process of its own: it speaks the protocol, and keeps its log in memory.',
        `${events} events in ${streams} streams there; every hash chain verified, every note sealed; the floor wrote the same bytes.`,
      ],
    };
  } finally {
    await bare.close();
    await desk.close();
    await stop();
  }
}
