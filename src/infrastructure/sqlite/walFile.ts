import { readFileSync, statSync } from 'node:fs';

/** https://www.sqlite.org/fileformat2.html#walformat: bytes before the first frame, and before a frame's page. */
export const WAL_HEADER = 32;
export const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

/**
 * Whether the WAL beside a database ends after a whole transaction. SQLite reads it up to the first frame whose
 * checksum is wrong, and says nothing of what follows: the torn end of a crash, or what stands behind a damaged byte.
 * Nobody may be writing it.
 */
export function walEndsWhole(database: string): boolean {
  const file = `${database}-wal`;
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= WAL_HEADER) return true;
  const bytes = readFileSync(file);
  const frame = FRAME_HEADER + bytes.readUInt32BE(8);
  const checksum = new Checksum(bytes);
  checksum.add(0, 24);
  const isMagic = (bytes.readUInt32BE(0) & ~1) === MAGIC;
  if (!isMagic || !checksum.isAt(24) || frame === FRAME_HEADER) return false;
  // Frames left from before the WAL was last written over have other salts.
  const salts = bytes.subarray(16, 24);
  const isNew = (at: number): boolean => bytes.subarray(at + 8, at + 16).equals(salts);
  let at = WAL_HEADER;
  let ended = true;
  for (; at + frame <= bytes.length && isNew(at); at += frame) {
    checksum.add(at, 8);
    checksum.add(at + FRAME_HEADER, frame - FRAME_HEADER);
    if (!checksum.isAt(at + 16)) break;
    ended = bytes.readUInt32BE(at + 4) !== 0;
  }
  for (; at + 16 <= bytes.length; at += frame) if (isNew(at)) return false;
  return ended;
}

/** SQLite's running checksum, over pairs of 32-bit words in the byte order that the WAL's first bytes tell. */
class Checksum {
  private readonly view: DataView;
  private readonly littleEndian: boolean;
  private first = 0;
  private second = 0;

  constructor({ buffer, byteOffset, byteLength }: Buffer) {
    this.view = new DataView(buffer, byteOffset, byteLength);
    this.littleEndian = (this.view.getUint8(3) & 1) === 0;
  }

  add(from: number, count: number): void {
    for (let at = from; at < from + count; at += 8) {
      this.first = (this.first + this.view.getUint32(at, this.littleEndian) + this.second) >>> 0;
      this.second =
        (this.second + this.view.getUint32(at + 4, this.littleEndian) + this.first) >>> 0;
    }
  }

  /** Whether the checksum stored there is this one. */
  isAt(at: number): boolean {
    return this.view.getUint32(at) === this.first && this.view.getUint32(at + 4) === this.second;
  }
}
