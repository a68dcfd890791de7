import { randomBytes } from 'node:crypto';
import {
  openMongo,
  type MongoConnection,
} from '../../src/infrastructure/mongodb/mongoConnection.ts';
import { atTheEnd } from './browser/atTheEnd.ts';
import { ferretdbIsBuilt, startFerretdb } from './ferretdb/ferretdb.ts';

const { MONGODB_URL, CI } = process.env;
const leftOut: string[] = [];
let server: Promise<string> | undefined;

/**
 * A suite that needs a server of MongoDB's wire protocol: the one of MONGODB_URL, else a FerretDB of this run's own.
 * With neither, the suite is left out, and the run says so at its end; in CI that is a failure.
 */
export function describeOnMongo(title: string, define: () => void): void {
  if (MONGODB_URL || ferretdbIsBuilt()) {
    describe(title, define);
    return;
  }
  if (CI)
    describe(title, () => {
      it('has a server to run on', () => {
        throw new Error(`no MongoDB server for « ${title} »: ${howToRun}`);
      });
    });
  if (leftOut.length === 0) process.once('exit', sayWhatWasLeftOut);
  leftOut.push(title);
}

const howToRun =
  'run test/support/ferretdb/build.sh (Go 1.22 or newer), or set MONGODB_URL to a server of your own';

function sayWhatWasLeftOut(): void {
  process.stdout.write(
    `\nLeft out, for want of a MongoDB server: ${leftOut.join('; ')}.\nTo run them: ${howToRun}.\n`,
  );
}

/** Connection string of the server that this run's suites share. */
export async function mongoUrl(): Promise<string> {
  if (MONGODB_URL) return MONGODB_URL;
  server ??= startFerretdb().then(({ url, stop }) => {
    atTheEnd(async () => {
      server = undefined;
      await stop();
    });
    return url;
  });
  return server;
}

export interface MongoForTest extends MongoConnection {
  /** Connection string that names this database, for another process. */
  readonly url: string;
  /** Another process's connection to the same database. */
  another(): MongoConnection;
  /** Drops the database, and closes every connection to it. */
  drop(): Promise<void>;
}

/** A database of one test alone. */
export async function mongoForTest(url?: string): Promise<MongoForTest> {
  const options = {
    url: url ?? (await mongoUrl()),
    database: `portail-test-${randomBytes(6).toString('hex')}`,
  };
  const connections: MongoConnection[] = [];
  const another = (): MongoConnection => {
    const connection = openMongo(options);
    connections.push(connection);
    return connection;
  };
  const first = another();
  return {
    ...first,
    url: options.url.replace(
      /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
      `$1/${options.database}`,
    ),
    another,
    async drop() {
      await first.db.dropDatabase();
      for (const connection of connections) await connection.close();
    },
  };
}
