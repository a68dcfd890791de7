import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

const OWNER_ALONE = 0o600;

/**
 * Makes an empty database file that only its owner may read, unless it is there; one that is there is closed to
 * others. SQLite gives its `-wal` and `-shm` the mode of the file: it must be right before the first of them is made.
 * Never opens a file that is there, since closing it would drop SQLite's locks (POSIX).
 */
export function makeForOwnerAlone(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', OWNER_ALONE));
  for (const one of [file, `${file}-wal`, `${file}-shm`])
    if (existsSync(one)) chmodSync(one, OWNER_ALONE);
}
