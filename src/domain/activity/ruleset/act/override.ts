import { anyDeadline, deadlineFaults, deadlineLines } from '../deadline/deadline.ts';
import type { DeadlineContext } from '../deadline/deadlineRule.ts';
import { periodOf, periodWords } from '../deadline/periods.ts';
import type { Infer, Path, Report } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import type { ActContext } from './actContext.ts';
import { condition, conditionFaults, conditionWords, covers, together } from './condition.ts';

export const override = object({ when: condition, deadline: anyDeadline });
/** Another deadline in some cases; of several that hold, the first. */
export interface Override extends Infer<typeof override> {}

/** The context of an exception for one period: its deadline needs to know that one alone. */
function within({ when: { period } }: Override, context: DeadlineContext): DeadlineContext {
  if (period === undefined) return context;
  const own = periodOf(period, context);
  return own ? { ...context, periods: { [period]: own } } : context;
}

/** The context of the general deadline: without the periods that an exception takes whole. */
export function general(overrides: readonly Override[], context: DeadlineContext): DeadlineContext {
  const isTaken = (period: string): boolean =>
    overrides.some(({ when }) => when.period === period && covers(when, { period }));
  const periods = Object.entries(context.periods).filter(([code]) => !isTaken(code));
  return { ...context, periods: Object.fromEntries(periods) };
}

export function overrideFaults(
  overrides: readonly Override[],
  at: Path,
  context: ActContext,
  report: Report,
): void {
  overrides.forEach((own, index) => {
    const place = [...at, index];
    conditionFaults(own.when, [...place, 'when'], context, report);
    const reason = clash(own, overrides.slice(0, index));
    if (reason) report([...place, 'when'], reason);
    const near = within(own, context.deadlines);
    deadlineFaults(own.deadline, [...place, 'deadline'], near, report);
  });
}

/** Several may hold for one act only where a narrower one stands above and takes what they share. */
function clash({ when }: Override, above: readonly Override[]): string | undefined {
  if (above.some((other) => covers(other.when, when)))
    return 'Une exception plus haut couvre déjà tous ces cas.';
  const unsettled = above.some((other, index) => {
    const both = together(other.when, when);
    if (!both || covers(when, other.when)) return false;
    return !above.slice(0, index).some((first) => covers(first.when, both));
  });
  return unsettled
    ? 'Cette exception et une autre plus haut peuvent valoir pour le même acte : une ligne doit dire laquelle l’emporte.'
    : undefined;
}

/** Each line of an exception begins with when it holds; a period is named once. */
export const overrideLines = (overrides: readonly Override[], context: ActContext): string[] =>
  overrides.flatMap((own) => {
    const { period } = own.when;
    const named = period === undefined ? '' : `pour ${periodWords(period, context.deadlines)}, `;
    return deadlineLines(own.deadline, within(own, context.deadlines)).map((line) => {
      const told = line.startsWith(named) ? line.slice(named.length) : line;
      return `${conditionWords(own.when, context)}, ${told}`;
    });
  });
