import 'reflect-metadata';
import type { WorkReport } from './figures.ts';
import type { WorkName } from './options.ts';

/** Measures one thing. `short`: small sizes, seconds instead of minutes. */
export type Work = (short: boolean) => Promise<WorkReport>;

const works: Readonly<Record<WorkName, () => Promise<Work>>> = {
  commands: async () => (await import('./works/commands.ts')).commands,
  rebuild: async () => (await import('./works/rebuild.ts')).rebuild,
  http: async () => (await import('./works/http.ts')).http,
  agenda: async () => (await import('./works/agenda.ts')).agenda,
  start: async () => (await import('./works/start.ts')).start,
  distributed: async () => (await import('./works/distributed.ts')).distributed,
};

// Ctrl-C: the temporary directory goes, and so do the processes started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

// Each work has a process of its own, which tells its figures to the one that started it.
const [name, size] = process.argv.slice(2);
const work = await works[name as WorkName]();
const report = await work(size === 'short');
process.send?.(report, () => process.disconnect());
