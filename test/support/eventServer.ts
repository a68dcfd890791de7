import { startEventStoreDb } from './eventstoredb/eventStoreDbServer.ts';

/** A server of EventStoreDB's protocol, for one test. */
export interface EventServer {
  readonly connectionString: string;
  /** True when others write to it too: what is in its log isn't this test's alone, and names must be. */
  readonly shared: boolean;
  stop(): Promise<void>;
}

const { EVENTSTORE_URL, EVENTSTORE_EMPTY_URL } = process.env;

/** The server of EVENTSTORE_URL, that every test uses, else one for this test alone. */
export async function eventServer(): Promise<EventServer> {
  return EVENTSTORE_URL === undefined ? forTests() : real(EVENTSTORE_URL, true);
}

/** The server of EVENTSTORE_EMPTY_URL, that holds nothing yet and serves one test of a run, else one for this test. */
export async function emptyEventServer(): Promise<EventServer> {
  return EVENTSTORE_EMPTY_URL === undefined ? forTests() : real(EVENTSTORE_EMPTY_URL, false);
}

const real = (connectionString: string, shared: boolean): EventServer => ({
  connectionString,
  shared,
  stop: async () => undefined,
});

async function forTests(): Promise<EventServer> {
  const cluster = await startEventStoreDb({ systemEventEvery: 2 });
  const { connectionString } = cluster;
  return { connectionString, shared: false, stop: async () => cluster.stop() };
}
