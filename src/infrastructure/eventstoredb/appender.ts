import {
  StoreUnavailableError,
  type EventToAppend,
  type ExpectedRevision,
} from '../../application/ports/eventStore.ts';
import { appendRequest, type AppendAnswer } from './appendMessages.ts';
import { AppendStream } from './appendStream.ts';
import { BackOff, pause } from './backOff.ts';
import type { Connection } from './connection.ts';
import { Deadline } from './deadline.ts';
import { FinalStoreError, storeFailure } from './storeFailure.ts';

/** Of what an append may take: so long a silence of a call that it carries, and another call is tried. */
const SILENT_PART = 1 / 4;

/** Sends appends, and sends them again while their deadline lasts: the server recognises events by their ids. */
export class Appender {
  private stream: AppendStream | undefined;
  private opening: Promise<AppendStream> | undefined;

  constructor(
    private readonly connection: Connection,
    /** Milliseconds for one append, all its attempts together. */
    private readonly deadline: number,
    private readonly closing: AbortSignal,
  ) {}

  /** Throws StoreUnavailableError: the events may be stored or not, the same append may be tried again. */
  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendAnswer> {
    const until = new Deadline(this.deadline);
    const request = appendRequest(stream, events, expected);
    const backOff = new BackOff();
    for (;;) {
      try {
        const carrier = this.stream ?? (await this.opened(until.left));
        return await carrier.send(request, until.left);
      } catch (error) {
        const failure = storeFailure(error);
        const wait = backOff.next;
        const late = !until.allows(wait);
        if (late || failure instanceof FinalStoreError || this.closing.aborted) throw failure;
        await pause(wait, this.closing);
      }
    }
  }

  /** One call for all; who waits longer than `milliseconds` for it gives up, the others go on. */
  private opened(milliseconds: number): Promise<AppendStream> {
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    const { opening } = this;
    return new Promise((resolve, reject) => {
      const giveUp = (): void =>
        reject(new StoreUnavailableError('EventStoreDB can not be reached'));
      const timer = setTimeout(giveUp, milliseconds);
      this.closing.addEventListener('abort', giveUp);
      const settled = (): void => {
        clearTimeout(timer);
        this.closing.removeEventListener('abort', giveUp);
      };
      opening.finally(settled).then(resolve, reject);
    });
  }

  private async open(): Promise<AppendStream> {
    const carrier = await this.connection.batchAppend();
    const onEnd = (): void => {
      if (this.stream === stream) this.stream = undefined;
    };
    const stream = new AppendStream(carrier, onEnd, this.deadline * SILENT_PART);
    this.stream = stream;
    return stream;
  }
}
