import { addDays, type LocalDate } from '../../../src/domain/kernel/localDate.ts';
import { day, paris } from '../townFacts.ts';

/** Monday 16 November 2026 at 10 h. */
export const standsAt = paris('2026-11-16 10:00');

/** School days of four weeks, whose canteen may be booked and given back. */
export const bookable: readonly LocalDate[] = [0, 1, 2, 3].flatMap((week) =>
  [0, 1, 3, 4].map((weekday) => addDays(day('2026-11-23'), 7 * week + weekday)),
);
