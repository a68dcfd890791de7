import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { setImmediate as breath } from 'node:timers/promises';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import type { Connection } from './connection.ts';
import { storeFailure } from './storeFailure.ts';

type Call = Awaited<ReturnType<Connection['read']>>;

/**
 * The messages of a call that does not end by itself, taken one by one: no more than a few wait here, the others with
 * the server. Close it when done.
 */
export class LiveMessages {
  private failure: StoreUnavailableError | undefined;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly call: Call,
    private readonly leaving: AbortSignal,
  ) {
    call.on('readable', () => this.wake());
    call.on('error', (error: unknown) => this.fail(storeFailure(error)));
    call.on('end', () => this.fail(new StoreUnavailableError('EventStoreDB ended the call')));
    leaving.addEventListener('abort', this.leave);
  }

  static async open(
    connection: Connection,
    request: ReadReq,
    leaving: AbortSignal,
  ): Promise<LiveMessages> {
    const opening = connection.read(request);
    const settled = new AbortController();
    const race = Promise.race([opening, aborted(leaving, settled.signal)]);
    const call = await race.finally(() => settled.abort());
    if (call) return new LiveMessages(call, leaving);
    // Finding a server may take longer than its caller stays.
    const drop = (late: Call): void => late.on('error', () => undefined).cancel();
    opening.then(drop, () => undefined);
    throw new StoreUnavailableError('the subscription was left');
  }

  /** The next message if one is there already, or comes within one turn of the event loop. */
  async waiting(): Promise<ReadResp | undefined> {
    const message = this.take();
    if (message) return message;
    await breath();
    return this.take();
  }

  /**
   * Resolves when a message is there, or when the caller leaves; with false when neither came within so many
   * milliseconds. Throws StoreUnavailableError: the call broke.
   */
  async arrival(milliseconds: number): Promise<boolean> {
    const waited = { enough: false };
    const timer = setTimeout(() => {
      waited.enough = true;
      this.wake();
    }, milliseconds);
    try {
      while (!this.leaving.aborted && this.call.readableLength === 0) {
        if (this.failure) throw this.failure;
        if (waited.enough) return false;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
          // Asks for more; an end is told to whoever asks only.
          this.call.read(0);
        });
      }
      return true;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.leaving.removeEventListener('abort', this.leave);
    this.call.cancel();
  }

  private readonly leave = (): void => this.wake();

  private take(): ReadResp | undefined {
    return this.call.readableLength > 0 ? this.call.read() : undefined;
  }

  private fail(failure: StoreUnavailableError): void {
    this.failure ??= failure;
    this.wake();
  }
}

/** Resolves when `signal` aborts, and stops listening to it once `settled`. */
function aborted(signal: AbortSignal, settled: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { signal: settled });
  });
}
