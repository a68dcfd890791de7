import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position, Revision } from '../../application/ports/eventStore.ts';

/** Between two looks at how far the log goes, and how long such a look counts. Milliseconds. */
const LOOK_MS = 1_000;
const TRUSTED_MS = 3_000;
const RETRY_MS = 500;

export interface FollowedStreamsOptions {
  readonly events: Pick<EventStore, 'subscribe' | 'head'>;
  /** Beginnings of the names of the streams to follow. */
  readonly prefixes: readonly string[];
  /** A stream reaches this revision now. */
  readonly noticed: (stream: string, revision: Revision) => void;
  readonly onError?: (error: unknown) => void;
  /** Milliseconds that only grow. */
  readonly monotonic?: () => number;
}

export interface FollowedStreams {
  /** Whether what any process appends to this stream is noticed here, but for the last moments. */
  readonly isFollowed: (stream: string) => boolean;
  stop(): Promise<void>;
}

/**
 * Notices what any process appends to the streams that decisions look at beside their own: activities, families,
 * children. Counts as following only while it was lately seen to stand at the end of the log: when the server is gone
 * or the subscription is behind, those who ask read the streams themselves. Begins at the end of the log, before
 * anything was read. Throws StoreUnavailableError.
 */
export async function followStreams({
  events,
  prefixes,
  noticed,
  onError,
  monotonic = () => performance.now(),
}: FollowedStreamsOptions): Promise<FollowedStreams> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let reached: Position | undefined = await events.head();
  let trustedUntil = -Infinity;
  const wait = async (ms: number): Promise<void> =>
    pause(ms, undefined, { signal }).catch(() => undefined);

  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const batches = events.subscribe({
          ...(reached !== undefined && { after: reached }),
          filter: { streamPrefixes: prefixes },
          signal,
        });
        for await (const batch of batches) {
          for (const { stream, revision } of batch.events) noticed(stream, revision);
          reached = batch.checkpoint;
        }
      } catch (error) {
        onError?.(error);
      }
      await wait(RETRY_MS);
    }
  };
  const look = async (): Promise<void> => {
    while (!signal.aborted) {
      const asked = monotonic();
      try {
        const head = await events.head();
        if ((reached ?? -1n) >= (head ?? -1n)) trustedUntil = asked + TRUSTED_MS;
      } catch {
        // Not trusted any longer than the last look allows.
      }
      await wait(LOOK_MS);
    }
  };
  const running = Promise.all([follow(), look()]);

  return {
    isFollowed: (stream) =>
      monotonic() < trustedUntil && prefixes.some((prefix) => stream.startsWith(prefix)),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
