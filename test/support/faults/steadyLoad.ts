import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as think } from 'node:timers/promises';
import { Pool } from 'undici';
import { bookable } from './townMoment.ts';
import {
  sending,
  type Acknowledged,
  type LoadingFamily,
  type TownUnderLoad,
} from './townUnderLoad.ts';

/** Milliseconds between an answer and the next thing that a family sends. */
const THINK_MS = 20;

export interface SteadyLoad {
  /** Everything acknowledged so far. */
  readonly acknowledged: readonly Acknowledged[];
  /** Milliseconds that each answer took since the last time it was asked for. */
  takeLatencies(): number[];
  /** Resolves once so many were acknowledged in all; fails as soon as one is not. */
  sent(count: number): Promise<void>;
  /** Lets what was sent be answered, and sends nothing more. */
  stop(): Promise<void>;
}

/** Families that book and give back without end, each its own days, one request at a time; all must be taken. */
export function steadyLoad(town: TownUnderLoad, callers = 8): SteadyLoad {
  const pool = new Pool(town.url, { connections: callers });
  const acknowledged: Acknowledged[] = [];
  let latencies: number[] = [];
  let going = true;
  let look = (): void => undefined;

  const sendOne = async (family: LoadingFamily, held: Set<string>): Promise<void> => {
    const childId = any(family.children);
    const date = any(bookable);
    const place = `${childId} ${date}`;
    const act = held.has(place) ? 'cancel' : 'book';
    const { path, headers, body } = sending(family, childId, date, act);
    const sent = performance.now();
    const answer = await pool.request({
      method: 'POST',
      path,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body,
    });
    const receipt = (await answer.body.json()) as Acknowledged;
    latencies.push(performance.now() - sent);
    expect(answer.statusCode, JSON.stringify(receipt)).to.equal(201);
    acknowledged.push(receipt);
    look();
    if (act === 'cancel') held.delete(place);
    else held.add(place);
  };
  const call = async (family: LoadingFamily): Promise<void> => {
    const held = new Set<string>();
    while (going) {
      await sendOne(family, held);
      await think(THINK_MS);
    }
  };
  const calling = Promise.all(town.families.slice(0, callers).map(call));
  // Told when the load is stopped.
  calling.catch(() => undefined);

  return {
    acknowledged,
    takeLatencies() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    async sent(count) {
      const reached = new Promise<void>((resolve) => {
        look = () => {
          if (acknowledged.length >= count) resolve();
        };
        look();
      });
      await Promise.race([reached, calling]);
    },
    async stop() {
      going = false;
      await calling.finally(() => pool.close());
    },
  };
}

const any = <T>(some: readonly T[]): T =>
  some[Math.floor(Math.random() * some.length)] ?? expect.fail('there is none');

/** The time that 99 answers of 100 don't exceed. */
export function p99(latencies: readonly number[]): number {
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? expect.fail('nothing was measured');
}
