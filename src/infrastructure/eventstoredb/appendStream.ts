import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { appendAnswer, correlate, type AppendAnswer } from './appendMessages.ts';
import type { Connection } from './connection.ts';
import { LeaderlessError, storeFailure } from './storeFailure.ts';

interface Waiter {
  /** performance.now() when its append was written. */
  readonly since: number;
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: StoreUnavailableError) => void;
}

type Carrier = Awaited<ReturnType<Connection['batchAppend']>>;

/**
 * One call that carries any number of appends, and who waits for their answers: they all fail when it ends. A node
 * that turns out to have no leader is left, or every later append would go there too.
 */
export class AppendStream {
  private readonly waiting = new Map<string, Waiter>();
  /** performance.now() of the last answer on this call. */
  private heard = -Infinity;
  private ended: StoreUnavailableError | undefined;
  private readonly call: Carrier['call'];
  private readonly leaveNode: () => void;

  constructor(
    { call, leave }: Carrier,
    private readonly onEnd: () => void,
    /** Milliseconds without an answer to what waits, after which the call is held to be dead. */
    private readonly silentMs: number,
  ) {
    this.call = call;
    this.leaveNode = leave;
    call.on('data', (response: BatchAppendResp) => this.take(response));
    call.on('error', (error: unknown) => this.end(storeFailure(error)));
    call.on('end', () => this.end(new StoreUnavailableError('EventStoreDB ended the call')));
    call.on('close', () => this.end(new StoreUnavailableError('EventStoreDB closed the call')));
  }

  /**
   * Fails with StoreUnavailableError after `milliseconds`, alone unless the call is held to be dead, or when the call
   * ends first: whether the events were stored is not known then.
   */
  send(request: BatchAppendReq, milliseconds: number): Promise<AppendAnswer> {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(this.ended);
        return;
      }
      const correlation = correlate(request);
      const timer = setTimeout(() => {
        const isDead = this.silence >= this.silentMs;
        this.waiting.delete(correlation);
        reject(new StoreUnavailableError('EventStoreDB did not answer in time'));
        // The others that wait on this call had better try another.
        if (isDead) this.call.cancel();
      }, milliseconds);
      this.waiting.set(correlation, {
        since: performance.now(),
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.call.write(request);
    });
  }

  /** Milliseconds since this call last answered, or since the first that still waits was written. */
  private get silence(): number {
    const [first] = this.waiting.values();
    return first ? performance.now() - Math.max(first.since, this.heard) : 0;
  }

  private take(response: BatchAppendResp): void {
    this.heard = performance.now();
    const correlation = response.getCorrelationId()?.getString() ?? '';
    const waiter = this.waiting.get(correlation);
    // It had given up already.
    if (!waiter) return;
    this.waiting.delete(correlation);
    try {
      waiter.resolve(appendAnswer(response));
    } catch (error) {
      const failure = storeFailure(error);
      waiter.reject(failure);
      if (failure instanceof LeaderlessError) this.leave(failure);
    }
  }

  private leave(failure: StoreUnavailableError): void {
    this.leaveNode();
    this.end(failure);
    this.call.cancel();
  }

  private end(failure: StoreUnavailableError): void {
    if (this.ended) return;
    this.ended = failure;
    this.onEnd();
    // The server may have ended its half alone: the client would wait for ours for ever.
    this.call.destroy();
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }
}
