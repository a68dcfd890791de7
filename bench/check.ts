import {
  goalResults,
  ratioTo,
  valueOf,
  isMissing,
  type Figure,
  type WorkReport,
} from './figures.ts';
import { formatGoal, formatRatio, formatValue } from './table.ts';

export interface CheckOptions {
  /** A peer that is not installed counts as a goal missed, and so does a figure for want of its server. */
  readonly requirePeer: boolean;
}

/** One line for each goal that was missed, naming its figure; none when all were reached. */
export function missedGoals(
  reports: readonly WorkReport[],
  { requirePeer }: CheckOptions,
): string[] {
  return reports.flatMap(({ work, figures, notMeasured = [] }) => [
    ...figures.flatMap((figure) =>
      goalResults(figure).flatMap(({ goal, verdict }) => {
        const named = `${work}: ${figure.name}`;
        const wanted = formatGoal(goal, figure.unit);
        if (verdict === 'missed')
          return [`${named} is ${reached(figure, goal.kind)}, not ${wanted}`];
        if (verdict === 'unknown' && (requirePeer || goal.kind !== 'ofPeer'))
          return [`${named}: nothing measured to hold it against (${wanted})`];
        return [];
      }),
    ),
    ...(requirePeer ? notMeasured : []).map(({ name }) => `${work}: ${name}: not measured`),
  ]);
}

function reached(figure: Figure, kind: 'ofFloor' | 'ofPeer' | 'itself'): string {
  const { floor, peer, unit } = figure;
  if (kind === 'ofFloor' && floor) return `${formatRatio(ratioTo(figure, floor))} of the floor`;
  if (kind === 'ofPeer' && peer && !isMissing(peer))
    return `${formatRatio(ratioTo(figure, peer))} the peer`;
  return formatValue(valueOf(figure), unit);
}

/** What `--check` says, and the exit code of the process. */
export function checkOutcome(
  reports: readonly WorkReport[],
  options: CheckOptions,
): { readonly exitCode: 0 | 1; readonly lines: readonly string[] } {
  const missed = missedGoals(reports, options);
  const accepted = reports.flatMap(({ work, figures }) =>
    figures.flatMap((figure) =>
      goalResults(figure).flatMap(({ goal, verdict }) =>
        verdict === 'accepted'
          ? [
              `accepted: ${work}: ${figure.name} is ${reached(figure, goal.kind)}, short of ${formatGoal(goal, figure.unit)}`,
            ]
          : [],
      ),
    ),
  );
  if (missed.length > 0)
    return { exitCode: 1, lines: [...missed.map((line) => `missed: ${line}`), ...accepted] };
  return { exitCode: 0, lines: accepted.length > 0 ? accepted : ['every goal is reached'] };
}
