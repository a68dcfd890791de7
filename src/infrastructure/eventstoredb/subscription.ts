import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type {
  Position,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionBatch,
} from '../../application/ports/eventStore.ts';
import { BackOff, pause } from './backOff.ts';
import type { Connection } from './connection.ts';
import { LiveMessages } from './liveMessages.ts';
import type { LogReader } from './logReader.ts';
import {
  at,
  checkpointOf,
  isSystemEvent,
  recordedEvent,
  subscriptionRequest,
  type LogPosition,
} from './readMessages.ts';
import { FinalStoreError, storeFailure } from './storeFailure.ts';

const BATCH = 500;

export interface FollowedServer {
  readonly connection: Connection;
  readonly reader: LogReader;
}

/**
 * Follows the log: reads what is stored, then subscribes; begins again from its own checkpoint when a call breaks, for
 * as long as it takes. Ends when `over` aborts. Throws FinalStoreError: trying again would not mend it.
 */
export async function* followServer(
  server: FollowedServer,
  { after, filter, batchSize = BATCH }: Omit<SubscribeOptions, 'signal'>,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch, undefined> {
  const backOff = new BackOff();
  const left = (): boolean => over.aborted;
  let checkpoint = after;
  while (!left()) {
    const options = { ...(filter && { filter }), batchSize };
    try {
      for await (const batch of followOnce(server, checkpoint, options, over)) {
        backOff.reset();
        checkpoint = batch.checkpoint;
        yield batch;
        if (left()) return;
      }
    } catch (error) {
      const failure = storeFailure(error);
      if (left()) return;
      if (failure instanceof FinalStoreError) throw failure;
      await pause(backOff.next, over);
    }
  }
}

type Following = Pick<SubscribeOptions, 'filter'> & { readonly batchSize: number };

/** Until the call breaks, or `over`. */
async function* followOnce(
  server: FollowedServer,
  after: Position | undefined,
  options: Following,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  let checkpoint = after;
  let told = after;
  for await (const batch of readStored(server, after, options, over)) {
    checkpoint = batch.checkpoint;
    // A batch without events only says how far was read: the first live one says it too.
    if (batch.events.length > 0) {
      told = checkpoint;
      yield batch;
    }
    if (over.aborted) return;
  }
  yield* followLive(server, checkpoint, told, options, over);
}

/** What is stored now, in large pages. The last batch tells a position that all has been read up to. */
async function* readStored(
  { reader }: FollowedServer,
  after: Position | undefined,
  { filter, batchSize }: Following,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  const end = await reader.last(undefined, over);
  if (end === undefined || (after !== undefined && after >= end)) return;
  const from = { ...(after !== undefined && { from: after }), ...(filter && { filter }) };
  for await (const page of reader.all(from, over)) {
    for (let start = 0; start < page.length; start += batchSize) {
      const events = page.slice(start, start + batchSize);
      const last = events.at(-1);
      if (last) yield { events, checkpoint: last.position, caughtUp: false };
    }
    const last = page.at(-1);
    if (over.aborted || (last && last.position >= end)) return;
  }
  yield { events: [], checkpoint: end, caughtUp: false };
}

/** What is stored after a position; `told` is the checkpoint that the consumer knows already. */
async function* followLive(
  { connection, reader }: FollowedServer,
  after: Position | undefined,
  told: Position | undefined,
  { filter, batchSize }: Following,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  const messages = await LiveMessages.open(connection, subscriptionRequest(after, filter), over);
  const progress = new Progress(reader, after, told);
  try {
    let drained = true;
    for (;;) {
      if (drained) await messages.arrival();
      drained = false;
      for (let taken = 0; taken < batchSize && !drained && !over.aborted; taken += 1) {
        const message = await messages.waiting();
        if (message) await progress.take(message, over);
        else drained = true;
      }
      if (over.aborted) return;
      const batch = await progress.batch(drained, over);
      if (batch) yield batch;
    }
  } finally {
    messages.close();
  }
}

/** What the messages of a subscription have told so far. */
class Progress {
  private events: RecordedEvent[] = [];
  private between: LogPosition | undefined;
  /** Where the log ended once the subscription had begun; `unknown` before. */
  private end: Position | undefined | 'unknown' = 'unknown';
  private saidCaughtUp = false;

  constructor(
    private readonly reader: LogReader,
    private checkpoint: Position | undefined,
    private told: Position | undefined,
  ) {}

  async take(message: ReadResp, over: AbortSignal): Promise<void> {
    // Servers before 23.10 don't say when a subscription has caught up: it has once it stands where the log ended.
    if (message.hasConfirmation()) this.end = await this.reader.last(undefined, over);
    const event = recordedEvent(message);
    if (event) this.takeEvent(event);
    const checkpoint = checkpointOf(message);
    if (checkpoint) this.takeCheckpoint(checkpoint);
  }

  /** What is new since the last batch, if anything; `drained` when no message waits. */
  async batch(drained: boolean, over: AbortSignal): Promise<SubscriptionBatch | undefined> {
    await this.settleCheckpoint(over);
    const { events, checkpoint, end } = this;
    if (checkpoint === undefined) return undefined;
    const caughtUp = drained && end !== 'unknown' && checkpoint >= (end ?? checkpoint);
    const news = events.length > 0 || checkpoint !== this.told || (caughtUp && !this.saidCaughtUp);
    if (!news) return undefined;
    this.events = [];
    this.told = checkpoint;
    this.saidCaughtUp = caughtUp;
    return { events, checkpoint, caughtUp };
  }

  private takeEvent(event: RecordedEvent): void {
    if (this.checkpoint !== undefined && event.position <= this.checkpoint) return;
    this.checkpoint = event.position;
    this.between = undefined;
    if (!isSystemEvent(event)) this.events.push(event);
  }

  private takeCheckpoint(checkpoint: LogPosition): void {
    if (this.checkpoint !== undefined && checkpoint.commit <= this.checkpoint) return;
    if (checkpoint.prepare === checkpoint.commit) {
      this.checkpoint = checkpoint.commit;
      this.between = undefined;
    } else this.between = checkpoint;
  }

  /**
   * While it catches up, the server tells checkpoints that stand between two events: the next event may have that
   * very position and not be delivered yet. What has been passed for sure is the event before.
   */
  private async settleCheckpoint(over: AbortSignal): Promise<void> {
    if (!this.between) return;
    const passed = await this.reader.last(at(this.between.commit), over);
    this.between = undefined;
    if (passed !== undefined && passed > (this.checkpoint ?? -1n)) this.checkpoint = passed;
  }
}
