import { NBSP } from '../../../kernel/french/typography.ts';
import { addDays, mondayOf, weekdays } from '../../../kernel/localDate.ts';
import { periodWords, unknownPeriod } from '../deadline/periods.ts';
import type { Audience, RuleDays, RuleSession } from '../deadline/deadlineRule.ts';
import { weekdayWord } from '../deadline/weekdayLines.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { code, oneOf, periodCode, weekday } from '../schema/values.ts';
import type { ActContext } from './actContext.ts';

/** When an exception holds: all that is told here must be true. */
export const condition = object({
  unit: optional(code),
  regime: optional(code),
  period: optional(periodCode),
  /** The session's week is one in which this day is a public holiday. */
  weekdayIsHoliday: optional(weekday),
  audience: optional(oneOf('resident', 'outside')),
});
export interface Condition extends Infer<typeof condition> {}

/** What a condition may ask of an act; what is not told matches no condition. */
export interface ConditionFacts {
  readonly unit?: string;
  readonly regime?: string;
  readonly audience: Audience;
}

export function conditionFaults(
  { unit, regime, period, ...others }: Condition,
  at: Path,
  { deadlines, prices, regimes }: ActContext,
  report: Report,
): void {
  if ([unit, regime, period, ...Object.values(others)].every((told) => told === undefined))
    report(at, 'Cette exception ne dit pas quand elle vaut.');
  if (unit !== undefined && !Object.hasOwn(prices.units, unit))
    report([...at, 'unit'], `« ${unit} » n’est pas une unité de cette activité.`);
  if (regime !== undefined && !regimes.includes(regime))
    report([...at, 'regime'], `« ${regime} » n’est pas un régime de cette activité.`);
  const unknown = period === undefined ? undefined : unknownPeriod(period, deadlines);
  if (unknown) report([...at, 'period'], unknown);
}

const members = ['unit', 'regime', 'period', 'weekdayIsHoliday', 'audience'] as const;

/** Whether all that the first condition asks is asked by the second, too: where this holds, that holds. */
export const covers = (wide: Condition, narrow: Condition): boolean =>
  members.every((member) => wide[member] === undefined || wide[member] === narrow[member]);

/** Both at once, where an act can meet both; two days of one week may both be holidays. */
export function together(one: Condition, other: Condition): Condition | undefined {
  const clash = members.some(
    (member) =>
      member !== 'weekdayIsHoliday' &&
      one[member] !== undefined &&
      other[member] !== undefined &&
      one[member] !== other[member],
  );
  return clash ? undefined : { ...one, ...other };
}

const audienceWords = {
  resident: 'pour les habitants',
  outside: 'pour les familles extérieures',
} as const;
const regimeWords: Readonly<Record<string, string>> = {
  annual_days: 'jours fixes à l’année',
  planning: 'planning',
  occasional: 'occasionnel',
};
const quoted = (text: string): string => `«${NBSP}${text}${NBSP}»`;

/** « pour « Journée », pour la période « Noël » » */
export function conditionWords(told: Condition, { deadlines, prices }: ActContext): string {
  const { unit, regime, period, weekdayIsHoliday, audience } = told;
  const name = (regime: string) => prices.names?.[regime] ?? regimeWords[regime] ?? regime;
  return [
    unit === undefined ? '' : `pour ${quoted(prices.units[unit] ?? unit)}`,
    regime === undefined ? '' : `au régime ${quoted(name(regime))}`,
    period === undefined ? '' : `pour ${periodWords(period, deadlines)}`,
    weekdayIsHoliday === undefined
      ? ''
      : `les semaines où le ${weekdayWord(weekdayIsHoliday)} est férié`,
    audience === undefined ? '' : audienceWords[audience],
  ]
    .filter((words) => words !== '')
    .join(', ');
}

type Matches = (act: ConditionFacts, session: RuleSession, days: RuleDays) => boolean;

export function compileCondition(told: Condition): Matches {
  const { unit, regime, period, weekdayIsHoliday, audience } = told;
  const day = weekdayIsHoliday === undefined ? -1 : weekdays.indexOf(weekdayIsHoliday);
  return (act, session, days) =>
    (unit === undefined || unit === act.unit) &&
    (regime === undefined || regime === act.regime) &&
    (period === undefined || period === session.period) &&
    (audience === undefined || audience === act.audience) &&
    (day < 0 || days.isPublicHoliday(addDays(mondayOf(session.date), day)));
}
