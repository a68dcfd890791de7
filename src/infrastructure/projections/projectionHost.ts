import { Worker } from 'node:worker_threads';
import type { Position } from '../../application/ports/eventStore.ts';
import type { Logger } from '../../application/ports/logger.ts';
import type { ProjectionState } from '../../application/ports/readModelStore.ts';
import { shortly } from '../../application/projections/projectionFailure.ts';
import { PositionWaiters } from './positionWaiters.ts';
import type {
  FromWorker,
  LeasedWorkerData,
  ProjectionWorkerData,
  ToWorker,
} from './projectionMessages.ts';

export interface ProjectionHostOptions {
  /** What the worker works on. */
  readonly workerData: ProjectionWorkerData | LeasedWorkerData;
  /** Names of the projections that the worker runs. */
  readonly projections: readonly string[];
  readonly log: Logger;
  /** File of the worker; the one for such data unless told. */
  readonly worker?: URL;
  /** First pause before a worker that ended by itself is started again; doubles up to 30 s. 200 ms unless told. */
  readonly restartAfterMs?: number;
  /** How long the batches under way may take at `stop`; 10 s unless told. */
  readonly stopWithinMs?: number;
}

export interface HostedProjection {
  readonly projection: string;
  /** `starting`: nothing heard from the thread since it started. */
  readonly state: ProjectionState | 'starting';
  /** Readers see the log up to there. */
  readonly position: Position | undefined;
  /** How far a build beside the live one has come. */
  readonly building?: Position;
  readonly error?: string;
}

/** The worker thread that runs projections, as seen from the thread that answers requests. */
export interface ProjectionHost {
  /** Something was stored: call it after each append. Costs nearly nothing. */
  notify(): void;
  position(projection: string): Position | undefined;
  /**
   * True once the projections named (all when none is) have seen the position; false after `timeoutMs`, or at once
   * when one of them failed and stands before it. Throws RangeError for an unknown name.
   */
  waitFor(position: Position, timeoutMs: number, projections?: readonly string[]): Promise<boolean>;
  /** Asks for a build beside and a swap; `status` tells how it goes. Throws RangeError for an unknown name. */
  rebuild(projection: string): void;
  status(): readonly HostedProjection[];
  /** Finishes the batches under way, then ends the thread. */
  stop(): Promise<void>;
}

/** Waking the thread costs more than an append: an append alone wakes it at once, many share one poke. */
const POKE_EVERY_MS = 20;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that lived so long was well: its next end is a first one. */
const WELL_AFTER_MS = 60_000;

export function startProjectionHost(options: ProjectionHostOptions): ProjectionHost {
  const { projections, log, restartAfterMs = 200, stopWithinMs = 10_000 } = options;
  const waiters = new PositionWaiters();
  const hosted = new Map<string, Omit<HostedProjection, 'position'>>(
    projections.map((projection) => [projection, { projection, state: 'starting' }]),
  );
  const rebuildsAsked = new Set<string>();
  let worker: Worker | undefined;
  let restart: NodeJS.Timeout | undefined;
  let crashes = 0;
  let poked = false;
  let lastPoke = -Infinity;
  let stopping: Promise<void> | undefined;

  const tell = (message: ToWorker): void => worker?.postMessage(message);
  const update = (name: string, change: Partial<HostedProjection>): void => {
    const before = hosted.get(name);
    if (before) hosted.set(name, { ...before, ...change });
  };

  const heard = (message: FromWorker): void => {
    switch (message.kind) {
      case 'progress':
        for (const [name, position] of message.builds) update(name, { building: position });
        for (const [name, position] of message.live) waiters.moved(name, position);
        return;
      case 'state': {
        const { projection, state, error } = message;
        hosted.set(projection, { projection, state, ...(error !== undefined && { error }) });
        log.info({ projection, state }, 'projection state');
        if (state === 'failed') waiters.stopped(projection);
        return;
      }
      case 'afresh': {
        const { movedTo, reason } = message;
        waiters.forget();
        log.error({ movedTo, reason }, 'read models unusable: set aside, and built anew');
        return;
      }
      case 'trouble': {
        const { projection, error, at } = message;
        log.error({ projection, error, at }, 'projection trouble');
      }
    }
  };

  const start = (): void => {
    const begun = performance.now();
    const started = startWorker(options);
    worker = started;
    started.on('message', heard);
    started.on('error', (error) => log.error({ error: shortly(error) }, 'projections crashed'));
    started.on('exit', (code) => {
      worker = undefined;
      for (const name of projections) hosted.set(name, { projection: name, state: 'starting' });
      if (stopping) return;
      crashes = performance.now() - begun > WELL_AFTER_MS ? 1 : crashes + 1;
      const pause = Math.min(restartAfterMs * 2 ** (crashes - 1), LONGEST_PAUSE_MS);
      log.error({ code, crashes, restartInMs: pause }, 'projections ended: they start again');
      restart = setTimeout(start, pause);
    });
    for (const projection of rebuildsAsked) tell({ kind: 'rebuild', projection });
    rebuildsAsked.clear();
  };

  const end = async (): Promise<void> => {
    clearTimeout(restart);
    waiters.close();
    const ending = worker;
    if (!ending) return;
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    const deadline = setTimeout(() => {
      log.error({ stopWithinMs }, 'projections do not stop: ended by force');
      void ending.terminate();
    }, stopWithinMs);
    tell({ kind: 'stop' });
    await ended;
    clearTimeout(deadline);
  };
  const insist = (name: string): string => {
    if (!hosted.has(name)) throw new RangeError(`unknown projection ${name}`);
    return name;
  };

  start();
  return {
    notify() {
      if (poked || stopping) return;
      poked = true;
      setTimeout(
        () => {
          poked = false;
          lastPoke = performance.now();
          tell({ kind: 'poke' });
        },
        Math.max(1, lastPoke + POKE_EVERY_MS - performance.now()),
      ).unref();
    },
    position: (projection) => waiters.position(insist(projection)),
    async waitFor(position, timeoutMs, named = projections) {
      const behind = named.filter((name) => (waiters.position(insist(name)) ?? -1n) < position);
      if (stopping || behind.some((name) => hosted.get(name)?.state === 'failed'))
        return behind.length === 0;
      return waiters.wait(behind, position, timeoutMs);
    },
    rebuild(projection) {
      insist(projection);
      if (worker) tell({ kind: 'rebuild', projection });
      else rebuildsAsked.add(projection);
    },
    status: () =>
      [...hosted.values()].map((one) => ({ ...one, position: waiters.position(one.projection) })),
    stop: async () => (stopping ??= end()),
  };
}

/** Bundled, the worker is a file beside this one. Run from its source it is TypeScript, and needs a loader first. */
function startWorker({ worker, workerData }: ProjectionHostOptions): Worker {
  const name = 'directory' in workerData ? 'projectionWorker' : 'leasedProjectionWorker';
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = worker ?? new URL(`./${name}.${extension}`, import.meta.url);
  if (!file.pathname.endsWith('.ts')) return new Worker(file, { workerData });
  // `--import tsx` does nothing in the threads of Node 20.
  const load = `import('tsx/esm/api').then(({ register }) => (register(), import('${file.href}')))`;
  return new Worker(load, { eval: true, workerData });
}
