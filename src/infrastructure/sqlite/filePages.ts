import type Database from 'better-sqlite3';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { FRAME_HEADER, WAL_HEADER } from './walFile.ts';

/**
 * True when pages of the database are neither in the file nor in its WAL: the file was cut short. SQLite itself says
 * nothing of it while there is a WAL, and reads such pages as zeros. Call it within a read transaction.
 */
export function lacksPages(database: Database.Database, file: string): boolean {
  const pageSize = Number(database.pragma('page_size', { simple: true }));
  const pages = Number(database.pragma('page_count', { simple: true }));
  const inFile = Math.floor(statSync(file).size / pageSize);
  if (inFile >= pages) return false;
  const inWal = pagesOfWal(`${file}-wal`, pageSize);
  for (let page = inFile + 1; page <= pages; page += 1) if (!inWal.has(page)) return true;
  return false;
}

/** Numbers of the pages that the WAL holds. SQLite locks no byte of that file, so it may be read beside it. */
function pagesOfWal(file: string, pageSize: number): ReadonlySet<number> {
  const found = new Set<number>();
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < WAL_HEADER) return found;
  const handle = openSync(file, 'r');
  try {
    const header = Buffer.alloc(WAL_HEADER);
    readSync(handle, header, 0, WAL_HEADER, 0);
    const salts = header.subarray(16, 24);
    const frame = Buffer.alloc(FRAME_HEADER);
    for (let at = WAL_HEADER; at + FRAME_HEADER + pageSize <= size; at += FRAME_HEADER + pageSize) {
      readSync(handle, frame, 0, FRAME_HEADER, at);
      // Frames left from before the WAL was last written over have other salts.
      if (!frame.subarray(8, 16).equals(salts)) break;
      found.add(frame.readUInt32BE(0));
    }
  } finally {
    closeSync(handle);
  }
  return found;
}
