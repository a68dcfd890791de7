import { hash } from 'node:crypto';
import type { RecordedEvent, Revision } from '../../application/ports/eventStore.ts';

interface Link {
  readonly stream: string;
  readonly revision: Revision;
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

const hashKey = ',"hash":"';

/** The hash of one event: over the previous hash and everything stored of it. JSON texts hold no raw line break. */
export const linkHash = (previous: string, link: Link, metadata: string): string =>
  hash(
    'sha256',
    `${previous}\n${link.stream}\n${link.revision}\n${link.id}\n${link.type}\n${link.data}\n${metadata}`,
    'base64url',
  );

/** Metadata text with its hash as last key. */
export const withHash = (metadata: string, linked: string): string =>
  `${metadata.slice(0, -1)}${hashKey}${linked}"}`;

const splitHash = (metadata: string): { body: string; hash: string } | undefined => {
  const at = metadata.lastIndexOf(hashKey);
  if (at < 0 || !metadata.endsWith('"}')) return undefined;
  return { body: `${metadata.slice(0, at)}}`, hash: metadata.slice(at + hashKey.length, -2) };
};

export type ChainFault = 'altered' | 'missing' | 'reordered';

/**
 * Follows a stream's chain from its first event: undefined when whole, else the first revision at fault. Works on
 * ciphertext, so also after an erasure.
 */
export function findChainFault(
  records: Iterable<RecordedEvent>,
): { readonly revision: Revision; readonly fault: ChainFault } | undefined {
  let previous = '';
  let expected = 0n;
  for (const record of records) {
    const { revision } = record;
    if (revision !== expected)
      return { revision: expected, fault: revision > expected ? 'missing' : 'reordered' };
    const stored = splitHash(record.metadata);
    if (!stored || stored.hash !== linkHash(previous, record, stored.body))
      return { revision, fault: 'altered' };
    previous = stored.hash;
    expected += 1n;
  }
  return undefined;
}
