import { appendFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** What one fault of the suite showed, as `docs/reliability.md` publishes it, in French. */
export interface FaultFigures {
  /** The file under test/faults, without its ending: `npm run faults -- NAME` makes the figures again. */
  name: string;
  /** What was done to the portal. */
  fault: string;
  /** On which stores: « SQLite » or « EventStoreDB et MongoDB ». */
  stores: string;
  /** What was counted and measured, each with its unit in words. */
  figures: readonly (readonly [what: string, value: string])[];
}

const { FAULT_FIGURES_FILE: kept } = process.env;

/** Keeps the figures of a fault whose checks all passed: call it last in a test. */
export function publishFigures(figures: FaultFigures): void {
  if (kept) appendFileSync(kept, `${JSON.stringify(figures)}\n`);
}

/** The machine that the figures come from, in words. */
export const machine = (): string =>
  `${availableParallelism()} cœurs (${cpus()[0]?.model ?? 'processeur inconnu'}), Node ${process.versions.node}`;

/** So many, with its noun: « 1 demande », « 2 000 demandes ». */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('fr-FR')}\u00A0${noun}${count > 1 ? 's' : ''}`;

/** A time measured, for people: « 340 ms », « 2,4 s ». */
export const lasted = (milliseconds: number): string =>
  milliseconds < 1000
    ? `${Math.round(milliseconds)}\u00A0ms`
    : `${(milliseconds / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00A0s`;
