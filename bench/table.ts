import {
  goalResults,
  isMissing,
  ratioTo,
  valueOf,
  type Figure,
  type Goal,
  type MissingPeer,
  type Reference,
  type Unit,
  type WorkReport,
} from './figures.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `41,208 /s`, `3.21 ms`, `0`. */
export function formatValue(value: number, unit: Unit): string {
  const number = Math.abs(value) >= 100 || Number.isInteger(value) ? whole : fine;
  return unit === '' ? number.format(value) : `${number.format(value)} ${unit}`;
}

/** `36.6 %` of a floor that is faster, `152 ×` what is slower. */
export const formatRatio = (ratio: number): string =>
  ratio < 2 ? `${fine.format(ratio * 100)} %` : `${fine.format(ratio)} ×`;

/** The goal, and the limit accepted in its place. */
export function formatGoal(goal: Goal, unit: Unit): string {
  const { accepted } = goal;
  switch (goal.kind) {
    case 'itself': {
      const limit =
        accepted === undefined ? '' : ` (accepted: ≤ ${fine.format(accepted)} × the floor)`;
      return `≤ ${formatValue(goal.atMost, unit)}${limit}`;
    }
    case 'ofFloor':
      return `≥ ${formatRatio(goal.atLeast)} of the floor${orAccepted(accepted)}`;
    case 'ofPeer':
      return `≥ ${formatRatio(goal.atLeast)} the peer${orAccepted(accepted)}`;
  }
}

const orAccepted = (accepted: number | undefined): string =>
  accepted === undefined ? '' : ` (accepted: ${formatRatio(accepted)})`;

const against = (reference: Reference | MissingPeer | undefined, unit: Unit): string => {
  if (!reference) return '–';
  return isMissing(reference) ? 'not installed' : formatValue(valueOf(reference), unit);
};

const ratios = (figure: Figure): string =>
  [figure.floor, figure.peer]
    .flatMap((one) => (one && !isMissing(one) ? [formatRatio(ratioTo(figure, one))] : []))
    .join(', ') || '–';

const heading = ['figure', 'measured', 'floor', 'peer', 'ratio', 'goal', ''];

function rowOf(figure: Figure): string[] {
  const { name, unit, floor, peer } = figure;
  const results = goalResults(figure);
  return [
    name,
    formatValue(valueOf(figure), unit),
    against(floor, unit),
    against(peer, unit),
    ratios(figure),
    results.map(({ goal }) => formatGoal(goal, unit)).join(', ') || '–',
    results.map(({ verdict }) => (verdict === 'unknown' ? '–' : verdict)).join(', '),
  ];
}

/** Columns as wide as their widest cell; the first reads from the left, numbers from the right. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column >= 1 && column <= 4 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** The table of a work, with what it was held against, and what is missing. */
export function reportTable({ work, figures, notes, notMeasured = [] }: WorkReport): string {
  const references = figures.flatMap(({ name, floor, peer }) => [
    ...(floor ? [`floor of « ${name} »: ${floor.name}`] : []),
    ...(peer
      ? [
          isMissing(peer)
            ? `peer not installed: ${peer.install}`
            : `peer of « ${name} »: ${peer.name}`,
        ]
      : []),
  ]);
  const missing = notMeasured.map(
    ({ name, howTo }) => `« ${name} » not measured, for want of a server: ${howTo}`,
  );
  const said = [...references, ...missing, ...notes].map((line) => `  ${line}`);
  return [work, layOut([heading, ...figures.map(rowOf)]), ...said].join('\n');
}
