import { addDays, mondayOf } from '../../../kernel/localDate.ts';
import {
  asLocalTime,
  instantOf,
  localDateAt,
  parisInstant,
  type Instant,
} from '../../../kernel/parisTime.ts';

const hourMs = 3_600_000;
const midnight = asLocalTime('00:00');

/** The moment N elapsed hours before another, none of them counted on a Saturday or a Sunday in France. */
export function weekdayHoursBefore(instant: Instant, hours: number): Instant {
  let end = Date.parse(instant);
  let left = hours * hourMs;
  let monday = mondayOf(localDateAt(instant));
  for (;;) {
    end = Math.min(end, Date.parse(parisInstant(addDays(monday, 5), midnight)));
    const counted = end - Date.parse(parisInstant(monday, midnight));
    if (left <= counted) return instantOf(end - left);
    left -= counted;
    monday = addDays(monday, -7);
  }
}
