import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '../../application/ports/eventStore.ts';
import { shownKey, type BookRow, type BuildRef } from './readModelBuilds.ts';
import { positionText, type PositionText } from './storedDocument.ts';

/** What several builds have to say within these milliseconds is written together. */
const GATHER_MS = 10;
/** Between two writes, whatever the traffic: 40 a second at the most, for all builds of this process. */
const EVERY_MS = 25;

/**
 * Tells other processes how far builds show the log when nothing but their checkpoint moved. Checkpoints are written one
 * by one, so not for each event; whoever waits for a position of no interest to most read models waits for all of them.
 * This is one small document for all, that no restart goes on from: a holder that lost its lease may write it, since
 * what a build has shown it shows for ever.
 */
export class ShownPositions {
  private readonly untold = new Map<string, PositionText>();
  private writing = false;

  constructor(
    /** Positions by `shownKey`. */
    private readonly write: (positions: ReadonlyMap<string, PositionText>) => Promise<void>,
  ) {}

  tell(model: string, build: BuildRef, position: Position): void {
    this.untold.set(shownKey(model, build), positionText(position));
    if (!this.writing) void this.writeAll();
  }

  /** The build's own checkpoint says it now. */
  isSaved(model: string, build: BuildRef): void {
    this.untold.delete(shownKey(model, build));
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    await pause(GATHER_MS, undefined, { ref: false });
    while (this.untold.size > 0) {
      const positions = new Map(this.untold);
      this.untold.clear();
      // Lost, it is said again by what comes next, or by the checkpoint.
      await this.write(positions).catch(() => undefined);
      await pause(EVERY_MS, undefined, { ref: false });
    }
    this.writing = false;
  }
}

/** How far a build was said to show the log. */
export function positionsIn(
  rows: readonly BookRow[],
): (model: string, build: BuildRef) => PositionText | undefined {
  const row = rows.find((one) => one.kind === 'shown');
  return (model, build) => row?.positions[shownKey(model, build)];
}
