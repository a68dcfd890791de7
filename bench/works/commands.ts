import { join } from 'node:path';
import type { Figure, WorkReport } from '../figures.ts';
import { byCallers, inTurns, perSecond } from '../rounds.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import { BookingDesk } from './bookingDesk.ts';
import { openEmmett, peerName, installPeer, type EmmettPeer } from './emmettPeer.ts';
import { RawFloor, storedRows } from './rawFloor.ts';

const callers = 64;

interface Sizes {
  readonly rounds: number;
  /** Commands of one round. */
  readonly many: number;
  readonly alone: number;
  readonly books: number;
  readonly booking: number;
  readonly peer: number;
}

const full: Sizes = {
  rounds: 7,
  many: 12_800,
  alone: 800,
  books: 12,
  booking: 640,
  peer: 128,
};
const small: Sizes = { rounds: 2, many: 640, alone: 64, books: 1, booking: 320, peer: 16 };

/** Durable commands: load, decide, encrypt, chain, append, flush. Each books a place with a sealed note. */
export const commands = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const sizes = short ? small : full;
    const directory = join(folder, 'data');
    const desk = await BookingDesk.open(directory, sizes.booking);
    const floor = new RawFloor(join(folder, 'floor.db'));
    const peer = await openEmmett(join(folder, 'peer.db'));
    try {
      // Warm-up: every session has its stream, and the code is compiled.
      await inTurns(1, { ours: () => desk.bookEverywhere(callers, short ? 640 : 20_000) });
      const figures = [
        await manyStreams({ desk, floor, peer, directory, sizes }),
        await oneCaller({ desk, floor, directory, sizes }),
        await oneStream({ desk, sizes }),
      ];
      const { events, streams } = await desk.verify();
      return {
        work: 'commands',
        figures,
        notes: [
          `${callers} callers, each waits for its answer; a staff-validated booking with a note: one sealed event a command.`,
          `${events} events in ${streams} streams; every hash chain verified, every note sealed.`,
        ],
      };
    } finally {
      await desk.close();
      floor.close();
    }
  });

interface Setting {
  readonly desk: BookingDesk;
  readonly floor: RawFloor;
  readonly directory: string;
  readonly sizes: Sizes;
}

async function manyStreams({
  desk,
  floor,
  directory,
  sizes,
  peer,
}: Setting & { readonly peer: EmmettPeer | undefined }): Promise<Figure> {
  let done = await desk.head();
  const measured = await inTurns(sizes.rounds, {
    ours: () => desk.bookEverywhere(callers, sizes.many),
    floor: async () => {
      const rows = storedRows(directory, done);
      done = await desk.head();
      return perSecond(rows.length, () => floor.insert(rows, callers));
    },
    peer: () => {
      if (!peer) return Number.NaN;
      const rows = storedRows(directory, done - BigInt(sizes.peer));
      return perSecond(rows.length, () =>
        byCallers(callers, rows.length, async (n) => {
          const row = rows[n];
          if (row) await peer.append(row);
        }),
      );
    },
  });
  return {
    name: `${callers} callers, many streams`,
    unit: '/s',
    rounds: measured.ours,
    floor: { name: `better-sqlite3, ${callers} rows a transaction, FULL`, rounds: measured.floor },
    peer: peer
      ? { name: peerName, rounds: measured.peer }
      : { name: peerName, install: installPeer },
    goals: [
      { kind: 'ofFloor', atLeast: 1 / 3 },
      { kind: 'ofPeer', atLeast: 100, accepted: 40 },
    ],
  };
}

async function oneCaller({ desk, floor, directory, sizes }: Setting): Promise<Figure> {
  let done = await desk.head();
  const measured = await inTurns(sizes.rounds, {
    ours: () => desk.bookEverywhere(1, sizes.alone),
    floor: async () => {
      const rows = storedRows(directory, done);
      done = await desk.head();
      return perSecond(rows.length, () => floor.insert(rows, 1));
    },
  });
  return {
    name: 'one caller',
    unit: '/s',
    rounds: measured.ours,
    floor: { name: 'better-sqlite3, one row a transaction, FULL', rounds: measured.floor },
    goals: [{ kind: 'ofFloor', atLeast: 0.8, accepted: 0.5 }],
  };
}

async function oneStream({ desk, sizes }: Pick<Setting, 'desk' | 'sizes'>): Promise<Figure> {
  const { rounds, books, booking } = sizes;
  const measured = await inTurns(rounds, {
    ours: () => desk.bookOneByOne(callers, books, booking),
    floor: () => desk.bookEachItsOwn(callers, books * booking),
  });
  return {
    name: `${callers} callers, one stream`,
    unit: '/s',
    rounds: measured.ours,
    floor: { name: `the same, each caller on its own stream`, rounds: measured.floor },
    goals: [{ kind: 'ofFloor', atLeast: 0.5 }],
  };
}
