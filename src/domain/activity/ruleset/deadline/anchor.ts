import { plural } from '../../../kernel/french/words.ts';
import type { LocalDate } from '../../../kernel/localDate.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { oneOf } from '../schema/values.ts';
import type { DeadlineContext, RuleSession } from './deadlineRule.ts';

/** The day from which days are counted back: that of the session, or the first of its period. */
export const anchor = oneOf('service_day', 'period_start');
export type Anchor = Infer<typeof anchor>;

/** Undefined where the session stands in no period. */
export const anchorDay = (anchor: Anchor, session: RuleSession): LocalDate | undefined =>
  anchor === 'service_day' ? session.date : session.periodStart;

export function anchorFaults(
  anchor: Anchor,
  at: Path,
  { periods }: DeadlineContext,
  report: Report,
): void {
  if (anchor === 'period_start' && Object.keys(periods).length === 0)
    report([...at, 'anchor'], 'Cette activité n’a pas de période.');
}

export type DayUnit = 'calendar_day' | 'working_day' | 'service_day';
const singular = {
  calendar_day: 'jour',
  working_day: 'jour ouvré',
  service_day: 'jour de fonctionnement',
} as const satisfies Record<DayUnit, string>;
const several = {
  calendar_day: 'jours',
  working_day: 'jours ouvrés',
  service_day: 'jours de fonctionnement',
} as const satisfies Record<DayUnit, string>;

/** « le jour même », « la veille », « le jour ouvré précédent », « 3 jours avant la séance » */
export function daysBeforeWords(n: number, unit: DayUnit, anchor: Anchor): string {
  const ofSession = anchor === 'service_day';
  if (n === 0) return ofSession ? 'le jour même' : 'le premier jour de la période';
  if (n === 1 && unit === 'calendar_day')
    return ofSession ? 'la veille' : 'la veille du début de la période';
  if (n === 1 && ofSession) return `le ${singular[unit]} précédent`;
  const from = ofSession ? 'la séance' : 'le début de la période';
  return `${plural(n, singular[unit], several[unit])} avant ${from}`;
}
