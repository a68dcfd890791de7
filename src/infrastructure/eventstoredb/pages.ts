import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { BackOff, pause } from './backOff.ts';
import type { Connection } from './connection.ts';
import { Deadline } from './deadline.ts';
import { FinalStoreError, storeFailure } from './storeFailure.ts';

/** The server said nothing for as long as it may. */
class SilenceError extends StoreUnavailableError {}

export interface Scanned {
  readonly messages: readonly ReadResp[];
  /** Whether the server came to the end of what was asked. */
  readonly whole: boolean;
}

/** Reads that end by themselves, each in one call, tried again while their deadline lasts: reading changes nothing. */
export class Pages {
  constructor(
    private readonly connection: Connection,
    private readonly closing: AbortSignal,
  ) {}

  /** All messages of one read. `deadline` in milliseconds, all attempts together. Throws StoreUnavailableError. */
  async read(request: ReadReq, deadline: number, leaving = this.closing): Promise<ReadResp[]> {
    const until = new Deadline(deadline);
    return this.retried(until, leaving, async (messages) => {
      const { left } = until;
      const call = await within(this.connection.read(request, left), left, leaving);
      await collect(call, messages, { limit: left, moving: false }, leaving);
      return messages;
    });
  }

  /**
   * One read whose messages may be far apart. What came before the call broke, or before nothing came for `silence`
   * milliseconds, is kept; nothing may have come. Throws StoreUnavailableError when no call could be made.
   */
  async scan(request: ReadReq, silence: number, leaving = this.closing): Promise<Scanned> {
    const until = new Deadline(silence);
    return this.retried(until, leaving, async (messages) => {
      const call = await within(this.connection.read(request), until.left, leaving);
      try {
        await collect(call, messages, { limit: until.left, moving: true }, leaving);
        return { messages, whole: true };
      } catch (error) {
        const failure = storeFailure(error);
        const lost = messages.length === 0 && !(failure instanceof SilenceError);
        if (lost || failure instanceof FinalStoreError || leaving.aborted) throw failure;
        return { messages, whole: false };
      }
    });
  }

  private async retried<T>(
    until: Deadline,
    leaving: AbortSignal,
    attempt: (messages: ReadResp[]) => Promise<T>,
  ): Promise<T> {
    const backOff = new BackOff();
    for (;;) {
      try {
        return await attempt([]);
      } catch (error) {
        const failure = storeFailure(error);
        const wait = backOff.next;
        const late = !until.allows(wait);
        if (late || failure instanceof FinalStoreError || leaving.aborted) throw failure;
        await pause(wait, leaving);
      }
    }
  }
}

type Call = Awaited<ReturnType<Connection['read']>>;

/** The call once a server is reached, which may take longer than the call's own deadline. */
function within(opening: Promise<Call>, milliseconds: number, leaving: AbortSignal): Promise<Call> {
  const drop = (): void => {
    opening.then(
      (late) => late.on('error', () => undefined).cancel(),
      () => undefined,
    );
  };
  return limited(milliseconds, leaving, drop, (resolve, reject) => {
    opening.then(resolve, reject);
  });
}

interface Patience {
  readonly limit: number;
  /** Whether each message gives as much time again. */
  readonly moving: boolean;
}

/** Fills `messages` until the call ends. Rejects when it fails, or when its time is over. */
function collect(
  call: Call,
  messages: ReadResp[],
  { limit, moving }: Patience,
  leaving: AbortSignal,
): Promise<void> {
  return limited(
    limit,
    leaving,
    () => call.cancel(),
    (resolve, reject, again) => {
      call.on('data', (message: ReadResp) => {
        messages.push(message);
        if (moving) again();
      });
      call.on('end', () => resolve(undefined));
      call.on('error', reject);
    },
  );
}

/** What `start` resolves with, unless the time is over or the caller leaves: then `giveUp` is called. */
function limited<T>(
  milliseconds: number,
  leaving: AbortSignal,
  giveUp: () => void,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void, again: () => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (failure: StoreUnavailableError): void => {
      settle();
      giveUp();
      reject(failure);
    };
    const leave = (): void => stop(new StoreUnavailableError('the read was left'));
    const timer = setTimeout(
      () => stop(new SilenceError('EventStoreDB did not answer in time')),
      milliseconds,
    );
    let settled = false;
    const settle = (): void => {
      settled = true;
      clearTimeout(timer);
      leaving.removeEventListener('abort', leave);
    };
    leaving.addEventListener('abort', leave);
    start(
      (value) => {
        settle();
        resolve(value);
      },
      (error) => {
        settle();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
      () => {
        if (!settled) timer.refresh();
      },
    );
    if (leaving.aborted) leave();
  });
}
