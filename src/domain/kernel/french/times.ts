import type { LocalDate } from '../localDate.ts';
import { localDateAt, localTimeAt, type Instant, type LocalTime } from '../parisTime.ts';
import { formatDate, formatFullDate } from './dates.ts';
import { NBSP } from './typography.ts';

/** « 9 h », « 18 h 30 », « minuit » (00:00 and 24:00). */
export function formatTime(time: LocalTime): string {
  if (time === '24:00' || time === '00:00') return 'minuit';
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(hour)}${NBSP}h${minute === '00' ? '' : `${NBSP}${minute}`}`;
}

interface Wall {
  readonly date: LocalDate;
  readonly time: LocalTime;
}
/** A page shows the same few deadlines many times over: what luxon answered is kept. */
const walls = new Map<Instant, Wall>();
const WALLS_KEPT = 4096;

/** What clocks in France show at an instant. */
export function wallAt(instant: Instant): Wall {
  const known = walls.get(instant);
  if (known) return known;
  if (walls.size >= WALLS_KEPT) walls.clear();
  const wall = { date: localDateAt(instant), time: localTimeAt(instant) };
  walls.set(instant, wall);
  return wall;
}

/** « lundi 23 novembre à 9 h 05 » */
export function formatMoment(instant: Instant): string {
  const { date, time } = wallAt(instant);
  return `${formatDate(date)} à ${formatTime(time)}`;
}

/** « lundi 23 novembre 2026 à 9 h 05 » */
export function formatFullMoment(instant: Instant): string {
  const { date, time } = wallAt(instant);
  return `${formatFullDate(date)} à ${formatTime(time)}`;
}
