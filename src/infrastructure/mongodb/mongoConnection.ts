import { MongoClient, type Db } from 'mongodb';
import { StoreUnavailableError } from '../../application/ports/eventStore.ts';
import { answering } from './mongoErrors.ts';

export interface MongoOptions {
  /** Connection string, with its credentials and TLS options; never shown. */
  readonly url: string;
  /** Database of this portal alone; the connection string's own unless told. */
  readonly database?: string;
  /** How long a request waits for a primary before it is told that there is none; 3 s unless told. */
  readonly patienceMs?: number;
  /** A server that took a request and says nothing for so long is given up; 10 s unless told. */
  readonly silenceMs?: number;
}

/** One pool of connections for all the stores of a process. Stores don't close it: who opened it does. */
export interface MongoConnection {
  readonly db: Db;
  /** Runs what talks to the server. Throws StoreUnavailableError for what a later try may mend. */
  readonly ask: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** How long a majority may take to confirm a write. */
const MAJORITY_MS = 5_000;

/**
 * Connects at the first request, and again by itself: a process may start before its server. Throws MongoParseError
 * for a connection string that is none.
 *
 * Every write is confirmed by a majority, so that a new primary has it; every read goes to the primary. The driver
 * repeats a read or a write to one document once by itself, unless the connection string says `retryWrites=false`: some
 * servers of the protocol look like replica sets and refuse writes that may be repeated.
 */
export function openMongo({
  url,
  database,
  patienceMs = 3_000,
  silenceMs = 10_000,
}: MongoOptions): MongoConnection {
  const client = new MongoClient(url, {
    appName: 'portail-famille',
    readPreference: 'primary',
    writeConcern: { w: 'majority', wtimeoutMS: MAJORITY_MS },
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
    waitQueueTimeoutMS: patienceMs,
    socketTimeoutMS: silenceMs,
    heartbeatFrequencyMS: 2_000,
    ignoreUndefined: true,
    promoteBuffers: true,
  });
  // A client whose first connection failed never tries again, unless it is told to.
  let connected: Promise<unknown> | undefined;
  const connect = async (): Promise<unknown> =>
    (connected ??= client.connect().catch((error: unknown) => {
      connected = undefined;
      throw error;
    }));
  let closed = false;
  return {
    db: client.db(database),
    async ask(work) {
      if (closed) throw new StoreUnavailableError('this connection to MongoDB is closed');
      return answering(async () => {
        await connect();
        return work();
      });
    },
    async close() {
      closed = true;
      await client.close();
    },
  };
}
