import { compareLogs, type LogComparison } from './compareLogs.ts';
import { copyEvents } from './copyEvents.ts';
import { copyKeys, holdsOtherKeys, keysIn, sameKeys } from './copyKeys.ts';
import { refuseHalfCopied } from './halfCopied.ts';
import { MigrationError, placeOf } from './migrationError.ts';
import type { MigrationSide } from './migrationSide.ts';

/** For a progress bar; labels are French. */
export interface MigrationProgress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

export interface MigrationOptions {
  readonly source: MigrationSide;
  readonly target: MigrationSide;
  readonly onProgress?: (progress: MigrationProgress) => void;
}

export interface MigratedStore {
  readonly events: number;
  readonly streams: number;
  /** People who have a key, or had one. */
  readonly keys: number;
  readonly forgotten: number;
  /** Events that were there already: an earlier run was cut off. */
  readonly resumedAfter: number;
}

/** Events between two steps of the progress bar. */
const STEP = 500;

/**
 * Copies every key and every event of one side to the other, bytes and hash chains unchanged, in global order, then
 * reads both again and compares them. May be killed at any instant and run again: the target tells how far it has come.
 * A target that holds anything but a beginning of the source is refused before a byte is written. Keys go first: events
 * without them would read as erased. Until both were found equal, no portal starts on the target. Read models are not copied: they are built again. Nobody may write either side
 * meanwhile. Throws MigrationError, EventTooLargeError, DataFileRefusedError.
 */
export async function migrateStore(options: MigrationOptions): Promise<MigratedStore> {
  const { source, target, onProgress = () => undefined } = options;
  await refuseHalfCopied(source.mark);
  const before = await compareLogs(source.events, target.events);
  refuseUnlikely(before);
  const keys = await keysIn(source.keys);
  if (await holdsOtherKeys(target.keys, keys)) throw new MigrationError('MIGRATION.KEYS_FOREIGN');

  await target.mark.set();
  // Those of another log would never learn of these events.
  if (before.shared === 0) await target.discardReadModels();
  await copyKeys(source.keys, target.keys);

  const label = 'Événements copiés';
  let done = before.shared;
  let told = done;
  onProgress({ done, total: before.events, label });
  await copyEvents(source.events, target.events, before.sharedUpTo, (events) => {
    done += events;
    if (done - told < STEP && done < before.events) return;
    told = done;
    onProgress({ done, total: before.events, label });
  });

  const after = await compareLogs(source.events, target.events);
  refuseUnequal(before, after);
  if (!(await sameKeys(source.keys, target.keys)))
    throw new MigrationError('MIGRATION.COPY_DIFFERS', 'clés');
  for (const side of [source, target]) await side.refusePortals();
  await target.mark.clear();
  return {
    events: after.events,
    streams: after.streams,
    keys: keys.size,
    forgotten: [...keys.values()].filter((wrapped) => wrapped === null).length,
    resumedAfter: before.shared,
  };
}

function refuseUnlikely({ events, damage, difference }: LogComparison): void {
  if (damage) throw new MigrationError('MIGRATION.SOURCE_DAMAGED', placeOf(damage));
  if (events === 0 && !difference) throw new MigrationError('MIGRATION.SOURCE_EMPTY');
  if (!difference) return;
  const code = difference.kind === 'other' ? 'MIGRATION.TARGET_FOREIGN' : 'MIGRATION.TARGET_AHEAD';
  throw new MigrationError(code, placeOf(difference.event));
}

function refuseUnequal(before: LogComparison, after: LogComparison): void {
  const { damage, difference, events, shared, chainsAgree } = after;
  if (damage) throw new MigrationError('MIGRATION.SOURCE_DAMAGED', placeOf(damage));
  if (difference) throw new MigrationError('MIGRATION.COPY_DIFFERS', placeOf(difference.event));
  if (events !== before.events || shared !== events)
    throw new MigrationError('MIGRATION.SOURCE_CHANGED');
  if (!chainsAgree) throw new MigrationError('MIGRATION.COPY_DIFFERS', 'empreintes');
}
