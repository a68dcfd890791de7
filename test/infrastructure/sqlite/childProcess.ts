import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** Lines that it prints, as they come; ends with the process. */
  readonly lines: AsyncIterableIterator<string>;
  /** Kills it with SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

/** Starts a script of this folder in another process. */
export function startChild(script: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  if (!child.stdout) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout });
  return {
    lines: lines[Symbol.asyncIterator](),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The next line, or a failure when the child ended. */
export async function nextLine({ lines }: Child): Promise<string> {
  const step = await lines.next();
  if (step.done) throw new Error('the child process ended');
  return step.value;
}
