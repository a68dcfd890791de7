import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const kilobytesOf = (pid: number): string | undefined =>
  existsSync('/proc/self/status')
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`]).toString();

/** What a process holds in memory, in bytes. */
export function memoryOf(pid: number): number {
  const bytes = Number(kilobytesOf(pid)) * 1024;
  if (!(bytes > 0)) throw new Error(`the memory of process ${pid} is unknown`);
  return bytes;
}
