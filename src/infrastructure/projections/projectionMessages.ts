import type { Position } from '../../application/ports/eventStore.ts';
import type { ProjectionState } from '../../application/ports/readModelStore.ts';
import type { SharedServers } from '../distributed/sharedServers.ts';

/** What the worker thread on the files of one machine is started with. */
export interface ProjectionWorkerData {
  readonly directory: string;
}

/** What the worker thread on servers shared by several processes is started with; kept in memory alone. */
export interface LeasedWorkerData extends SharedServers {
  /** Unique to this run of this process. */
  readonly holder: string;
}

/** From the thread that answers requests to the worker. */
export type ToWorker =
  /** Something was stored. */
  | { readonly kind: 'poke' }
  | { readonly kind: 'rebuild'; readonly projection: string }
  /** Finish the batches under way, then end. */
  | { readonly kind: 'stop' };

export type Positions = readonly (readonly [projection: string, position: Position])[];

/** From the worker. Structured clone carries bigints as they are. */
export type FromWorker =
  /** Readers of these projections see the log up to there; builds beside have come so far. */
  | { readonly kind: 'progress'; readonly live: Positions; readonly builds: Positions }
  | {
      readonly kind: 'state';
      readonly projection: string;
      readonly state: ProjectionState;
      readonly error?: string;
    }
  /** The file of the read models could not be used and a new one was begun: no position holds any more. */
  | { readonly kind: 'afresh'; readonly movedTo: string; readonly reason: string }
  | {
      readonly kind: 'trouble';
      readonly projection: string;
      readonly error: string;
      readonly at: string;
    };
