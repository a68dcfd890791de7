import { setTimeout as timer } from 'node:timers/promises';
import type { Lease, Leases } from '../ports/leases.ts';

/** A holder that was killed is replaced after `ttlMs` and two looks at the most: 6 s. */
export const LEASE_TIMING = { ttlMs: 4_000, renewMs: 1_000, lookMs: 1_000 } as const;

export interface LeaseKeeperOptions {
  readonly leases: Leases;
  readonly name: string;
  /** Unique to this run of this process. */
  readonly holder: string;
  /** What only the holder does. It must end soon once `signal` aborts; when it ends by itself, others may try. */
  readonly hold: (lease: Lease, signal: AbortSignal) => Promise<void>;
  readonly onError?: (error: unknown) => void;
  readonly timing?: {
    /** How long others wait for a sign of life. */
    readonly ttlMs: number;
    /** Time between two signs of life; several must fit into the ttl. */
    readonly renewMs: number;
    /** Time between two looks at another's lease. */
    readonly lookMs: number;
  };
  /** Milliseconds that only grow. */
  readonly monotonic?: () => number;
}

export interface LeaseKeeper {
  /** Ends what was held, and gives the lease up. */
  stop(): Promise<void>;
}

/**
 * Holds a lease whenever it is free. A holder that could not show a sign of life for the ttl ends its work by itself:
 * another may hold the lease then.
 */
export function keepLease({
  leases,
  name,
  holder,
  hold,
  onError,
  timing = LEASE_TIMING,
  monotonic = () => performance.now(),
}: LeaseKeeperOptions): LeaseKeeper {
  const { ttlMs, renewMs, lookMs } = timing;
  const stopping = new AbortController();
  const pause = async (ms: number, signal: AbortSignal): Promise<void> =>
    timer(ms, undefined, { signal }).catch(() => undefined);
  const tell = (error: unknown): undefined => onError?.(error) as undefined;

  /** Renews until the lease is lost (true), or `until` aborts (false). */
  const renewed = async (lease: Lease, from: number, until: AbortSignal): Promise<boolean> => {
    let lastSign = from;
    for (;;) {
      await pause(renewMs, until);
      if (until.aborted) return false;
      const asked = monotonic();
      const late = new AbortController();
      const answer = await Promise.race([
        leases.renew(lease).catch(tell),
        pause(lastSign + ttlMs - asked, late.signal),
      ]);
      late.abort();
      if (answer === true) lastSign = asked;
      else if (answer === false || monotonic() - lastSign >= ttlMs) return true;
    }
  };

  const holdWhileRenewed = async (lease: Lease, from: number): Promise<void> => {
    const ending = new AbortController();
    const done = new AbortController();
    const held = hold(lease, ending.signal)
      .catch(tell)
      .finally(() => done.abort());
    const lost = await renewed(lease, from, AbortSignal.any([stopping.signal, done.signal]));
    ending.abort();
    await held;
    if (!lost) await leases.release(lease).catch(tell);
  };

  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const asked = monotonic();
      const lease = await leases.acquire(name, holder, ttlMs).catch(tell);
      if (lease) await holdWhileRenewed(lease, asked);
      await pause(lookMs, stopping.signal);
    }
  };

  const keeping = keep();
  return {
    async stop() {
      stopping.abort();
      await keeping;
    },
  };
}
