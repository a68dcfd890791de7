import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import {
  openMongo,
  type MongoConnection,
} from '../../src/infrastructure/mongodb/mongoConnection.ts';
import { ferretdbIsBuilt, startFerretdb } from '../../test/support/ferretdb/ferretdb.ts';

/** What to run where there is no server. */
export const getMongoServer =
  'bash test/support/ferretdb/build.sh (Go 1.22 or newer), or MONGODB_URL=mongodb://…';

export interface BenchMongo extends MongoConnection {
  readonly serverName: string;
  /** Drops the database and leaves; the server ends when it was started here. */
  readonly end: () => Promise<void>;
}

/** A database of this run alone, on the server of MONGODB_URL, else on a FerretDB; undefined when there is neither. */
export async function openBenchMongo(
  given = process.env['MONGODB_URL'],
  binary = resolve('test/support/ferretdb/bin/ferretdb'),
): Promise<BenchMongo | undefined> {
  if (!given && !ferretdbIsBuilt(binary)) return undefined;
  const ferretdb = given ? undefined : await startFerretdb(binary);
  const connection = openMongo({
    url: given ?? ferretdb?.url ?? '',
    database: `portail-bench-${randomBytes(6).toString('hex')}`,
    silenceMs: 60_000,
  });
  return {
    ...connection,
    serverName: given ? 'the server of MONGODB_URL' : 'FerretDB 1.24 over SQLite, without fsync',
    async end() {
      await connection.db.dropDatabase();
      await connection.close();
      await ferretdb?.stop();
    },
  };
}
