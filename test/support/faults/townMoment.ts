import type { Clock } from '../../../src/application/ports/clock.ts';
import { addDays, type LocalDate } from '../../../src/domain/kernel/localDate.ts';
import { instantOf } from '../../../src/domain/kernel/parisTime.ts';
import { day, paris } from '../townFacts.ts';

/** Monday 16 November 2026 at 10 h. */
export const standsAt = paris('2026-11-16 10:00');

/** A clock that showed that hour when the system's own showed `since`, and goes on: also from one start to the next. */
export const goingOnSince = (since: number): Clock => ({
  now: () => instantOf(Date.parse(standsAt) + Date.now() - since),
});

/** School days of four weeks, whose canteen may be booked and given back. */
export const bookable: readonly LocalDate[] = [0, 1, 2, 3].flatMap((week) =>
  [0, 1, 3, 4].map((weekday) => addDays(day('2026-11-23'), 7 * week + weekday)),
);
