import { hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { DataKey } from '../../application/ports/keyVault.ts';
import { decrypt, encrypt } from './sealing.ts';

const keyBytes = 32;

/** Subject of a key that every vault holds, for nobody: whoever can't unwrap it has another master key. */
export const PROBE = 'portail/probe';

/** The key vault was made with another master key: nothing could be read with its keys. */
export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError';
}

/** The master key wraps every data key. It lives outside the data directory in production. */
export class MasterKey {
  private constructor(private readonly bytes: Uint8Array) {}

  /** From 32 bytes in base64 or base64url, or 64 hexadecimal digits. Throws a RangeError otherwise. */
  static parse(text: string): MasterKey {
    const trimmed = text.trim();
    const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
      ? Buffer.from(trimmed, 'hex')
      : Buffer.from(trimmed, 'base64url');
    if (bytes.length !== keyBytes)
      throw new RangeError('une clé maîtresse compte 32 octets, en base64 ou en hexadécimal');
    return new MasterKey(bytes);
  }

  /** Reads a key file, or makes one readable by its owner only (the demo's way). */
  static fromFile(path: string, options: { readonly create: boolean }): MasterKey {
    if (options.create) {
      try {
        const file = openSync(path, 'wx', 0o600);
        writeSync(file, `${randomBytes(keyBytes).toString('base64url')}\n`);
        fsyncSync(file);
        closeSync(file);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
    }
    return MasterKey.parse(readFileSync(path, 'utf8'));
  }

  /** Another secret of 32 bytes, for one purpose alone. */
  derive(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.bytes, '', `portail/${purpose}`, keyBytes));
  }

  /** Wraps a data key for rest, bound to its subject. */
  wrap(subject: string, key: DataKey): Buffer {
    return encrypt(this.bytes, `key/${subject}`, key);
  }

  /** Undoes `wrap`. Throws when this master key did not wrap it. */
  unwrap(subject: string, wrapped: Uint8Array): DataKey {
    return decrypt(this.bytes, `key/${subject}`, wrapped);
  }
}

/** Throws WrongMasterKeyError unless this master key wrapped the vault's probe. */
export function checkMaster(master: MasterKey, wrapped: Uint8Array | null | undefined): void {
  try {
    if (wrapped) master.unwrap(PROBE, wrapped);
  } catch {
    throw new WrongMasterKeyError(
      'La clé maîtresse n’est pas celle de ces données : rien ne pourrait y être lu.',
    );
  }
}
