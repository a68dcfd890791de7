import type { LocalTime } from '../../../kernel/parisTime.ts';

/** Minutes of the day's clock, from midnight. */
export const minutesOf = (time: LocalTime): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** `18:35` from 1115; up to 1440, `24:00`. */
export const timeOf = (minutes: number): LocalTime =>
  [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':') as LocalTime;
