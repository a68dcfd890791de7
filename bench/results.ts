import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { goalResults, isMissing, ratioTo, valueOf } from './figures.ts';
import type { Figure, MissingPeer, Reference, WorkReport } from './figures.ts';
import { formatGoal } from './table.ts';

/** What of the machine decides the figures: nothing that names it or its user. */
export const machine = () => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
});

/** Three significant digits after the unit: figures vary more than that. */
const rounded = (value: number): number =>
  Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4));

const kept = (figure: Figure, reference: Reference | MissingPeer) =>
  isMissing(reference)
    ? { name: reference.name, installed: false }
    : {
        name: reference.name,
        value: rounded(valueOf(reference)),
        ratio: rounded(ratioTo(figure, reference)),
        rounds: reference.rounds.map(rounded),
      };

/** A report as it is kept: medians, and the rounds that they come from. */
export const resultOf = ({ work, figures, notes, notMeasured }: WorkReport, date: Date) => ({
  work,
  date: date.toISOString(),
  machine: machine(),
  notes,
  figures: figures.map((figure) => ({
    name: figure.name,
    unit: figure.unit,
    value: rounded(valueOf(figure)),
    rounds: figure.rounds.map(rounded),
    ...(figure.floor && { floor: kept(figure, figure.floor) }),
    ...(figure.peer && { peer: kept(figure, figure.peer) }),
    goals: goalResults(figure).map(({ goal, verdict }) => ({
      goal: formatGoal(goal, figure.unit),
      verdict,
    })),
  })),
  ...(notMeasured?.length && { notMeasured }),
});

/** Keeps a report as `NAME.json` in a folder, which is made if need be. */
export function writeResult(folder: string, report: WorkReport, date: Date): void {
  mkdirSync(folder, { recursive: true });
  const json = JSON.stringify(resultOf(report, date), null, 2);
  writeFileSync(join(folder, `${report.work}.json`), `${json}\n`);
}
