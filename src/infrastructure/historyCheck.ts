import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../application/ports/logger.ts';

/** Milliseconds after the start: once the first pages were shown. */
const QUIET = 5_000;
/** Of what it says, enough to know what is damaged. */
const MAX_LINES = 50;

/** Bundled, `portail` is a file beside this one. Run from its source it is TypeScript, and needs a loader. */
const portail = (): readonly string[] =>
  import.meta.url.endsWith('.ts')
    ? ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))]
    : [fileURLToPath(new URL('./main.js', import.meta.url))];

/**
 * Reads the whole history once after each start, as `portail verify` does: a start in two seconds looks at the ends of
 * the files alone, and a damaged event in their middle must not stay unknown until somebody asks. In a process of its
 * own, of the lowest priority: it neither keeps requests waiting nor touches the locks of this one. Answers how to stop.
 */
export function checkHistory(directory: string, log: Logger, afterMs = QUIET): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const check = async (): Promise<void> => {
    await pause(afterMs, undefined, { signal, ref: false });
    const child = spawn(process.execPath, [...portail(), 'verify'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORTAIL_DATA: directory },
      signal,
    });
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let said = '';
    const hear = (chunk: Buffer): void => void (said += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const [code] = (await once(child, 'close')) as [number | null];
    const lines = said.split('\n').filter((line) => line !== '');
    if (code === 0) log.info({ found: lines.at(-1) ?? '' }, 'history verified');
    else
      log.error(
        { found: lines.slice(0, MAX_LINES).join(' ') },
        'history damaged: run « portail verify »',
      );
  };
  const checking = check().catch((error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    if (!signal.aborted) log.error({ error: name }, 'the history could not be verified');
  });
  return async () => {
    stopping.abort();
    await checking;
  };
}
