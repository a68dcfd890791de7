/** What a vault holds of one person. */
export interface KeyEntry {
  readonly subject: string;
  /** The key as it is kept, wrapped by the master key; null once the person was forgotten. */
  readonly wrapped: Uint8Array | null;
}

/** How the keys of a vault move to another of the same master key. Beside the KeyVault port: no command needs it. */
export interface KeyTransfer {
  /** Everything kept but the vault's own probe, in batches. */
  entries(): AsyncIterable<readonly KeyEntry[]>;
  /**
   * Takes entries in as they are; the same ones again change nothing. Who is forgotten on either side is forgotten
   * from now on. Throws OtherKeyError where a person has another key here: no key is ever replaced.
   */
  import(entries: readonly KeyEntry[]): Promise<void>;
}

/** One person, two keys: what was sealed with one of them would be lost. */
export class OtherKeyError extends Error {
  override readonly name = 'OtherKeyError';
  constructor() {
    super('the vault has another key for this person');
  }
}

/** Whether a vault keeps a key other than that one; a forgotten person has none. */
export const isOtherKey = (wrapped: Uint8Array, kept: Uint8Array | null | undefined): boolean =>
  kept !== null && (kept === undefined || Buffer.compare(wrapped, kept) !== 0);
