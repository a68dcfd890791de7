import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { agenda } from '../../src/application/projections/agenda.ts';
import { rebuildReadModels } from '../town/rebuildReadModels.ts';

/** What one rebuild took: milliseconds, and the memory of its process on the way. */
export interface RebuildTold {
  readonly ms: number;
  /** After a quarter, half, three quarters and all of the log, in MB: of the process, then what it still holds. */
  readonly rss: readonly number[];
  readonly held: readonly number[];
}

/** What reading took: milliseconds, for so many events, the last of them at position `head`. */
export interface ReadingTold {
  readonly ms: number;
  readonly events: number;
  readonly head: number;
}

/** V8 leaves garbage where it lies as long as the machine has room: it says nothing of what a build holds. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const mega = (bytes: number): number => Math.round(bytes / 1e5) / 10;

async function rebuild(directory: string, head: number): Promise<RebuildTold> {
  for (const end of ['', '-wal', '-shm'])
    rmSync(join(directory, `read-models.db${end}`), { force: true });
  const rss: number[] = [];
  const held: number[] = [];
  let start = performance.now();
  await rebuildReadModels(directory, [agenda], (position) => {
    if (Number(position) < ((rss.length + 1) * head) / 4 || rss.length === 4) return;
    const paused = performance.now();
    rss.push(mega(process.memoryUsage().rss));
    collectGarbage();
    held.push(mega(process.memoryUsage().heapUsed));
    start += performance.now() - paused;
  });
  return { ms: performance.now() - start, rss, held };
}

/** The same events from the same file, read in batches, their data and metadata parsed, and nothing else. */
function read(directory: string): ReadingTold {
  const start = performance.now();
  const database = new Database(join(directory, 'events.db'), { readonly: true });
  const types = agenda.handles.map((type) => `'${type}'`).join(', ');
  const batch = database.prepare<[number], { position: number; data: string; metadata: string }>(
    `SELECT position, data, metadata FROM events WHERE position > ? AND type IN (${types})
     ORDER BY position LIMIT 500`,
  );
  let events = 0;
  let after = 0;
  for (let rows = batch.all(after); rows.length > 0; rows = batch.all(after)) {
    for (const { position, data, metadata } of rows) {
      JSON.parse(data);
      JSON.parse(metadata);
      after = position;
    }
    events += rows.length;
  }
  database.close();
  return { ms: performance.now() - start, events, head: after };
}

const [what, directory = '', head] = process.argv.slice(2);
const told = what === 'read' ? read(directory) : await rebuild(directory, Number(head));
process.send?.(told, () => process.disconnect());
