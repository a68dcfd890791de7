import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { BackOff, pause } from './backOff.ts';
import type { Connection } from './connection.ts';
import { FinalStoreError, storeFailure } from './storeFailure.ts';

/** Reads that end by themselves, each in one call, tried again while their deadline lasts: reading changes nothing. */
export class Pages {
  constructor(
    private readonly connection: Connection,
    private readonly closing: AbortSignal,
  ) {}

  /** All messages of one read. `deadline` in milliseconds, all attempts together. Throws StoreUnavailableError. */
  async read(request: ReadReq, deadline: number, leaving = this.closing): Promise<ReadResp[]> {
    const until = Date.now() + deadline;
    const backOff = new BackOff();
    for (;;) {
      try {
        return await this.attempt(request, Math.max(1, until - Date.now()), leaving);
      } catch (error) {
        const failure = storeFailure(error);
        const wait = backOff.next;
        const late = Date.now() + wait >= until;
        if (late || failure instanceof FinalStoreError || leaving.aborted) throw failure;
        await pause(wait, leaving);
      }
    }
  }

  private attempt(
    request: ReadReq,
    milliseconds: number,
    leaving: AbortSignal,
  ): Promise<ReadResp[]> {
    return new Promise((resolve, reject) => {
      let cancel: (() => void) | undefined;
      const leave = (): void => {
        settled();
        cancel?.();
        reject(new StoreUnavailableError('the read was left'));
      };
      // The call has a deadline of its own, but reaching a server may take longer than that.
      const timer = setTimeout(() => {
        settled();
        cancel?.();
        reject(new StoreUnavailableError('EventStoreDB did not answer in time'));
      }, milliseconds);
      const settled = (): void => {
        clearTimeout(timer);
        leaving.removeEventListener('abort', leave);
      };
      if (leaving.aborted) return leave();
      leaving.addEventListener('abort', leave);
      this.connection.read(request, milliseconds).then(
        (call) => {
          cancel = () => call.cancel();
          const messages: ReadResp[] = [];
          call.on('data', (message: ReadResp) => messages.push(message));
          call.on('end', () => {
            settled();
            resolve(messages);
          });
          call.on('error', (error) => {
            settled();
            reject(error);
          });
        },
        (error: unknown) => {
          settled();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}
