import { EventStoreDBClient } from '@eventstore/db-client';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Client, ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';
import { saysLeaderless } from './storeFailure.ts';

export interface ConnectionOptions {
  /** `esdb://host:2113?tls=false`, `esdb://a,b,c`, `esdb+discover://name`. May hold credentials. */
  readonly connectionString: string;
  /** Instead of those of the connection string. Sent over TLS only. */
  readonly username?: string;
  readonly password?: string;
}

export interface AppendCall {
  readonly call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  /** Gives up the node that the call is made to: later calls look for the leader anew. */
  readonly leave: () => void;
}

/** gRPC's UNAVAILABLE: what makes the client change its channel. */
const UNAVAILABLE = 14;

/** Calls of the streams service, each on the channel that the client holds then. */
export interface Connection {
  batchAppend(): Promise<AppendCall>;
  /** `deadline` in milliseconds; without it the call lasts until it is cancelled. */
  read(request: ReadReq, deadline?: number): Promise<ClientReadableStream<ReadResp>>;
  close(): Promise<void>;
}

/**
 * Connects through the client of EventStoreDB: its connection strings, TLS, discovery of the leader and change of
 * channel when a call fails (`not-leader`, unavailable; "no leader info" is added here). Its calls are made here, one layer below `appendToStream` and
 * `readStream`, for three reasons seen in 6.2.1: its batch append keeps the appends of all clients of the process in
 * one table, which an error on any of their streams empties, and the next answer then throws where nothing can catch
 * it; it parses and prints JSON anew, and the hash chain needs the bytes; its subscriptions hand filter checkpoints
 * over out of order with the events. Throws Error for a connection string that it can't read.
 */
export function connect(options: ConnectionOptions): Connection {
  const { client, credentials } = clientOf(options);
  const callOptions = { requiresLeader: true, ...(credentials && { credentials }) };
  const { StreamsClient } = streamsService;
  let channel: Client | undefined;
  const leave = (node: Client | undefined): void => {
    const failure = Object.assign(new Error('the node is left'), { code: UNAVAILABLE });
    if (node) client['handleError'](node, failure).catch(() => undefined);
  };

  return {
    async batchAppend() {
      let node: Client | undefined;
      const call = await client['GRPCStreamCreator'](StreamsClient, 'batchAppend', (calls) => {
        channel = node = calls;
        return calls.batchAppend(...client['callArguments'](callOptions, { deadline: Infinity }));
      })();
      return { call, leave: () => leave(node) };
    },
    read: (request, deadline) =>
      client['GRPCStreamCreator'](StreamsClient, 'read', (calls) => {
        channel = calls;
        const ends = deadline === undefined ? { deadline: Infinity } : undefined;
        const lasting = deadline === undefined ? callOptions : { ...callOptions, deadline };
        const call = calls.read(request, ...client['callArguments'](lasting, ends));
        return call.on('error', ({ message }) => {
          if (saysLeaderless(message)) leave(calls);
        });
      })(),
    async close() {
      await client.dispose();
      channel?.close();
    },
  };
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The client never sees the credentials: it would print a connection string that it finds odd. */
function clientOf({ connectionString, username, password }: ConnectionOptions): {
  readonly client: EventStoreDBClient;
  readonly credentials: Credentials | undefined;
} {
  const [whole, scheme = '', inside = '', rest = ''] =
    /^\s*(esdb(?:\+discover)?:\/\/)(?:([^?]*)@)?(.*)$/s.exec(connectionString) ?? [];
  if (whole === undefined) throw new Error('an EventStoreDB connection string starts with esdb://');
  // The client would take what stands before it for credentials.
  if (rest.includes('@'))
    throw new Error('an EventStoreDB connection string percent-encodes its user and its password');
  const [user = '', ...secret] = inside.split(':');
  const credentials = {
    username: username ?? decodeURIComponent(user),
    password: password ?? decodeURIComponent(secret.join(':')),
  };
  try {
    const client = EventStoreDBClient.connectionString(scheme + rest);
    return { client, credentials: credentials.username === '' ? undefined : credentials };
  } catch (cause) {
    throw new Error("the EventStoreDB connection string can't be read", { cause });
  }
}
