/** Opens personal data that read models carry sealed. */
export interface SealOpener {
  /** The data, or `[effacé]` when the key is gone or the text was altered. Never throws for that. */
  open(sealed: string): Promise<unknown>;
}
