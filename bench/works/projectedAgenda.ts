import type { RecordedEvent } from '../../src/application/ports/eventStore.ts';
import type {
  DocumentWrite,
  ReadModelStore,
  ReadModelWriter,
} from '../../src/application/ports/readModelStore.ts';
import { agenda } from '../../src/application/projections/agenda.ts';
import { createDocumentFold } from '../../src/application/projections/documentFold.ts';
import { decodeSealed } from '../../src/infrastructure/events/sealedDecoder.ts';
import { openSqliteEventStore } from '../../src/infrastructure/sqlite/sqliteEventStore.ts';

/** Documents that stay in memory between two commits, as in src/application/projections/liveBuild.ts. */
const kept = 500;

/** The events of a data directory that the agenda is made of, in order. */
export async function agendaEvents(directory: string): Promise<readonly RecordedEvent[]> {
  const store = openSqliteEventStore({ directory, mode: 'read' });
  const events: RecordedEvent[] = [];
  const filter = { eventTypes: agenda.handles };
  for await (const records of store.readAll({ filter })) events.push(...records);
  await store.close();
  return events;
}

export interface Projected {
  /** From the first event to the last commit. */
  readonly ms: number;
  /** Of these, in commits: the rest decodes, folds and loads. */
  readonly msInCommits: number;
  /** What was written, commit by commit. */
  readonly commits: readonly (readonly DocumentWrite[])[];
}

/**
 * Projects events into a new build of the agenda: decode, route, load, apply, and commit after so many events. What
 * the store does to begin and to end a build is not counted; afterwards the build is live.
 */
export async function projectAgenda(
  store: ReadModelStore,
  events: readonly RecordedEvent[],
  perCommit: number,
): Promise<Projected> {
  const commits: (readonly DocumentWrite[])[] = [];
  let msInCommits = 0;
  const writer = await store.beside(agenda, { fresh: true });
  const noting: ReadModelWriter = {
    checkpoint: () => writer.checkpoint(),
    load: (ids) => writer.load(ids),
    async commit(writes, checkpoint) {
      commits.push(writes);
      const begun = performance.now();
      await writer.commit(writes, checkpoint);
      msInCommits += performance.now() - begun;
    },
  };
  const fold = createDocumentFold(agenda, decodeSealed, noting, undefined);
  const start = performance.now();
  for (let from = 0; from < events.length; from += perCommit) {
    const batch = events.slice(from, from + perCommit);
    const last = batch.at(-1);
    if (last) await fold.take(batch, last.position);
    await fold.flush(kept);
  }
  const ms = performance.now() - start;
  await store.swap(agenda);
  return { ms, msInCommits, commits };
}
