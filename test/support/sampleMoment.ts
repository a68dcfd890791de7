import { asLocalDate, type LocalDate } from '../../src/domain/kernel/localDate.ts';
import {
  asInstant,
  asLocalTime,
  parisInstant,
  type Instant,
} from '../../src/domain/kernel/parisTime.ts';
import type { Limit } from '../../src/domain/kernel/sessionTerms.ts';

/** An invented family of the Lot, on Monday 16 November 2026 at 18 h 02. */
export const now = asInstant('2026-11-16T18:02:00+01:00');
export const today = asLocalDate('2026-11-16');
export const day: (text: string) => LocalDate = asLocalDate;
export const at = (date: string, time: string): Instant =>
  parisInstant(asLocalDate(date), asLocalTime(time));
export const limit = (date: string, time = '09:00'): Limit => ({
  at: at(date, time),
  boundary: 'exclusive',
});
