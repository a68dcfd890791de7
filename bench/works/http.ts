import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { addHours } from '../../src/domain/kernel/parisTime.ts';
import { systemClock } from '../../src/infrastructure/systemClock.ts';
import type { Figure, WorkReport } from '../figures.ts';
import { inTurns, quantile } from '../rounds.ts';
import { inTemporaryDirectory } from '../temporaryDirectory.ts';
import { openTown, tokens } from '../town/openTown.ts';
import { BookingClient } from './bookingClient.ts';
import { bookingsOf, bookingTown, type BookingAsked } from './bookingTown.ts';
import { readBooks } from './booksKept.ts';
import { startPortal, until } from './portalProcess.ts';

const connections = 64;
const full = { rounds: 5, children: 2_000, warmUp: 4_000, perRound: 8_000 };
const small = { rounds: 2, children: 100, warmUp: 200, perRound: 600 };
const supervisor = { actor: { kind: 'supervisor', id: 'bench-supervisor' } } as const;

/** Signed-in bookings of one day over HTTP: the portal as it ships, its projections running, in its own process. */
export const http = (short: boolean): Promise<WorkReport> =>
  inTemporaryDirectory(async (folder) => {
    const { rounds, children, warmUp, perRound } = short ? small : full;
    const directory = join(folder, 'data');
    const count = 1 + warmUp + rounds * perRound;
    const town = bookingTown(children, count);
    const { writer, calendar, close } = openTown(directory);
    await writer.openTown(town);
    await close();
    const bookings = bookingsOf(town, calendar, count);
    let sent = 1 + warmUp;
    let round: BookingAsked[] = [];

    const portal = startPortal(directory);
    const url = await portal.url;
    await until(() => caughtUp(url), 20);
    const families = new BookingClient(url, connections);
    const [first] = bookings;
    if (!first) throw new RangeError('no booking to send');
    const floor = await startFloor(await families.send(first));
    const plain = new BookingClient(floor.url, connections);
    await families.sendAll(bookings.slice(1, sent));
    await plain.sendAll(bookings.slice(1, sent));
    const slowest: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
    const measured = await inTurns(rounds, {
      ours: async () => {
        round = bookings.slice(sent, (sent += perRound));
        const { rate, ms } = await families.sendAll(round);
        slowest.ours.push(quantile(ms, 0.99));
        await until(() => caughtUp(url), 20);
        return rate;
      },
      floor: async () => {
        const { rate, ms } = await plain.sendAll(round);
        slowest.floor.push(quantile(ms, 0.99));
        return rate;
      },
    });
    await Promise.all([families.close(), plain.close()]);
    floor.stop();
    await portal.stop();
    const books = await readBooks(directory, town, families.told);
    return {
      work: 'http',
      figures: figuresOf(measured, slowest, books),
      notes: [
        `${connections} connections kept open, from another process; one day a request, read models kept up meanwhile.`,
        `Read again: ${books.reservations} reservations in ${books.sessions} sessions, ${books.waiting} waiting.`,
      ],
    };
  });

type Measured = Readonly<Record<'ours' | 'floor', readonly number[]>>;

function figuresOf(
  rates: Measured,
  slowest: Measured,
  books: { readonly overbooked: number; readonly contradicted: number },
): Figure[] {
  const name = 'an Express route that parses the same body and answers the same JSON';
  const none = [{ kind: 'itself', atMost: 0 }] as const;
  return [
    {
      name: 'signed-in bookings',
      unit: '/s',
      rounds: rates.ours,
      floor: { name, rounds: rates.floor },
      goals: [{ kind: 'ofFloor', atLeast: 1 / 3 }],
    },
    {
      name: 'their slowest in a hundred (p99)',
      unit: 'ms',
      rounds: slowest.ours,
      floor: { name, rounds: slowest.floor },
      goals: [{ kind: 'itself', atMost: 60, accepted: 2.5 }],
    },
    { name: 'places given beyond capacity', unit: '', rounds: [books.overbooked], goals: none },
    {
      name: 'answers that the books contradict',
      unit: '',
      rounds: [books.contradicted],
      goals: none,
    },
  ];
}

/** Whether every projection has seen the last event. */
async function caughtUp(url: string): Promise<boolean> {
  const token = tokens.issue(supervisor, addHours(systemClock.now(), 1));
  const { body } = await request(`${url}/api/projections`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { projections } = (await body.json()) as {
    readonly projections: readonly { readonly checkpoint?: string; readonly head?: string }[];
  };
  return projections.every(
    ({ checkpoint, head }) => checkpoint !== undefined && checkpoint === head,
  );
}

async function startFloor(answer: object): Promise<{ readonly url: string; stop(): void }> {
  const child = fork(fileURLToPath(new URL('./expressFloor.js', import.meta.url)));
  child.send(answer);
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() };
}
