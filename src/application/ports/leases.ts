/**
 * Grows by one each time a lease changes hands. What a holder writes carries it, so that a store can refuse a holder
 * that was paused, lost its lease meanwhile, and woke up.
 */
export type FencingToken = number;

export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly token: FencingToken;
}

/**
 * What only one process does at a time. No clock is read to decide who holds a lease, only durations that one process
 * measures itself: a holder shows a sign of life at each renewal, and a candidate takes the lease over once it has
 * itself seen no new sign for as long as the holder said. So clocks need not agree, and may jump.
 */
export interface Leases {
  /**
   * The lease, if it is free or its holder gave no sign of life for its ttl; else undefined. A candidate asks again and
   * again: only what it has seen between its own calls counts. Whoever wins, exactly one does.
   * @param holder unique to this run of this process
   * @param ttlMs how long others wait for a sign of life
   */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** A sign of life; false when the lease is held by another now. */
  renew(lease: Lease): Promise<boolean>;
  /** Gives it up, so that the next one need not wait. Does nothing once another holds it. */
  release(lease: Lease): Promise<void>;
}

/** The lease changed hands: what its former holder asked for was not done. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
  constructor(what: string, token: FencingToken) {
    super(`${what} is written by another holder of its lease now (ours was number ${token})`);
  }
}
