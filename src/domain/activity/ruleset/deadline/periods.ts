import { NBSP } from '../../../kernel/french/typography.ts';
import type { LocalMoment } from '../schema/values.ts';
import type { DeadlineContext, RulePeriod } from './deadlineRule.ts';

/** A period of the activity, where it has one of that code. */
export const periodOf = (code: string, { periods }: DeadlineContext): RulePeriod | undefined =>
  Object.hasOwn(periods, code) ? periods[code] : undefined;

/** « la période « Toussaint » » */
export const periodWords = (code: string, context: DeadlineContext): string =>
  `la période «${NBSP}${periodOf(code, context)?.name ?? code}${NBSP}»`;

export const unknownPeriod = (code: string, context: DeadlineContext): string | undefined =>
  periodOf(code, context) ? undefined : `« ${code} » n’est pas une période de cette activité.`;

/** A limit after the last day of its period closes nothing. */
export const pastItsPeriod = (
  code: string,
  limit: LocalMoment,
  context: DeadlineContext,
): string | undefined => {
  const period = periodOf(code, context);
  return period && limit > `${period.to}T24:00`
    ? 'Cette limite tombe après la fin de la période.'
    : undefined;
};
