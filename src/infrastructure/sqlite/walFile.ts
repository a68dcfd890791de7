import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** https://www.sqlite.org/fileformat2.html#walformat: bytes before the first frame, and before a frame's page. */
export const WAL_HEADER = 32;
export const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

/**
 * Whether the WAL beside a database ends after a whole transaction. SQLite reads it up to the first frame whose
 * checksum is wrong, and says nothing of what follows: the torn end of a crash, or what stands behind a damaged byte.
 * Nobody may be writing it. Read a frame at a time: a WAL that a reader kept from being emptied has no bound.
 */
export function walEndsWhole(database: string): boolean {
  const file = `${database}-wal`;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= WAL_HEADER) return true;
  const handle = openSync(file, 'r');
  try {
    return endsWhole(handle, size);
  } finally {
    closeSync(handle);
  }
}

function endsWhole(handle: number, size: number): boolean {
  const header = Buffer.alloc(WAL_HEADER);
  readSync(handle, header, 0, WAL_HEADER, 0);
  const checksum = new Checksum(header.readUInt8(3) % 2 === 0);
  checksum.add(header, 0, 24);
  const length = FRAME_HEADER + header.readUInt32BE(8);
  const isMagic = (header.readUInt32BE(0) & ~1) === MAGIC;
  if (!isMagic || !checksum.isAt(header, 24) || length === FRAME_HEADER) return false;
  const frame = Buffer.alloc(length);
  // Frames left from before the WAL was last written over have other salts.
  const isNew = (): boolean => frame.subarray(8, 16).equals(header.subarray(16, 24));
  let at = WAL_HEADER;
  let ended = true;
  for (; at + length <= size; at += length) {
    readSync(handle, frame, 0, length, at);
    if (!isNew()) break;
    checksum.add(frame, 0, 8);
    checksum.add(frame, FRAME_HEADER, length);
    if (!checksum.isAt(frame, 16)) break;
    ended = frame.readUInt32BE(4) !== 0;
  }
  for (; at + 16 <= size; at += length) {
    readSync(handle, frame, 0, 16, at);
    if (isNew()) return false;
  }
  return ended;
}

/** SQLite's running checksum, over pairs of 32-bit words in the byte order that the WAL's first bytes tell. */
class Checksum {
  private first = 0;
  private second = 0;

  constructor(private readonly littleEndian: boolean) {}

  add({ buffer, byteOffset }: Buffer, from: number, to: number): void {
    const view = new DataView(buffer, byteOffset);
    for (let at = from; at < to; at += 8) {
      this.first = (this.first + view.getUint32(at, this.littleEndian) + this.second) >>> 0;
      this.second = (this.second + view.getUint32(at + 4, this.littleEndian) + this.first) >>> 0;
    }
  }

  /** Whether the checksum stored there is this one. */
  isAt(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.first && bytes.readUInt32BE(at + 4) === this.second;
  }
}
