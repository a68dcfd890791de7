import { dayNumber, monthName } from '../../kernel/french/dates.ts';
import { formatTime } from '../../kernel/french/times.ts';
import { NBSP } from '../../kernel/french/typography.ts';
import { joinList } from '../../kernel/french/words.ts';
import { weekdays, type LocalDate } from '../../kernel/localDate.ts';
import type { ActivityRules } from './activityRules.ts';
import { weekdayWord } from './deadline/weekdayLines.ts';

const seasonWords = {
  school_term: 'en période scolaire',
  school_holidays: 'pendant les vacances scolaires',
  all_year: 'toute l’année',
} as const;

/** « le lundi, le mardi et le jeudi, de 7 h 30 à 8 h 30, en période scolaire, sauf jours fériés et fermetures » */
export function scheduleLine({ serviceDays, slot, season }: ActivityRules): string {
  const days = weekdays.filter((day) => serviceDays.includes(day));
  const hours = slot ? `, de ${formatTime(slot.start)} à ${formatTime(slot.end)}` : '';
  return (
    `${joinList(days.map((day) => `le ${weekdayWord(day)}`))}${hours}, ${seasonWords[season]}, ` +
    'sauf jours fériés et fermetures'
  );
}

const written = (date: LocalDate): string => `${dayNumber(date)}${NBSP}${monthName(date)}`;

/** « du 19 octobre au 30 octobre 2026 » */
export const periodLine = (from: LocalDate, to: LocalDate): string =>
  `du ${written(from)}${from.slice(0, 4) === to.slice(0, 4) ? '' : ` ${from.slice(0, 4)}`}` +
  ` au ${written(to)} ${to.slice(0, 4)}`;
