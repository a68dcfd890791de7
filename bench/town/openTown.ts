import type { EventStore } from '../../src/application/ports/eventStore.ts';
import type { Services } from '../../src/application/services.ts';
import type { TownCalendar } from '../../src/domain/kernel/townCalendar.ts';
import { loadTownCalendar } from '../../src/infrastructure/calendar/townCalendar.ts';
import { createContainer, servicesOf } from '../../src/infrastructure/container.ts';
import { HmacTokens } from '../../src/infrastructure/crypto/hmacTokens.ts';
import { MasterKey } from '../../src/infrastructure/crypto/masterKey.ts';
import { SealingEventCodec } from '../../src/infrastructure/events/eventCodec.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';
import { SqliteKeyVault } from '../../src/infrastructure/sqlite/sqliteKeyVault.ts';
import { openSqliteReadModelStore } from '../../src/infrastructure/sqlite/sqliteReadModelStore.ts';
import { systemClock } from '../../src/infrastructure/systemClock.ts';
import { uuids } from '../../src/infrastructure/uuids.ts';
import { verifyHistory, type VerifiedHistory } from '../../src/infrastructure/verifyHistory.ts';
import { HistoryWriter } from './historyWriter.ts';
import { verifyChains } from './verifyChains.ts';

/** Guards nothing: the data are invented, and gone when the benchmark ends. */
export const masterKeyText = '2a'.repeat(32);
export const masterKey = MasterKey.parse(masterKeyText);
export const tokens = new HmacTokens(masterKey.derive('session-tokens'));

/** The calendar of the bench town: zone C, no closure. */
export const benchCalendar = (): TownCalendar => loadTownCalendar({ zone: 'C', closures: [] });

export interface OpenTown {
  readonly services: Services;
  readonly calendar: TownCalendar;
  /** Writes past the commands. */
  readonly writer: HistoryWriter;
  /** Reads the log again, and follows every hash chain. */
  readonly verify: () => Promise<VerifiedHistory>;
  readonly close: () => Promise<void>;
}

const nobody = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The stores of a data directory and the services on them, in this process; no projection runs. The log may be
 * `elsewhere`: keys and read models are then all that the directory holds.
 */
export function openTown(directory: string, elsewhere?: EventStore): OpenTown {
  const events = elsewhere ?? openSqliteEventStore({ directory, mode: 'write' });
  const vault = new SqliteKeyVault(directory, masterKey);
  const readModels = openSqliteReadModelStore({ directory, mode: 'read' });
  const calendar = benchCalendar();
  const container = createContainer({
    clock: systemClock,
    ids: uuids,
    log: nobody,
    tokens,
    events,
    readModels,
    readSide: {
      waitFor: async () => true,
      status: async () => [],
      rebuild: async () => undefined,
    },
    vault,
    calendar,
    onAppended: () => undefined,
  });
  return {
    services: servicesOf(container),
    calendar,
    writer: new HistoryWriter(events, new SealingEventCodec(vault)),
    verify: () => (elsewhere ? verifyChains(elsewhere) : verifyHistory(directory)),
    async close() {
      await readModels.close();
      await vault.close();
      await events.close();
    },
  };
}
