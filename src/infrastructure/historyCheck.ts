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

const NOT_VERIFIED = 'the history could not be verified';

/** How `portail verify` ends when it has found faults; any other failure (1, a signal) says nothing of the history. */
export const FAULTS_FOUND = 3;

export interface HistoryCheckOptions {
  /** Milliseconds; a few seconds unless told. */
  readonly afterMs?: number;
  /** What Node.js runs; `portail verify` unless told. */
  readonly command?: readonly string[];
}

/** Bundled, `portail` is a file beside this one. Run from its source it is TypeScript, and needs a loader. */
const portail = (): readonly string[] =>
  import.meta.url.endsWith('.ts')
    ? ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))]
    : [fileURLToPath(new URL('./main.js', import.meta.url))];

/**
 * Reads the whole history once after each start, as `portail verify` does: a start in two seconds looks at the ends of
 * the files alone, and a damaged event in their middle must not stay unknown until somebody asks. In a process of its
 * own, of the lowest priority: it neither keeps requests waiting nor touches the locks of this one. Only faults that it
 * has found are told as damage: it may be killed for want of memory, or stopped with the portal. Answers how to stop.
 */
export function checkHistory(
  directory: string,
  log: Logger,
  { afterMs = QUIET, command = [...portail(), 'verify'] }: HistoryCheckOptions = {},
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const check = async (): Promise<void> => {
    await pause(afterMs, undefined, { signal, ref: false });
    const child = spawn(process.execPath, command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORTAIL_DATA: directory },
      signal,
    });
    // Whatever fails from here on, its end by `stopping` finds somebody who hears it.
    child.on('error', () => undefined);
    goEasy(child.pid);
    let said = '';
    const hear = (chunk: Buffer): void => void (said += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
    const lines = said.split('\n').filter((line) => line !== '');
    if (code === 0) log.info({ found: lines.at(-1) ?? '' }, 'history verified');
    else if (code === FAULTS_FOUND)
      log.error(
        { found: lines.slice(0, MAX_LINES).join(' ') },
        'history damaged: run « portail verify »',
      );
    else if (!signal.aborted)
      log.warn({ end: killedBy ?? code ?? undefined, said: lines.at(-1) }, NOT_VERIFIED);
  };
  const checking = check().catch((error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    if (!signal.aborted) log.warn({ error: name }, NOT_VERIFIED);
  });
  return async () => {
    stopping.abort();
    await checking;
  };
}

/** Requests come first; where the system refuses that (some containers), the check goes on all the same. */
function goEasy(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It only takes more of the machine.
  }
}
