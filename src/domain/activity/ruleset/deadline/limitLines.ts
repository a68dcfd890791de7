import { formatFullDate } from '../../../kernel/french/dates.ts';
import { formatTime } from '../../../kernel/french/times.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import { addDays } from '../../../kernel/localDate.ts';
import type { LocalTime } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { LocalMoment } from '../schema/values.ts';
import { dayAndTime, type HolidayShift } from './dated.ts';

type Side = Limit['boundary'];

/** « 9 h »; the first minute of a day is « 0 h », so that « minuit » is its end alone. */
export const clockWords = (at: LocalTime): string =>
  at === '00:00' ? `0${NBSP}h` : formatTime(at);
const evening = (side: Side): string =>
  side === 'inclusive' ? `au soir (minuit${NBSP}inclus)` : 'au soir (minuit)';

/** « avant 9 h » leaves 9 h out, « jusqu’à 9 h inclus » holds it. */
export const hourWords = (at: LocalTime, side: Side): string =>
  side === 'inclusive' ? `jusqu’à ${clockWords(at)}${NBSP}inclus` : `avant ${clockWords(at)}`;

/** `vendredi précédent` -> « avant le vendredi précédent à 9 h », « jusqu’au vendredi précédent au soir (minuit) » */
export function untilWords(day: string, at: LocalTime, side: Side): string {
  if (at === '24:00') return `jusqu’au ${day} ${evening(side)}`;
  return side === 'inclusive'
    ? `jusqu’au ${day} à ${clockWords(at)}${NBSP}inclus`
    : `avant le ${day} à ${clockWords(at)}`;
}

/** « le jour même avant 9 h » */
export const sameDayWords = (at: LocalTime, side: Side): string =>
  at === '24:00' ? `le jour même ${evening(side)}` : `le jour même ${hourWords(at, side)}`;

/** « 3 jours avant la séance, au soir », « la veille au soir »: a pause where the hour would seem the session's. */
const pauseAfter = (day: string): string => (/(séance|période)$/.test(day) ? ',' : '');

/** `la veille` -> « au plus tard la veille, avant 9 h », « au plus tard la veille, à 9 h inclus » */
export function latestWords(day: string, at: LocalTime, side: Side): string {
  if (at === '24:00') return `au plus tard ${day}${pauseAfter(day)} ${evening(side)}`;
  return side === 'inclusive'
    ? `au plus tard ${day}, à ${clockWords(at)}${NBSP}inclus`
    : `au plus tard ${day}, avant ${clockWords(at)}`;
}

/** « avant le vendredi 18 septembre 2026 à 9 h » */
export function untilMoment(moment: LocalMoment, side: Side): string {
  const { day, at } = dayAndTime(moment);
  return untilWords(formatFullDate(day), at, side);
}

/** « du lundi 31 août 2026 », « du lundi 31 août 2026 à 9 h » */
export function fromMoment(moment: LocalMoment): string {
  const { day, at } = dayAndTime(moment);
  if (at === '24:00') return `du ${formatFullDate(addDays(day, 1))}`;
  return at === '00:00'
    ? `du ${formatFullDate(day)}`
    : `du ${formatFullDate(day)} à ${clockWords(at)}`;
}

const moved = (to: string): string =>
  `si cette limite tombe un jour férié, elle est avancée au ${to} précédent, à la même heure`;

/** What becomes of a limit on a public holiday; nothing is said when it stays where it is. */
export function shiftLines(shift: HolidayShift, side: Side): string[] {
  if (shift === 'none') return [];
  if (shift === 'previous_working_day') return [moved('jour ouvré')];
  if (shift === 'previous_service_day') return [moved('jour de fonctionnement')];
  return shift.explicit.map(
    ({ date, limit }) =>
      `par exception, ${untilMoment(limit, side)} pour le ${formatFullDate(date)}`,
  );
}
