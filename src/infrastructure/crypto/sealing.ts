import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { Sealed } from '../../application/eventCatalogue.ts';
import type { DataKey } from '../../application/ports/keyVault.ts';
import type { SubjectId } from '../../domain/kernel/ids.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

// Random bytes come by the thousand: one call per seal would cost as much as the cipher.
const pool = Buffer.alloc(ivBytes * 1024);
let used = pool.length;
function nextIv(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ivBytes;
  return pool.subarray(used - ivBytes, used);
}

/** AES-256-GCM over bytes, bound to a context: iv, tag, ciphertext. */
export function encrypt(key: DataKey, context: string, plain: Uint8Array | string): Buffer {
  const iv = nextIv();
  const cipher = createCipheriv(algorithm, key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  // GCM leaves nothing for the end but the tag.
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Undoes `encrypt`; throws when the key, the context or a byte is wrong. */
export function decrypt(key: DataKey, context: string, sealed: Uint8Array): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(tag);
  const plain = decipher.update(sealed.subarray(ivBytes + tagBytes));
  // Checks the tag: throws unless every byte is as it was.
  decipher.final();
  return plain;
}

/** Personal data as one text, `v1.{subject}.{base64url}`: read models may copy it without reading it. */
export const seal = (key: DataKey, subject: SubjectId, personal: unknown): Sealed =>
  `v1.${subject}.${encrypt(key, subject, JSON.stringify(personal)).toString('base64url')}` as Sealed;

/** The family or child whose key opens this text; undefined when it is no sealed text. */
export function subjectOf(sealed: string): SubjectId | undefined {
  const [version, subject, body, ...more] = sealed.split('.');
  if (version !== 'v1' || !subject || !body || more.length > 0) return undefined;
  return subject as SubjectId;
}

/** Opens what `seal` made. Throws when it was altered or the key is another's. */
export function open(key: DataKey, sealed: string): unknown {
  const subject = subjectOf(sealed);
  if (!subject) throw new Error('not a sealed text');
  const body = Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url');
  return JSON.parse(decrypt(key, subject, body).toString('utf8')) as unknown;
}
