import { DateTime } from 'luxon';
import type { Brand } from './ids.ts';
import { addDays, type LocalDate } from './localDate.ts';

/** A wall-clock time in France, `HH:mm`; `24:00` is the end of the day, never 23:59. */
export type LocalTime = Brand<'LocalTime'>;
/** A moment, ISO 8601 in UTC to the millisecond (`2026-11-23T08:00:00.000Z`). Compares as text. */
export type Instant = Brand<'Instant'>;

const paris = 'Europe/Paris';

export const isLocalTime = (text: string): text is LocalTime =>
  /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text);

export function asLocalTime(text: string): LocalTime {
  if (!isLocalTime(text)) throw new RangeError(`no such time: ${text}`);
  return text;
}

/** Reads any ISO 8601 moment that carries its offset. Throws a RangeError otherwise. */
export function asInstant(text: string): Instant {
  const moment = DateTime.fromISO(text, { zone: 'utc' });
  if (!moment.isValid || !/(Z|[+-]\d{2}:?\d{2})$/.test(text))
    throw new RangeError(`not a moment: ${text}`);
  return moment.toISO({ precision: 'milliseconds' }) as Instant;
}

export const instantOf = (epochMilliseconds: number): Instant =>
  new Date(epochMilliseconds).toISOString() as Instant;

/** Milliseconds of UTC at which a day begins in France, by day; a day of 24 hours is that and plain arithmetic. */
const dayStarts = new Map<LocalDate, number>();
const maxKept = 5_000;

function dayStart(date: LocalDate): number {
  const known = dayStarts.get(date);
  if (known !== undefined) return known;
  if (dayStarts.size >= maxKept) dayStarts.clear();
  const start = DateTime.fromISO(date, { zone: paris }).toMillis();
  dayStarts.set(date, start);
  return start;
}

const hourMs = 3_600_000;

/**
 * The moment at which clocks in France show this time on this day. The wall time is settled first, then converted:
 * in the hour that DST skips it moves forward, in the hour that DST repeats it is the first of the two.
 */
export function parisInstant(date: LocalDate, time: LocalTime): Instant {
  const [day, wall] = time === '24:00' ? [addDays(date, 1), '00:00'] : [date, time];
  const start = dayStart(day);
  if (dayStart(addDays(day, 1)) - start === 24 * hourMs)
    return instantOf(start + Number(wall.slice(0, 2)) * hourMs + Number(wall.slice(3)) * 60_000);
  // luxon settles a repeated hour by the offset in force when it runs: taking the first keeps this pure.
  const moments = DateTime.fromISO(`${day}T${wall}`, { zone: paris }).getPossibleOffsets();
  return instantOf(Math.min(...moments.map((moment) => moment.toMillis())));
}

/** The day in France at a moment: the last that has begun. France is never more than three hours ahead of UTC. */
export function localDateAt(instant: Instant): LocalDate {
  const moment = Date.parse(instant);
  const latest = instantOf(moment + 3 * hourMs).slice(0, 10) as LocalDate;
  return dayStart(latest) > moment ? addDays(latest, -1) : latest;
}

export const localTimeAt = (instant: Instant): LocalTime =>
  DateTime.fromISO(instant, { zone: paris }).toFormat('HH:mm') as LocalTime;

/** Adds elapsed hours, so that the two DST changes of a year are right. */
export const addHours = (instant: Instant, hours: number): Instant =>
  instantOf(Date.parse(instant) + hours * 3_600_000);
