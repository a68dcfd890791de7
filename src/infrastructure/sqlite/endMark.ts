import { hash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../../application/ports/eventStore.ts';
import { DataFileRefusedError } from './dataFileErrors.ts';
import { eventsFileOf, lastPositionIn } from './eventsFile.ts';
import { keysFileOf, readKeysFile } from './keysFile.ts';
import type { LogAnchor } from './logAnchor.ts';

/** Bytes of the whole mark: written over in place, it never grows, and one write holds it. */
const SIZE = 256;

/** How far the log and the vault had come at the last commit: neither ever gets shorter. */
export interface EndMark extends Pick<LogAnchor, 'directory'> {
  /** Position of the last event. */
  readonly position: Position;
  /** Rows in the vault: none is ever taken out. */
  readonly keys: number;
}

export const endMarkFileOf = (directory: string): string => join(directory, 'events.end');

/**
 * `events.end`, written after each commit and before anybody is told of it. It is not flushed to the disk: that would
 * cost a second wait, and what a process has written survives the process. SQLite drops in silence what follows a
 * damaged byte of a WAL, as it must do with the torn end of a crash: this mark tells the two apart.
 */
export class EndMarkFile {
  private file: number | undefined;

  constructor(private readonly directory: string) {}

  /** Throws when the file can't be written: the last mark stays, which is true of the log as well. */
  write({ position, ...mark }: EndMark): void {
    const text = JSON.stringify({ ...mark, position: `${position}` });
    this.file ??= openSync(endMarkFileOf(this.directory), existingOrNew(this.directory), 0o600);
    writeSync(this.file, `${hash('sha256', text, 'hex')} ${text}`.padEnd(SIZE), 0);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** Not cut to nothing when it is opened: the last mark holds until the next. */
const existingOrNew = (directory: string): 'r+' | 'w' =>
  existsSync(endMarkFileOf(directory)) ? 'r+' : 'w';

/** The last mark; undefined when there is none, or one that can't be read, which says nothing of the log. */
export function readEndMark(directory: string): EndMark | undefined {
  try {
    const [digest, ...rest] = readFileSync(endMarkFileOf(directory), 'utf8').trim().split(' ');
    const text = rest.join(' ');
    if (digest !== hash('sha256', text, 'hex')) return undefined;
    const mark = JSON.parse(text) as Omit<EndMark, 'position'> & { readonly position: string };
    return { ...mark, position: BigInt(mark.position) };
  } catch {
    return undefined;
  }
}

/**
 * Refuses a directory that has lost the end of its log, or of its keys, since the last commit; also one where an older
 * backup was put beside the mark of what it replaced. What the vault has noted of the log isn't asked: a damaged WAL may
 * have lost that too. Reads alone, so that such a WAL stays as it is; also beside a running portal. Throws
 * DataFileRefusedError.
 */
export function refuseLostEnd(directory: string): void {
  // Before the files, which only grow.
  const mark = readEndMark(directory);
  const keys = mark && readKeysFile(directory);
  if (!keys?.anchor || keys.anchor.directory !== mark?.directory) return;
  if (keys.count < mark.keys) throw new DataFileRefusedError(keysFileOf(directory), 'fewer');
  const events = eventsFileOf(directory);
  if (existsSync(events) && lastPositionIn(directory) < mark.position)
    throw new DataFileRefusedError(events, 'cut');
}
