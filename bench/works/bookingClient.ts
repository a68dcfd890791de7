import { Pool } from 'undici';
import { byCallers, perSecond } from '../rounds.ts';
import type { BookingAsked } from './bookingTown.ts';

/** The part of an answer that is looked at. */
interface Answer {
  readonly lines: readonly {
    readonly result: { readonly outcome: string; readonly reservationId: string };
  }[];
}

/** Families at their telephones: so many connections, kept open, one booking at a time on each. */
export class BookingClient {
  /** Outcome by reservation: what families were told. */
  readonly told = new Map<string, string>();
  private readonly pool: Pool;

  constructor(
    url: string,
    private readonly connections: number,
  ) {
    this.pool = new Pool(url, { connections, pipelining: 1 });
  }

  /** Sends one booking; answers with the body. Throws unless it was taken (201). */
  async send({ path, token, body }: BookingAsked): Promise<Answer> {
    const answer = await this.pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
    const parsed = (await answer.body.json()) as Answer;
    if (answer.statusCode !== 201)
      throw new Error(`a booking was answered ${answer.statusCode}: ${JSON.stringify(parsed)}`);
    return parsed;
  }

  /** Sends them all: how many a second, and how long each took (ms). */
  async sendAll(
    bookings: readonly BookingAsked[],
  ): Promise<{ readonly rate: number; readonly ms: readonly number[] }> {
    const ms: number[] = [];
    const rate = await perSecond(bookings.length, () =>
      byCallers(this.connections, bookings.length, async (n) => {
        const booking = bookings[n];
        if (!booking) return;
        const start = performance.now();
        const { lines } = await this.send(booking);
        ms.push(performance.now() - start);
        for (const { result } of lines) this.told.set(result.reservationId, result.outcome);
      }),
    );
    return { rate, ms };
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
