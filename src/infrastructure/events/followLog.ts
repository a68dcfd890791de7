import { setImmediate as breath } from 'node:timers/promises';
import type { Position, SubscriptionBatch } from '../../application/ports/eventStore.ts';
import type { Bell } from './bell.ts';
import { leavable } from './leavable.ts';

/** A log that can be looked at again and again. */
export interface FollowedLog {
  /** What comes after a position, in one look; undefined when there is nothing new. */
  readonly look: (after: Position | undefined) => SubscriptionBatch | undefined;
  /** Rings after something was stored. */
  readonly bell: Bell;
  /** Looks again after this many ms when the bell can't be heard (another process writes). */
  readonly patience?: number;
}

/**
 * Follows a log: catches up, then waits for the bell. Ends when `signal` aborts or the consumer leaves, even while it
 * waits; fails when a look fails.
 */
export const followLog = (
  log: FollowedLog,
  after: Position | undefined,
  signal: AbortSignal,
): AsyncIterableIterator<SubscriptionBatch> => leavable((over) => follow(log, after, over), signal);

async function* follow(
  { look, bell, patience }: FollowedLog,
  after: Position | undefined,
  over: AbortSignal,
): AsyncGenerator<SubscriptionBatch, undefined> {
  let checkpoint = after;
  for (;;) {
    // A long catch-up must not keep the event loop to itself.
    await breath();
    if (over.aborted) return;
    const heard = bell.rings;
    const batch = look(checkpoint);
    if (batch) {
      checkpoint = batch.checkpoint;
      yield batch;
      if (!batch.caughtUp) continue;
    }
    // A ring while the batch was worked at counts; without one there is nothing to look at yet.
    await bell.next(heard, over, patience);
  }
}
