import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionState, ReadModelWriter } from '../ports/readModelStore.ts';
import { buildBeside } from './besideBuild.ts';
import { followLive } from './liveBuild.ts';
import type { AnyProjection } from './projection.ts';
import { AheadOfLogError, ProjectionFailure, shortly } from './projectionFailure.ts';
import type { ProjectionRunnerOptions } from './projectionRunner.ts';

const LONGEST_PAUSE_MS = 10_000;

export interface ProjectionLoop {
  /** Runs until stopped; never rejects. */
  run(): Promise<void>;
  /** Also without `run`, for a build made offline. */
  rebuild(): Promise<void>;
}

/** One projection: its live build, and now and then a build beside it. */
export function createProjectionLoop(
  projection: AnyProjection,
  options: ProjectionRunnerOptions,
  stopping: AbortSignal,
): ProjectionLoop {
  const { name } = projection;
  const { readModels, store, now, retryAfterMs = 100, onState, onError } = options;
  let building: Promise<void> | undefined;
  let live: { readonly pause: AbortController; readonly ended: Promise<void> } | undefined;
  /** Why the live build stands still. */
  let failure: string | undefined;
  let shown: ProjectionState | undefined;
  let wake = (): void => undefined;
  let retries = 0;
  let resumed = false;
  /** What a projection is when nothing is wrong: a build made offline leaves it stopped. */
  let awake: 'running' | 'stopped' = 'stopped';

  /** The state is for people to read: failing to write it stops nothing. */
  const show = async (state: ProjectionState, error?: string): Promise<void> => {
    shown = state;
    onState?.(name, state, error);
    try {
      await readModels.setState(name, state, now(), error);
    } catch (unwritten) {
      onError?.(name, unwritten);
    }
  };

  /** One build at a time: who asks during a build waits for it. */
  const build = async (fresh: boolean): Promise<void> =>
    (building ??= buildAndSwap(fresh).finally(() => {
      building = undefined;
    }));
  const buildAndSwap = async (fresh: boolean): Promise<void> => {
    await show('rebuilding');
    const swapped = await buildBeside(projection, options, stopping, fresh, async () => {
      live?.pause.abort();
      await live?.ended;
    });
    if (!swapped) throw new Error(`stopped while building ${name}: goes on at the next start`);
    failure = undefined;
    await show(awake);
    wake();
  };

  const rebuild = async (fresh: boolean): Promise<void> => {
    try {
      await build(fresh);
    } catch (error) {
      if (!stopping.aborted) {
        onError?.(name, error);
        await show(failure === undefined ? awake : 'failed', failure ?? shortly(error));
      }
      throw error;
    }
  };
  /** A rebuild that the last stop interrupted goes on. */
  const resumeRebuild = async (): Promise<void> => {
    const statuses = await readModels.status();
    resumed = true;
    const left = statuses.find(({ projection: one }) => one === name);
    if (left?.state === 'rebuilding') rebuild(false).catch(() => undefined);
  };

  /** The live build, unless its documents come from another log than the store's: one of the files was replaced. */
  const liveWriter = async (): Promise<ReadModelWriter | 'none' | 'of another log'> => {
    const writer = await readModels.live(projection);
    const checkpoint = await writer?.checkpoint();
    if (!writer || checkpoint === undefined) return writer ?? 'none';
    return checkpoint > ((await store.head()) ?? -1n) ? 'of another log' : writer;
  };

  const step = async (): Promise<void> => {
    const writer = await liveWriter();
    if (typeof writer === 'string') {
      resumed = true;
      if (writer === 'of another log')
        onError?.(name, new AheadOfLogError(`${name} stands beyond the last event: built anew`));
      return build(writer === 'of another log');
    }
    if (!resumed) await resumeRebuild();
    if (!building && shown !== 'running') await show('running');
    const pausing = new AbortController();
    const either = AbortSignal.any([stopping, pausing.signal]);
    const following = followLive(projection, options, writer, either, () => {
      retries = 0;
    });
    live = { pause: pausing, ended: following.catch(() => undefined) };
    try {
      await following;
    } finally {
      live = undefined;
    }
    // Paused for a swap: the next step opens the build that takes its place.
    await building?.catch(() => undefined);
  };

  const afterError = async (error: unknown): Promise<void> => {
    if (stopping.aborted) return;
    failure = shortly(error);
    onError?.(name, error);
    await show('failed', failure);
    if (error instanceof ProjectionFailure) return untilRebuilt();
    const delay = Math.min(retryAfterMs * 2 ** retries, LONGEST_PAUSE_MS);
    retries += 1;
    await pause(delay, undefined, { signal: stopping }).catch(() => undefined);
    failure = undefined;
  };

  /** A projection that threw would throw again: it waits for a rebuild or a restart. */
  const untilRebuilt = async (): Promise<void> => {
    while (failure !== undefined && !stopping.aborted)
      await new Promise<void>((resolve) => {
        wake = resolve;
        stopping.addEventListener('abort', () => resolve(), { once: true });
      });
  };

  return {
    rebuild: async () => rebuild(true),
    async run() {
      awake = 'running';
      while (!stopping.aborted) await step().catch(afterError);
      await building?.catch(() => undefined);
      if (shown === 'running') await show('stopped');
    },
  };
}
