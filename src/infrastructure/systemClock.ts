import type { Clock } from '../application/ports/clock.ts';
import { instantOf } from '../domain/kernel/parisTime.ts';

export const systemClock: Clock = { now: () => instantOf(Date.now()) };
