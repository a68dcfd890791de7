import { execFileSync } from 'node:child_process';

/**
 * A full disk without being root: the system refuses to let any file of the process grow beyond so many bytes (EFBIG),
 * in the middle of a write if need be. Undone at once by `unlimited`, while the process runs.
 */
export const limitFileSize = (pid: number, bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:unlimited`]);
