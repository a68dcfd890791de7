import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import {
  openMongo,
  type MongoConnection,
} from '../../src/infrastructure/mongodb/mongoConnection.ts';
import { mongoUrl } from './mongo.ts';

export interface CuttableMongo {
  readonly connection: MongoConnection;
  /** What the connection was opened with. */
  readonly url: string;
  /** Breaks every connection, and refuses new ones: the server is gone. */
  cut(): void;
  /** Keeps connections open and says nothing more: the server, or the network, hangs. */
  hang(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** A connection to the same database as another, through a relay that can fail. The first server of a list is used. */
export async function cuttableMongo({ db }: MongoConnection): Promise<CuttableMongo> {
  const direct = await mongoUrl();
  const server = /^(mongodb:\/\/(?:[^@/]*@)?)([^/?,]+)[^/?]*/.exec(direct);
  if (!server) throw new Error('MONGODB_URL begins with mongodb://, not with mongodb+srv://');
  const [whole, start = '', address = ''] = server;
  const [host = '127.0.0.1', port = '27017'] = address.split(':');

  let state: 'well' | 'cut' | 'hung' = 'well';
  const sockets = new Set<Socket>();
  const hold = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.on('data', (bytes) => {
      if (state === 'well') other.write(bytes);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const relay = createServer((client) => {
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), host);
    hold(client, upstream);
    hold(upstream, client);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const cut = (): void => {
    state = 'cut';
    for (const socket of sockets) socket.destroy();
  };

  const relayed = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const rest = direct.slice(whole.length);
  const join = rest.includes('?') ? '&' : rest.startsWith('/') ? '?' : '/?';
  const url = `${start}${relayed}${rest}${join}directConnection=true`;
  const connection = openMongo({
    url,
    database: db.databaseName,
    patienceMs: 1_000,
    silenceMs: 1_000,
  });
  return {
    connection,
    url,
    cut,
    hang: () => {
      state = 'hung';
    },
    mend: () => {
      // What was swallowed would never be answered.
      if (state === 'hung') cut();
      state = 'well';
    },
    async stop() {
      await connection.close();
      cut();
      relay.close();
    },
  };
}
