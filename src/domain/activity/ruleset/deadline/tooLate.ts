import type { LocalTime } from '../../../kernel/parisTime.ts';
import type { Limit } from '../../../kernel/sessionTerms.ts';
import type { Path, Report } from '../schema/schema.ts';
import { dayAndTime, type HolidayShift } from './dated.ts';
import type { DeadlineContext } from './deadlineRule.ts';

/** Why an hour of the session's own day can't be a limit: every slot has begun by then. */
export function tooLateOnItsDay(
  at: LocalTime,
  side: Limit['boundary'],
  { starts }: DeadlineContext,
): string | undefined {
  const last = [...starts].sort().at(-1) ?? '24:00';
  if (at > last || at === '24:00') return 'Cette limite tombe après le début de la séance.';
  return at === last && side === 'inclusive'
    ? 'À cette heure, la séance a commencé : la limite ne peut pas l’inclure.'
    : undefined;
}

/** Limits printed for some sessions: one for each, and before it begins. */
export function shiftFaults(
  shift: HolidayShift,
  side: Limit['boundary'],
  at: Path,
  context: DeadlineContext,
  report: Report,
): void {
  if (typeof shift !== 'object') return;
  const seen = new Set<string>();
  shift.explicit.forEach(({ date, limit }, row) => {
    const place = [...at, 'holidayShift', 'explicit', row];
    if (seen.has(date)) report([...place, 'date'], 'Cette séance a déjà sa limite plus haut.');
    seen.add(date);
    const wall = dayAndTime(limit);
    const reason =
      wall.day > date
        ? 'Cette limite tombe après le début de la séance.'
        : wall.day === date && tooLateOnItsDay(wall.at, side, context);
    if (reason) report([...place, 'limit'], reason);
  });
}
