import { hash, randomFillSync } from 'node:crypto';
import type { Ids } from '../application/ports/ids.ts';

const variants = '89ab';

/** Lays 32 hexadecimal digits out as a UUID of this version (RFC 9562). */
const layOut = (hex: string, version: 5 | 7): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `${version}${hex.slice(13, 16)}`,
    variants.charAt(parseInt(hex.charAt(16), 16) & 0x3) + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');

// Random bytes come by the thousand: a system call per id would cost more than the id.
const pool = Buffer.alloc(10 * 1024);
let used = pool.length;

/** A new UUID version 7: milliseconds since 1970, then chance. */
export function uuidV7(now: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return layOut(now.toString(16).padStart(12, '0') + pool.toString('hex', used - 10, used), 7);
}

/** The UUID that always comes out for a text (version 5 layout, SHA-1). */
export const uuidOf = (text: string): string => layOut(hash('sha1', text, 'hex'), 5);

export const uuids: Ids = { next: () => uuidV7(Date.now()), derive: uuidOf };
