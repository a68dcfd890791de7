import type { MessagePort } from 'node:worker_threads';
import type { Position } from '../../application/ports/eventStore.ts';
import { shortly } from '../../application/projections/projectionFailure.ts';
import {
  createProjectionRunner,
  type ProjectionRunnerOptions,
} from '../../application/projections/projectionRunner.ts';
import type { FromWorker, ToWorker } from './projectionMessages.ts';

type Served = 'store' | 'readModels' | 'projections' | 'decode' | 'now';

export interface ProjectionServiceOptions extends Pick<ProjectionRunnerOptions, Served> {
  /** To the thread that started this one. */
  readonly port: MessagePort;
  /** Wakes the event store's subscriptions. */
  readonly poke: () => void;
  /** Called once the projections have stopped. */
  readonly close: () => Promise<void>;
}

/** The worker's side of a ProjectionHost: runs projections, and tells it how far they are. */
export function serveProjections({
  port,
  poke,
  close,
  ...options
}: ProjectionServiceOptions): void {
  const tell = (message: FromWorker): void => port.postMessage(message);

  // One message for all that moved in a turn of the event loop.
  const live = new Map<string, Position>();
  const builds = new Map<string, Position>();
  let telling = false;
  const tellProgress = (moved: Map<string, Position>, name: string, position: Position): void => {
    moved.set(name, position);
    if (telling) return;
    telling = true;
    setImmediate(() => {
      telling = false;
      tell({ kind: 'progress', live: [...live], builds: [...builds] });
      live.clear();
      builds.clear();
    });
  };

  const runner = createProjectionRunner({
    ...options,
    onProgress: (projection, position) => tellProgress(live, projection, position),
    onBuildProgress: (projection, position) => tellProgress(builds, projection, position),
    onState: (projection, state, error) =>
      tell({ kind: 'state', projection, state, ...(error !== undefined && { error }) }),
    onError: (projection, error) =>
      tell({ kind: 'trouble', projection, error: shortly(error), at: whereOf(error) }),
  });
  const stop = async (): Promise<void> => {
    await runner.stop();
    await close();
    // Progress told above leaves before the port closes.
    setImmediate(() => port.close());
  };

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'poke':
        return poke();
      case 'rebuild':
        // Its failure is told as trouble and state.
        return void runner.rebuild(message.projection).catch(() => undefined);
      case 'stop':
        return void stop();
    }
  });
  runner.start();
}

/** The line of code that threw: what an operator reports. */
function whereOf(error: unknown): string {
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const [, line = ''] = (thrown instanceof Error ? (thrown.stack ?? '') : '').split(/\n\s*at /);
  return line;
}
