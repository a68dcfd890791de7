import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StoredRow } from './rawFloor.ts';

export const peerName = '@event-driven-io/emmett-sqlite 0.38.5, one event an append';
export const installPeer = 'npm install --prefix bench';

export interface EmmettPeer {
  /** Appends an event of the same bytes to its stream. */
  append(row: StoredRow): Promise<unknown>;
}

/** As far as it is used here. */
interface Emmett {
  getSQLiteEventStore(options: { readonly fileName: string }): {
    appendToStream(
      stream: string,
      events: readonly { type: string; data: unknown; metadata: unknown }[],
    ): Promise<unknown>;
  };
}

const attempts = 5;

/**
 * The peer's event store on a file, as its documentation opens it (WAL; synchronous is SQLite's default, FULL).
 * Undefined when it is not installed. Its appends fail when they overlap (SQLITE_BUSY: it opens and closes a
 * connection for each), so its callers queue; one that fails all the same is tried again.
 */
export async function openEmmett(fileName: string): Promise<EmmettPeer | undefined> {
  const fromBench = createRequire(resolve('bench/package.json'));
  let entry: string;
  try {
    entry = fromBench.resolve('@event-driven-io/emmett-sqlite').replace(/\.cjs$/, '.js');
  } catch {
    return undefined;
  }
  const emmett = (await import(pathToFileURL(entry).href)) as Emmett;
  const store = emmett.getSQLiteEventStore({ fileName });
  const append = async ({ stream, type, ...row }: StoredRow): Promise<unknown> => {
    const data: unknown = JSON.parse(row.data);
    const metadata: unknown = JSON.parse(row.metadata);
    for (let attempt = 1; ; attempt += 1)
      try {
        return await store.appendToStream(stream, [{ type, data, metadata }]);
      } catch (error) {
        if (attempt === attempts) throw error;
      }
  };
  let last: Promise<unknown> = Promise.resolve();
  return { append: (row) => (last = last.then(() => append(row))) };
}
