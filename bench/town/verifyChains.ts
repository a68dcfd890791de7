import { activities, children, families, sessionBooks } from '../../src/application/aggregates.ts';
import type { EventStore } from '../../src/application/ports/eventStore.ts';
import { ChainVerifier } from '../../src/infrastructure/events/hashChain.ts';
import type { VerifiedHistory } from '../../src/infrastructure/verifyHistory.ts';

const aggregates = [activities, children, families, sessionBooks];

/** Streams of the town: others may share its server. */
export const townStreams = {
  streamPrefixes: aggregates.map(({ category }) => `${category}-`),
};

/** Follows the hash chain of every stream of the town, on any store. */
export async function verifyChains(store: EventStore): Promise<VerifiedHistory> {
  const verifier = new ChainVerifier();
  let events = 0;
  for await (const records of store.readAll({ filter: townStreams })) {
    for (const record of records) verifier.follow(record);
    events += records.length;
  }
  const { streams, faults } = verifier;
  return {
    streams,
    events,
    faults: faults.map(({ stream, revision, fault }) => `${stream}@${revision}: ${fault}`),
  };
}
