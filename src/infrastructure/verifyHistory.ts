import { ChainVerifier, type FoundFault } from './events/hashChain.ts';
import { openSqliteEventStore } from './sqlite/sqliteEventStore.ts';

export interface VerifiedHistory {
  readonly streams: number;
  readonly events: number;
  readonly faults: readonly FoundFault[];
}

/** Reads the whole log of a data directory, also beside a running portal, and follows every stream's hash chain. */
export async function verifyHistory(directory: string): Promise<VerifiedHistory> {
  const store = openSqliteEventStore({ directory, mode: 'read' });
  try {
    const verifier = new ChainVerifier();
    let events = 0;
    for await (const records of store.readAll()) {
      for (const record of records) verifier.follow(record);
      events += records.length;
    }
    return { streams: verifier.streams, events, faults: verifier.faults };
  } finally {
    await store.close();
  }
}
