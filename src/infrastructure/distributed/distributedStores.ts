import { activities, children, families } from '../../application/aggregates.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { keepLease } from '../../application/processes/leaseKeeper.ts';
import { shortly } from '../../application/projections/projectionFailure.ts';
import { projections } from '../../application/projections/all.ts';
import type { OpenStores } from '../container.ts';
import { HmacTokens } from '../crypto/hmacTokens.ts';
import type { MasterKey } from '../crypto/masterKey.ts';
import { openEventStoreDb } from '../eventstoredb/eventStoreDbEventStore.ts';
import { refuseHalfCopied, serverCopyMark } from '../migration/halfCopied.ts';
import { MigrationError } from '../migration/migrationError.ts';
import { refuseDuringMigration } from '../migration/serversInUse.ts';
import { openMongo } from '../mongodb/mongoConnection.ts';
import { openMongoKeyVault } from '../mongodb/mongoKeyVault.ts';
import { openMongoLeases } from '../mongodb/mongoLeases.ts';
import { openMongoReadModelStore } from '../mongodb/mongoReadModelStore.ts';
import { openMongoRebuildRequests } from '../mongodb/mongoRebuildRequests.ts';
import { startProjectionHost } from '../projections/projectionHost.ts';
import { uuids } from '../uuids.ts';
import { followStreams, type FollowedStreamsOptions } from './followedStreams.ts';
import { polledReadSide } from './polledReadSide.ts';
import type { SharedServers } from './sharedServers.ts';

/** How long one step waits for a server; a person is told within five seconds that the portal can't answer. */
const patienceMs = 4_000;
/** Streams that decisions look at beside their own. */
const looked = [activities, children, families].map(({ category }) => `${category}-`);

/**
 * Opens the stores on servers that any number of processes share: events in EventStoreDB; read models, keys and leases
 * in MongoDB. Each projection and each periodic process runs in one of them at a time.
 * Throws WrongMasterKeyError, StoreUnavailableError, MigrationError during a copy and on half of one.
 */
export async function openDistributedStores(
  servers: SharedServers,
  masterKey: MasterKey,
  log: Logger,
): Promise<OpenStores> {
  const holder = uuids.next();
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  const trouble = (what: string) => (error: unknown) => log.warn({ error: shortly(error) }, what);
  try {
    const deadlines = { appendDeadlineMs: patienceMs, readDeadlineMs: patienceMs };
    const events = openEventStoreDb({ ...servers.eventStore, ...deadlines });
    opened.push(() => events.close());
    const mongo = openMongo({ url: servers.mongoUrl });
    opened.push(() => mongo.close());
    const vault = await openMongoKeyVault(mongo, masterKey);
    await refuseHalfCopied(serverCopyMark(mongo));
    await refuseDuringMigration(mongo);
    opened.push(() => vault.close());
    let noticed: FollowedStreamsOptions['noticed'] = () => undefined;
    const followed = await followStreams({
      events,
      prefixes: looked,
      noticed: (stream, revision) => noticed(stream, revision),
      onError: trouble('what others append is not followed for a moment'),
    });
    opened.push(() => followed.stop());
    const names = projections.map(({ name }) => name);
    const workerData = { ...servers, holder };
    const host = startProjectionHost({ workerData, projections: names, log });
    opened.push(() => host.stop());
    const readModels = openMongoReadModelStore(mongo);
    const requests = openMongoRebuildRequests(mongo);
    const readSide = polledReadSide({ events, readModels, requests, projections: names });
    opened.push(async () => readSide.stop());
    const leases = openMongoLeases(mongo);
    let refused: (why: Error) => void = () => undefined;
    /** False when the portal has to stop; its lease tells the migration of it until then. */
    const maySettle = async (signal: AbortSignal): Promise<boolean> => {
      try {
        await refuseDuringMigration(mongo, signal);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof MigrationError)) throw error;
        refused(error);
        return false;
      }
    };
    return {
      events,
      vault,
      readModels,
      readSide,
      tokens: new HmacTokens(masterKey.derive('session-tokens')),
      onAppended: () => undefined,
      isFollowed: followed.isFollowed,
      onNoticed(tell) {
        noticed = tell;
      },
      alone: (name, hold) =>
        keepLease({
          leases,
          name: `process/${name}`,
          holder,
          async hold(_lease, signal) {
            if (await maySettle(signal)) await hold(signal);
            else await aborted(signal);
          },
          onError: trouble(`the lease on ${name} is not kept for a moment`),
        }),
      onRefused(tell) {
        refused = tell;
      },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
