import {
  StoreUnavailableError,
  type EventStore,
  type ReadAllOptions,
} from '../../application/ports/eventStore.ts';
import { OtherKeyError, type KeyTransfer } from '../keyTransfer.ts';
import type { CopyMark } from './halfCopied.ts';
import { MigrationError } from './migrationError.ts';

/** One of the two stores of a migration: a log and the keys to what is sealed in it. */
export interface MigrationSide {
  readonly events: Pick<EventStore, 'append' | 'readAll'>;
  readonly keys: KeyTransfer;
  /** Tells portals that only a beginning is there. */
  readonly mark: CopyMark;
  /** Keeps portals away until the side is closed. Throws MigrationError while one uses it. */
  claim(): Promise<void>;
  /** Throws MigrationError when a portal uses it all the same: one that was starting as the side was claimed. */
  refusePortals(): Promise<void>;
  /** Removes the read models, which are made anew from the events. */
  discardReadModels(): Promise<void>;
  close(): Promise<void>;
}

/** The same side, whose failures say in French which one it is. */
export function namedSide(name: string, side: MigrationSide): MigrationSide {
  const { events, keys, mark } = side;
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explained(name, error);
    }
  };
  return {
    events: {
      append: (stream, proposed, expected) =>
        asked(() => events.append(stream, proposed, expected)),
      readAll: (options?: ReadAllOptions) => explaining(name, () => events.readAll(options)),
    },
    keys: {
      entries: () => explaining(name, () => keys.entries()),
      import: (entries) => asked(() => keys.import(entries)),
    },
    mark: {
      isSet: () => asked(() => mark.isSet()),
      set: () => asked(() => mark.set()),
      clear: () => asked(() => mark.clear()),
    },
    claim: () => asked(() => side.claim()),
    refusePortals: () => asked(() => side.refusePortals()),
    discardReadModels: () => asked(() => side.discardReadModels()),
    close: () => side.close(),
  };
}

async function* explaining<T>(name: string, read: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* read();
  } catch (error) {
    throw explained(name, error);
  }
}

/** What the operator is told when a side can't answer; other errors speak for themselves. */
export function explained(name: string, cause: unknown): unknown {
  if (cause instanceof OtherKeyError)
    return new MigrationError('MIGRATION.KEYS_FOREIGN', undefined, { cause });
  if (!(cause instanceof StoreUnavailableError)) return cause;
  return new MigrationError('MIGRATION.UNAVAILABLE', `${name}\u00a0: ${cause.message}`, { cause });
}
