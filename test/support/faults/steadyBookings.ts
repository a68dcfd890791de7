import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '../../../src/interfaces/http/problem.ts';
import type { ApiClient } from '../apiClient.ts';
import { booking, cancellation, type ReceiptBody } from '../apiTown.ts';

/** Between two sendings of one caller, in milliseconds: the servers under test share this process's only thread. */
const breathMs = 300;

export interface SteadyBookingsOptions {
  /** One client for each process. */
  readonly apis: readonly ApiClient[];
  readonly familyId: string;
  /** One caller each. */
  readonly children: readonly string[];
  readonly dates: readonly string[];
}

/** One answer, and when it came; status 0: the connection broke. */
export interface TimedAnswer {
  readonly process: number;
  readonly status: number;
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** A place that somebody was told to have, or to have given back. */
export interface ToldPlace {
  readonly reservationId: string;
  readonly outcome: string;
}

export interface SteadyBookings {
  readonly answers: readonly TimedAnswer[];
  /** Every line of every receipt, in the order that each caller was told. */
  readonly told: readonly ToldPlace[];
  /** Sends nothing new; resolves once all that was sent has its receipt. Throws when an answer was not as promised. */
  stop(): Promise<void>;
  /** Gives up what has no receipt yet: nothing goes on after a test that failed. */
  abandon(): void;
}

/**
 * Callers that book their child's days one after the other, then give them back, and so on without end, in turn on
 * each process. What is answered 503, or not at all, is sent again with the same key, to the next process.
 */
export function steadyBookings({
  apis,
  familyId,
  children,
  dates,
}: SteadyBookingsOptions): SteadyBookings {
  const answers: TimedAnswer[] = [];
  const told: ToldPlace[] = [];
  let stopping = false;
  let abandoned = false;

  const attempt = async (process: number, body: object, key: string) => {
    const sentAt = performance.now();
    const path = `/api/families/${familyId}/submissions`;
    const api = apis[process] ?? expect.fail('no such process');
    const answer = await api
      .post<ReceiptBody | Problem>(path, body, { 'idempotency-key': key })
      .catch((error: unknown) => {
        // What fetch throws when the process is gone.
        if (error instanceof TypeError) return undefined;
        throw error;
      });
    const answeredAt = performance.now();
    answers.push({ process, status: answer?.status ?? 0, sentAt, answeredAt });
    return answer;
  };
  const send = async (first: number, body: object, key: string): Promise<ReceiptBody> => {
    for (let tries = 0; !abandoned; tries += 1) {
      const answer = await attempt((first + tries) % apis.length, body, key);
      if (answer && 'lines' in answer.body) return answer.body;
      if (!answer) continue;
      expect(answer.status).to.equal(503);
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(answer.headers.get('retry-after')).to.match(/^[1-9]\d*$/);
      expect(answer.body).to.include({ code: 'STORE.UNAVAILABLE' });
    }
    throw new Error('abandoned');
  };
  const call = async (childId: string, caller: number): Promise<void> => {
    for (let turn = 0; !stopping; turn += 1) {
      const date = dates[turn % dates.length] ?? expect.fail('no date');
      const books = Math.floor(turn / dates.length) % 2 === 0;
      const body = books
        ? { book: [booking(childId, date)], cancel: [] }
        : { book: [], cancel: [cancellation(childId, date, true)] };
      const { lines } = await send(caller + turn, body, `${childId}-${turn}`);
      for (const { result } of lines) {
        const { reservationId, outcome } = result;
        expect(outcome, JSON.stringify(result)).to.be.oneOf(
          books ? ['accepted', 'waitlisted'] : ['cancelled'],
        );
        told.push({ reservationId: reservationId ?? expect.fail('no reservation'), outcome });
      }
      await pause(breathMs);
    }
  };
  const calling = Promise.all(children.map(call));
  // Told when the load is stopped.
  calling.catch(() => (stopping = true));
  return {
    answers,
    told,
    async stop() {
      stopping = true;
      await calling;
    },
    abandon() {
      stopping = true;
      abandoned = true;
    },
  };
}
