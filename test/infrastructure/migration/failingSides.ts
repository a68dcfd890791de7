import type { EventStore } from '../../../src/application/ports/eventStore.ts';
import type { MigrationSide } from '../../../src/infrastructure/migration/migrationSide.ts';

type Append = EventStore['append'];

/** A side that appends in another way. */
export const appending = (
  { events, ...side }: MigrationSide,
  around: (append: Append) => Append,
): MigrationSide => ({
  ...side,
  events: {
    readAll: (options) => events.readAll(options),
    append: around((stream, proposed, expected) => events.append(stream, proposed, expected)),
  },
});

/** A side whose process ends before or after the write of that number, from 0: nothing more is written. */
export function cutOffAt(
  side: MigrationSide,
  write: number,
  moment: 'before' | 'after',
): MigrationSide {
  let writes = -1;
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes < write) return work();
    if (writes === write && moment === 'after') await work();
    throw new Error('cut off');
  };
  return {
    ...side,
    events: {
      readAll: (options) => side.events.readAll(options),
      append: (...given) => writing(() => side.events.append(...given)),
    },
    keys: {
      entries: () => side.keys.entries(),
      import: (entries) => writing(() => side.keys.import(entries)),
    },
  };
}

/** A side whose log breaks off while it is copied: after this many events of its second reading. */
export function breakingOff(side: MigrationSide, events: number): MigrationSide {
  let readings = 0;
  return {
    ...side,
    events: {
      append: (...given) => side.events.append(...given),
      async *readAll(options) {
        readings += 1;
        let left = readings === 2 ? events : Infinity;
        for await (const batch of side.events.readAll(options)) {
          yield batch.slice(0, left);
          left -= batch.length;
          if (left <= 0) throw new Error('broken off');
        }
      },
    },
  };
}
