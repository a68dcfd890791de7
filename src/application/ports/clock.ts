import type { Instant } from '../../domain/kernel/parisTime.ts';

/** The one clock: tests move it. */
export interface Clock {
  now(): Instant;
}
