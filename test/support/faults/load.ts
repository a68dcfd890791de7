import { randomBytes } from 'node:crypto';
import { booking, cancellation, type ReceiptBody } from '../apiTown.ts';
import type { FaultFamily, FaultTown } from './faultTown.ts';
import { bookable } from './townMoment.ts';

export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryAfter: string | null;
}

export interface LoadOptions {
  readonly callers: number;
  /** What is refused, or not answered, is sent again under the same key until it has its receipt. */
  readonly retries?: boolean;
}

const any = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

/** Families who book and give back days without end, several at once, and what they were told meanwhile. */
export class Load {
  /** Every receipt given, by its id. */
  readonly acknowledged = new Map<string, ReceiptBody>();
  readonly refused: Refused[] = [];
  /** Milliseconds from each sending to its receipt. */
  readonly latencies: number[] = [];
  private stopping = false;
  private abandoned = false;
  private readonly calling: Promise<unknown>;

  /** Each caller has families of its own. */
  constructor(
    private readonly town: FaultTown,
    private readonly options: LoadOptions,
  ) {
    const { callers } = options;
    const families = [...town.families];
    this.calling = Promise.all(
      Array.from({ length: callers }, (_, caller) =>
        this.call(families.filter((_family, at) => at % callers === caller)),
      ),
    );
    // Told when the load is stopped.
    this.calling.catch(() => undefined);
  }

  /** The portal is gone, or the test has failed: nothing more is sent, or asked for again. */
  abandon(): void {
    this.stopping = this.abandoned = true;
  }

  /** Lets what was sent be answered, and sends nothing new. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.calling;
  }

  private async call(families: readonly FaultFamily[]): Promise<void> {
    const { places: held } = this.town;
    while (!this.stopping) {
      const family = any(families);
      const [childId, date] = [any(family.children), any(bookable)];
      const place = `${childId} ${date}`;
      const isHeld = held.get(place) === true;
      // Nobody was told what became of it: it is left alone.
      if (held.has(place) && !isHeld && !this.options.retries) continue;
      held.set(place, false);
      if (await this.answered(family, childId, date, isHeld)) {
        if (isHeld) held.delete(place);
        else held.set(place, true);
      }
    }
  }

  private async answered(
    family: FaultFamily,
    childId: string,
    date: string,
    givesBack: boolean,
  ): Promise<boolean> {
    const key = randomBytes(8).toString('hex');
    const [book, cancel] = givesBack
      ? [[], [cancellation(childId, date, true)]]
      : [[booking(childId, date)], []];
    for (;;) {
      const done = await this.sent(() => this.town.send(family, key, book, cancel));
      if (done || !this.options.retries || this.abandoned) return done;
    }
  }

  private async sent(send: () => ReturnType<FaultTown['send']>): Promise<boolean> {
    const begun = performance.now();
    try {
      const { status, headers, body } = await send();
      if (status === 201) {
        this.acknowledged.set(body.receiptId, body);
        this.latencies.push(performance.now() - begun);
        return true;
      }
      const { code = '', detail = '' } = body as { code?: string; detail?: string };
      this.refused.push({ status, code, detail, retryAfter: headers.get('retry-after') });
    } catch (error) {
      // What fetch throws when the process is gone; an answer that the API does not promise is a fault.
      if (!(error instanceof TypeError)) throw error;
    }
    return false;
  }
}
