import type { Path, Report, Schema } from '../schema/schema.ts';
import { variants } from '../schema/structures.ts';
import { flatPickup, type FlatPickup } from './flat.ts';
import type { ModeContext, ModeRule, PickupMode } from './pickupMode.ts';
import { slicesPickup, type SlicesPickup } from './slices.ts';
import { tiersPickup, type TiersPickup } from './tiers.ts';

/** How a late pick-up is billed: the ways seen in real regulations, each in a file of its own. */
export type Mode = FlatPickup | SlicesPickup | TiersPickup;

type Modes = { readonly [T in Mode['type']]: PickupMode<Extract<Mode, { type: T }>> };
const modes: Modes = { flat: flatPickup, slices: slicesPickup, tiers: tiersPickup };

export const anyMode: Schema<Mode> = variants<Mode>('type', () =>
  Object.fromEntries(Object.entries(modes).map(([type, mode]) => [type, mode.schema])),
);

const modeOf = (mode: Mode): PickupMode<Mode> => modes[mode.type] as unknown as PickupMode<Mode>;

export const modeFaults = (mode: Mode, at: Path, context: ModeContext, report: Report): void =>
  modeOf(mode).faults(mode, at, context, report);
export const modeLines = (mode: Mode, context: ModeContext): readonly string[] =>
  modeOf(mode).lines(mode, context);
export const countsMinutes = (mode: Mode): boolean => modeOf(mode).countsMinutes;
export const compileMode = (mode: Mode, context: ModeContext): ModeRule =>
  modeOf(mode).compile(mode, context);
