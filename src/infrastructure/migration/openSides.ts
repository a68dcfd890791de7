import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKey } from '../crypto/masterKey.ts';
import type { SharedServers } from '../distributed/sharedServers.ts';
import { openEventStoreDb } from '../eventstoredb/eventStoreDbEventStore.ts';
import { openMongo, type MongoConnection } from '../mongodb/mongoConnection.ts';
import { openMongoKeyVault } from '../mongodb/mongoKeyVault.ts';
import { openHistory } from '../sqlite/history.ts';
import { eventsFileOf } from '../sqlite/eventsFile.ts';
import { READ_MODEL_FILE } from '../sqlite/readModelFile.ts';
import { fileCopyMark, serverCopyMark } from './halfCopied.ts';
import { MigrationError } from './migrationError.ts';
import { explained, namedSide, type MigrationSide } from './migrationSide.ts';
import { claimServers, refuseDuringPortals } from './serversInUse.ts';

/** What a side is called in messages to the operator. */
const NAMES = { files: 'dossier des données', servers: 'EventStoreDB et MongoDB' };

/** The build collections of read models, and the book that names them (readModelBuilds.ts). */
const READ_MODELS = /^(read-models|.+_v\d+_g\d+)$/;

/**
 * The files of a data directory, whose lock keeps every portal away. What the vault has noted of the log is checked,
 * and goes on being noted. A source must be there; a target is made. Throws MigrationError, DataDirectoryInUseError,
 * DataFileRefusedError, WrongMasterKeyError.
 */
export async function openFileSide(
  directory: string,
  masterKey: MasterKey,
  role: 'source' | 'target',
): Promise<MigrationSide> {
  if (role === 'source' && !existsSync(eventsFileOf(directory)))
    throw new MigrationError('MIGRATION.SOURCE_EMPTY', directory);
  const onTrouble = (error: unknown): void =>
    process.emitWarning(error instanceof Error ? error : String(error));
  const history = await openHistory({ directory, masterKey, onTrouble });
  const { events } = history;
  return namedSide(NAMES.files, {
    events: {
      async append(stream, proposed, expected) {
        const answer = await events.append(stream, proposed, expected);
        history.appended();
        return answer;
      },
      readAll: (options) => events.readAll(options),
    },
    keys: history.vault,
    mark: fileCopyMark(directory),
    // The lock of the directory does.
    claim: async () => undefined,
    refusePortals: async () => undefined,
    async discardReadModels() {
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(join(directory, `${READ_MODEL_FILE}${suffix}`), { force: true });
    },
    close: () => history.close(),
  });
}

/** The servers that portals share, and go on using until the side is claimed. Throws MigrationError, WrongMasterKeyError. */
export async function openServerSide(
  { eventStore, mongoUrl }: SharedServers,
  masterKey: MasterKey,
): Promise<MigrationSide> {
  const mongo = openMongo({ url: mongoUrl });
  try {
    const keys = await openMongoKeyVault(mongo, masterKey);
    const events = openEventStoreDb(eventStore);
    let claimed: Awaited<ReturnType<typeof claimServers>> | undefined;
    return namedSide(NAMES.servers, {
      events,
      keys,
      mark: serverCopyMark(mongo),
      async claim() {
        claimed = await claimServers(mongo);
      },
      refusePortals: () => refuseDuringPortals(mongo),
      discardReadModels: () => dropReadModels(mongo),
      async close() {
        await claimed?.release();
        await events.close();
        await keys.close();
        await mongo.close();
      },
    });
  } catch (error) {
    await mongo.close();
    throw explained(NAMES.servers, error);
  }
}

async function dropReadModels({ db, ask }: MongoConnection): Promise<void> {
  const found = await ask(async () => db.listCollections({}, { nameOnly: true }).toArray());
  for (const { name } of found)
    if (READ_MODELS.test(name)) await ask(async () => db.dropCollection(name));
}
