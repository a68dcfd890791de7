import { addDays, type LocalDate } from '../localDate.ts';
import type { Instant } from '../parisTime.ts';
import type { Limit } from '../sessionTerms.ts';
import { formatDate, formatDay } from './dates.ts';
import { formatTime, wallAt } from './times.ts';
import { NBSP } from './typography.ts';

/** The day that a limit belongs to: at midnight, the one that ends. */
export function limitDate(at: Instant): LocalDate {
  const { date, time } = wallAt(at);
  return time === '00:00' ? addDays(date, -1) : date;
}

const dayWords = (day: LocalDate, near: LocalDate): string =>
  day.slice(0, 7) === near.slice(0, 7) ? formatDay(day) : formatDate(day);

/**
 * « vendredi 20, 9 h »; with its month when it isn't the month of `near` (« vendredi 30 octobre, 9 h »). A limit at
 * midnight belongs to the evening before: « jeudi 19 au soir, minuit », never « vendredi 20, 0 h ».
 */
export function limitWords(at: Instant, near: LocalDate): string {
  const { time } = wallAt(at);
  const words = dayWords(limitDate(at), near);
  return time === '00:00' ? `${words} au soir, minuit` : `${words}, ${formatTime(time)}`;
}

/** « avant 9 h le vendredi 20 » excludes 9 h sharp, « jusqu’au vendredi 20, 9 h » includes it. */
export function formatDeadline({ at, boundary }: Limit, near: LocalDate): string {
  if (boundary === 'inclusive') return `jusqu’au ${limitWords(at, near)}`;
  const { time } = wallAt(at);
  const evening = time === '00:00' ? ' au soir' : '';
  return `avant ${formatTime(time)} le ${dayWords(limitDate(at), near)}${evening}`;
}

/** « clos depuis vendredi 13, 9 h » */
export const formatClosedSince = (at: Instant, near: LocalDate): string =>
  `clos depuis ${limitWords(at, near)}`;

/** « reste 3 h », « reste 2 jours », « dépassé de 4 h », to the lower unit, never rounded up. */
export function formatTimeLeft(until: Instant, now: Instant): string {
  const milliseconds = Date.parse(until) - Date.parse(now);
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const hours = Math.floor(minutes / 60);
  const words =
    minutes < 60
      ? `${minutes}${NBSP}min`
      : hours < 48
        ? `${hours}${NBSP}h`
        : `${Math.floor(hours / 24)}${NBSP}jours`;
  return milliseconds >= 0 ? `reste ${words}` : `dépassé de ${words}`;
}
