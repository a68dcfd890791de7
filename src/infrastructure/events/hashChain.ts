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

/** Where a sound stream stands after the events followed. */
export interface ChainEnd {
  /** Revision of the event that would come next. */
  readonly next: Revision;
  readonly hash: string;
}

export interface FoundFault {
  readonly stream: string;
  readonly revision: Revision;
  readonly fault: ChainFault;
}

/**
 * Follows the chains of any number of streams, event by event in the order of each stream. Works on ciphertext, so
 * also after an erasure. A stream at fault is reported once, at its first faulty revision.
 */
export class ChainVerifier {
  private readonly heads = new Map<string, ChainEnd>();
  private readonly broken = new Set<string>();
  readonly faults: FoundFault[] = [];

  get streams(): number {
    return this.heads.size + this.broken.size;
  }

  /** The streams followed without a fault, by name. */
  get ends(): ReadonlyMap<string, ChainEnd> {
    return this.heads;
  }

  follow(record: RecordedEvent): void {
    const { stream, revision } = record;
    if (this.broken.has(stream)) return;
    const { next, hash } = this.heads.get(stream) ?? { next: 0n, hash: '' };
    if (revision !== next)
      return this.report(stream, next, revision > next ? 'missing' : 'reordered');
    const stored = splitHash(record.metadata);
    if (!stored || stored.hash !== linkHash(hash, record, stored.body))
      return this.report(stream, revision, 'altered');
    this.heads.set(stream, { next: revision + 1n, hash: stored.hash });
  }

  private report(stream: string, revision: Revision, fault: ChainFault): void {
    this.heads.delete(stream);
    this.broken.add(stream);
    this.faults.push({ stream, revision, fault });
  }
}

/** Follows one stream from its first event: its first fault, or undefined when whole. */
export function findChainFault(records: Iterable<RecordedEvent>): FoundFault | undefined {
  const verifier = new ChainVerifier();
  for (const record of records) verifier.follow(record);
  return verifier.faults[0];
}
