import type { LocalDate, YearMonth } from '../localDate.ts';
import { NBSP } from './typography.ts';

const dayNames = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const monthNames = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

const DAY = 86_400_000;
const epochDay = (date: LocalDate): number => Date.parse(date) / DAY;
/** 0 for Monday to 6 for Sunday. A page asks hundreds of times: plain arithmetic (1 January 1970 was a Thursday). */
export const weekdayIndex = (date: LocalDate): number => (((epochDay(date) + 3) % 7) + 7) % 7;
const numberOf = (date: LocalDate): number => Number(date.slice(8, 10));

/** « lundi » */
export const weekdayName = (date: LocalDate): string => dayNames[weekdayIndex(date)] ?? '';
/** « lun. », « mer. » */
export const shortWeekday = (date: LocalDate): string => `${weekdayName(date).slice(0, 3)}.`;
/** « 23 », « 1er » */
export const dayNumber = (date: LocalDate): string =>
  numberOf(date) === 1 ? '1er' : String(numberOf(date));
/** « novembre » */
export const monthName = (month: YearMonth | LocalDate): string =>
  monthNames[Number(month.slice(5, 7)) - 1] ?? '';
const shortMonths = 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' ');
/** « nov. », « mai » */
export const shortMonth = (date: LocalDate): string =>
  shortMonths[Number(date.slice(5, 7)) - 1] ?? '';
/** « novembre 2026 » */
export const formatMonth = (month: YearMonth): string => `${monthName(month)} ${month.slice(0, 4)}`;

/** « vendredi 20 » */
export const formatDay = (date: LocalDate): string =>
  `${weekdayName(date)}${NBSP}${dayNumber(date)}`;
/** « lundi 23 novembre » */
export const formatDate = (date: LocalDate): string => `${formatDay(date)} ${monthName(date)}`;
/** « lundi 23 novembre 2026 » */
export const formatFullDate = (date: LocalDate): string =>
  `${formatDate(date)} ${date.slice(0, 4)}`;

/** « du 23 au 27 novembre », « du 30 novembre au 4 décembre », « lundi 23 novembre » for one day. */
export function formatSpan(from: LocalDate, to: LocalDate): string {
  if (from === to) return formatDate(from);
  const start =
    from.slice(0, 7) === to.slice(0, 7)
      ? dayNumber(from)
      : `${dayNumber(from)}${NBSP}${monthName(from)}`;
  return `du ${start} au ${dayNumber(to)}${NBSP}${monthName(to)}`;
}

/** « aujourd’hui », « demain », « dans 3 jours », « hier », « il y a 3 jours ». */
export function formatDistance(date: LocalDate, today: LocalDate): string {
  const days = epochDay(date) - epochDay(today);
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return 'demain';
  if (days === -1) return 'hier';
  return days > 0 ? `dans ${days}${NBSP}jours` : `il y a ${-days}${NBSP}jours`;
}
