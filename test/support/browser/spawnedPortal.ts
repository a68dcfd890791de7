import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atTheEnd } from './atTheEnd.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
  readonly errors: string;
}

/** A portal in a process of its own. */
export interface SpawnedPortal {
  /** Its address once it says « http://… »; fails when it ends before. */
  readonly address: Promise<string>;
  readonly ended: Promise<Ended>;
  readonly pid: number | undefined;
  kill(signal: NodeJS.Signals): void;
}

/** Runs node with these arguments at the root of the project; of the environment only PATH and what is given. */
export function spawnPortal(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): SpawnedPortal {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  atTheEnd(async () => void child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then((): Ended => ({
    code: child.exitCode ?? undefined,
    output,
    errors,
  }));
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = /http:\/\/[\w.]+:\d+/.exec(output)?.[0];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`the portal ended: ${output}${errors}`)));
  });
  // Whoever only waits for the end doesn't ask for the address.
  address.catch(() => undefined);
  return { address, ended, pid: child.pid, kill: (signal) => void child.kill(signal) };
}
