import { execFileSync, spawnSync } from 'node:child_process';

/**
 * A full disk without being root: the system refuses to let any file of the process grow beyond so many bytes (EFBIG),
 * in the middle of a write if need be. Undone at once by `unlimited`, while the process runs.
 */
export const limitFileSize = (pid: number, bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:unlimited`]);

/** A suite that needs `prlimit`, of util-linux. Without it the suite is left out, and says so; in CI that is a failure. */
export function describeWithFileSizeLimit(
  title: string,
  define: (this: Mocha.Suite) => void,
): void {
  if (spawnSync('prlimit', ['--version']).error === undefined) {
    describe(title, define);
    return;
  }
  const leftOut = `« ${title} », for want of prlimit (of util-linux)`;
  if (process.env['CI'])
    describe(title, () => {
      it('has prlimit to run with', () => {
        throw new Error(`left out: ${leftOut}`);
      });
    });
  process.once('exit', () => void process.stdout.write(`\nLeft out: ${leftOut}.\n`));
}
