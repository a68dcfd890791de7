import type { Position } from './eventStore.ts';
import type { ProjectionStatus } from './readModelStore.ts';

export interface ProjectionLag extends ProjectionStatus {
  /** Position of the last event stored when this was asked. */
  readonly head: Position | undefined;
  /** The process that ran it stopped moments ago: another is about to take it over. */
  readonly handedOver?: true;
  /** ISO instant when this process was last asked to rebuild it; a restart forgets it. */
  readonly rebuildAsked?: string;
}

/** The read side as seen from where requests are answered. */
export interface ReadSide {
  /**
   * Waits until the projections named (all when none is) have seen a position. False when they have not within the
   * time: the answer is then shown as « en cours de mise à jour ».
   */
  waitFor(position: Position, timeoutMs: number, projections?: readonly string[]): Promise<boolean>;
  status(): Promise<readonly ProjectionLag[]>;
  /** Rebuilds beside, then swaps; resolves once asked. Throws RangeError for an unknown projection. */
  rebuild(projection: string): Promise<void>;
}
