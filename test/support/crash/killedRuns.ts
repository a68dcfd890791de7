import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface KilledRun {
  /** Requests acknowledged before the kill, with how many events each made. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** From the start of the process until it was ready. */
  readonly readyMs: number;
}

/**
 * Runs a child that says `ready`, then each command acknowledged; kills it after so many, from the first one on up to
 * `atMost`: any instant of what it does may be hit. The kill may cut its last line.
 */
export async function runUntilKilled(
  script: string,
  words: readonly string[],
  atMost: number,
): Promise<KilledRun> {
  const begun = performance.now();
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  const enough = 1 + Math.floor(Math.random() * atMost);
  let readyMs = Infinity;
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [requestId = '', count = ''] = line.split(' ');
    if (requestId === 'ready') {
      readyMs = performance.now() - begun;
      continue;
    }
    if (requestId.length === 36 && count !== '') acknowledged.set(requestId, Number(count));
    lines += 1;
    if (lines === enough) child.kill('SIGKILL');
  }
  await ended;
  expect(child.signalCode).to.equal('SIGKILL');
  return { acknowledged, readyMs };
}

export interface KilledRuns {
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly longestStartMs: number;
}

/** So many runs, one after the other; `between` comes after each kill. */
export async function killRepeatedly(
  kills: number,
  run: () => Promise<KilledRun>,
  between: () => Promise<void>,
): Promise<KilledRuns> {
  const acknowledged = new Map<string, number>();
  let longestStartMs = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const { acknowledged: more, readyMs } = await run();
    for (const [id, count] of more) acknowledged.set(id, count);
    longestStartMs = Math.max(longestStartMs, readyMs);
    await between();
  }
  return { acknowledged, longestStartMs };
}
