/** Makes ids: UUIDs in lower case. */
export interface Ids {
  /** A new one; they grow with time (version 7). */
  next(): string;
  /** Always the same one for the same text (version 5): a command met again gets the same ids. */
  derive(text: string): string;
}
