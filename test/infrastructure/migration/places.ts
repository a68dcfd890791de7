import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { MasterKey } from '../../../src/infrastructure/crypto/masterKey.ts';
import type { MigrationPlaces } from '../../../src/infrastructure/migration/migrateTo.ts';
import type { MigrationSide } from '../../../src/infrastructure/migration/migrationSide.ts';
import { openFileSide, openServerSide } from '../../../src/infrastructure/migration/openSides.ts';
import { openHistory } from '../../../src/infrastructure/sqlite/history.ts';
import {
  startEventStoreDb,
  type EventStoreDbCluster,
} from '../../support/eventstoredb/eventStoreDbServer.ts';
import { emptyEventServer, type EventServer } from '../../support/eventServer.ts';
import { all } from '../../contract/eventStoreTools.ts';
import { entriesOf } from '../../contract/keyTransferContract.ts';
import { mongoForTest, mongoUrl, type MongoForTest } from '../../support/mongo.ts';
import { childId } from '../../support/townFacts.ts';
import { temporaryDirectory } from '../sqlite/temporaryDirectory.ts';
import { HistoryWriter, withoutPosition, type Act } from './chainedHistory.ts';

export const keyText = randomBytes(32).toString('hex');
export const masterKey = MasterKey.parse(keyText);

/** Servers and data directories of one test. */
export interface Places extends AnyPlaces {
  readonly cluster: EventStoreDbCluster;
}

/** The same, on servers that do no fault on demand. */
export interface AnyPlaces {
  readonly mongo: MongoForTest;
  readonly places: MigrationPlaces;
  /** A data directory that isn't there yet, and another. */
  readonly directory: string;
  readonly otherDirectory: string;
  files(role: 'source' | 'target', directory?: string): Promise<MigrationSide>;
  servers(): Promise<MigrationSide>;
  dispose(): Promise<void>;
}

export async function openPlaces(): Promise<Places> {
  const cluster = await startEventStoreDb({ systemEventEvery: 2 });
  const { connectionString } = cluster;
  const stop = async (): Promise<void> => cluster.stop();
  return { cluster, ...(await placesOn({ connectionString, shared: false, stop })) };
}

/** On the server of EVENTSTORE_EMPTY_URL, when there is one: a copy wants a target without a history. */
export const openPlacesOnServers = async (): Promise<AnyPlaces> =>
  placesOn(await emptyEventServer());

async function placesOn(server: EventServer): Promise<AnyPlaces> {
  const [one, other] = [temporaryDirectory(), temporaryDirectory()];
  const mongo = await mongoForTest();
  const { databaseName } = mongo.db;
  const url = (await mongoUrl()).replace(/^(mongodb:\/\/[^/?]+)\/?[^?]*/, `$1/${databaseName}`);
  const servers = {
    eventStore: { connectionString: server.connectionString },
    mongoUrl: url,
  };
  return {
    mongo,
    directory: one.directory,
    otherDirectory: other.directory,
    places: { dataDirectory: one.directory, servers, masterKey },
    files: (role, directory = one.directory) => openFileSide(directory, masterKey, role),
    servers: () => openServerSide(servers, masterKey),
    async dispose() {
      await mongo.drop();
      await server.stop();
      one.remove();
      other.remove();
    },
  };
}

/** A town of files: these acts, a key for Léa, and Ben, who was forgotten. */
export async function fillDirectory(directory: string, acts: readonly Act[]): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const history = await openHistory({ directory, masterKey, onTrouble: () => undefined });
  const writer = new HistoryWriter(history.events);
  for (const act of acts) await writer.write(act);
  await history.vault.findOrCreate(childId('lea'));
  await history.vault.findOrCreate(childId('ben'));
  await history.vault.forget(childId('ben'));
  await history.close();
}

/** Everything that a migration must bring over. */
export async function contentOf({ events, keys }: MigrationSide) {
  return {
    events: (await all(events.readAll())).map(withoutPosition),
    keys: await entriesOf(keys),
  };
}

/** The same of a side that is closed. */
export async function contentOnce(side: Promise<MigrationSide>) {
  const open = await side;
  try {
    return await contentOf(open);
  } finally {
    await open.close();
  }
}
