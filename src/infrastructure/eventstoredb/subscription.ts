import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  StoreUnavailableError,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
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
/** Milliseconds until a server must say that a subscription has begun. */
const CONFIRMATION = 10_000;

export interface FollowedServer {
  readonly connection: Connection;
  readonly reader: LogReader;
  /** Milliseconds without a word after which it is asked whether something was missed. */
  readonly quiet: number;
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

/**
 * What is stored after a position; `told` is the checkpoint that the consumer knows already. What was stored until the
 * subscription began is read, not waited for: of events that the filter leaves out, servers tell no checkpoint at the
 * end of their own catching up, or one that stands before them.
 */
async function* followLive(
  server: FollowedServer,
  after: Position | undefined,
  told: Position | undefined,
  options: Following,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  const { connection, reader, quiet } = server;
  const request = subscriptionRequest(after, options.filter);
  const messages = await LiveMessages.open(connection, request, over);
  const progress = new Progress(reader, after, told);
  try {
    if (!(await messages.arrival(CONFIRMATION))) throw silent();
    for await (const batch of readStored(server, after, options, over)) {
      if (progress.pass(batch)) yield batch;
      if (over.aborted) return;
    }
    for (let drained = false; ;) {
      if (drained && !(await messages.arrival(quiet))) {
        // A node that has lost the others keeps its subscriptions, and tells them nothing.
        const end = await reader.last(undefined, over);
        if (progress.isBefore(end) && !(await messages.arrival(quiet))) throw silent();
      }
      drained = false;
      for (let taken = 0; taken < options.batchSize && !drained && !over.aborted; taken += 1) {
        const message = await messages.waiting();
        if (message) progress.take(message);
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

const silent = (): StoreUnavailableError =>
  new StoreUnavailableError('EventStoreDB tells this subscription nothing of what is stored');

/** What the messages of a subscription have told so far. */
class Progress {
  private events: RecordedEvent[] = [];
  private between: LogPosition | undefined;
  private saidCaughtUp = false;

  constructor(
    private readonly reader: LogReader,
    private checkpoint: Position | undefined,
    private told: Position | undefined,
  ) {}

  /** Takes what was read; whether it is to be handed over at once: how far was read is told with the next batch. */
  pass({ events, checkpoint }: SubscriptionBatch): boolean {
    this.checkpoint = checkpoint;
    if (events.length === 0) return false;
    this.told = checkpoint;
    return true;
  }

  isBefore(position: Position | undefined): boolean {
    return position !== undefined && position > (this.checkpoint ?? -1n);
  }

  take(message: ReadResp): void {
    const event = recordedEvent(message);
    if (event) this.takeEvent(event);
    const checkpoint = checkpointOf(message);
    if (checkpoint) this.takeCheckpoint(checkpoint);
  }

  /** What is new since the last batch, if anything; `caughtUp` when no message waits. */
  async batch(caughtUp: boolean, over: AbortSignal): Promise<SubscriptionBatch | undefined> {
    await this.settleCheckpoint(over);
    const { events, checkpoint } = this;
    if (checkpoint === undefined) return undefined;
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
