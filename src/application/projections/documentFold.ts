import type { Position, RecordedEvent } from '../ports/eventStore.ts';
import type { Document, DocumentWrite, ReadModelWriter } from '../ports/readModelStore.ts';
import type { AnyProjection, SealedRecord } from './projection.ts';
import { ProjectionFailure } from './projectionFailure.ts';

interface Held {
  document: Document | undefined;
  position: Position;
}

/** The documents of one build, and the events that change them. One fold at a time writes a build. */
export interface DocumentFold {
  /** Position up to which events were taken in; written to the store by `flush`. */
  readonly checkpoint: Position | undefined;
  /** Documents changed since the last flush. */
  readonly changed: number;
  /** Documents in memory. */
  readonly held: number;
  /**
   * Takes events in, and moves the checkpoint. Throws ProjectionFailure: what precedes the event at fault is then
   * written, and nothing of that event is.
   */
  take(events: readonly RecordedEvent[], checkpoint: Position): Promise<void>;
  /** Writes the changed documents and the checkpoint; keeps the `keep` documents written last in memory. */
  flush(keep: number): Promise<void>;
}

export function createDocumentFold(
  projection: AnyProjection,
  decode: (event: RecordedEvent) => SealedRecord,
  writer: ReadModelWriter,
  from: Position | undefined,
): DocumentFold {
  // What the store holds, or will after the flush: nobody else writes this build.
  const documents = new Map<string, Held>();
  const changed = new Map<string, Held>();
  let checkpoint = from;
  let written = from;

  const load = async (routes: readonly (readonly string[])[]): Promise<void> => {
    const missing = new Set<string>();
    for (const ids of routes) for (const id of ids) if (!documents.has(id)) missing.add(id);
    if (missing.size === 0) return;
    const loaded = await writer.load([...missing]);
    for (const id of missing) {
      const { document, position = -1n } = loaded.get(id) ?? {};
      documents.set(id, { document, position });
    }
  };

  const applied = (held: Held, { event, metadata }: SealedRecord, id: string) =>
    projection.apply(held.document, event, metadata, id);
  const put = (
    id: string,
    held: Held,
    document: Document | undefined,
    position: Position,
  ): void => {
    held.position = position;
    if (document === held.document) return;
    held.document = document;
    changed.set(id, held);
  };
  /** What one event changes. No document is touched before all of them are known. */
  const apply = (record: SealedRecord, ids: readonly string[], position: Position): void => {
    let waiting: (() => void)[] | undefined;
    for (const id of ids) {
      const held = documents.get(id);
      if (!held || held.position >= position) continue;
      const document = applied(held, record, id);
      if (ids.length === 1) put(id, held, document, position);
      else (waiting ??= []).push(() => put(id, held, document, position));
    }
    waiting?.forEach((change) => change());
  };

  const flush = async (keep: number): Promise<void> => {
    if (checkpoint !== undefined && (changed.size > 0 || checkpoint !== written)) {
      const reached = checkpoint;
      const writes: DocumentWrite[] = [];
      for (const [id, { document, position }] of changed) writes.push({ id, document, position });
      await writer.commit(writes, reached);
      written = reached;
      for (const [id, held] of changed) {
        documents.delete(id);
        documents.set(id, held);
      }
      changed.clear();
    }
    for (const id of documents.keys()) {
      if (documents.size <= keep) break;
      documents.delete(id);
    }
  };

  return {
    get checkpoint() {
      return checkpoint;
    },
    get changed() {
      return changed.size;
    },
    get held() {
      return documents.size;
    },
    flush,
    async take(events, reached) {
      const records: SealedRecord[] = [];
      const routes: (readonly string[])[] = [];
      let failure: ProjectionFailure | undefined;
      for (const recorded of events)
        try {
          const record = decode(recorded);
          routes.push(projection.route(record.event));
          records.push(record);
        } catch (error) {
          failure = new ProjectionFailure(projection.name, recorded, error);
          break;
        }
      await load(routes);
      let n = 0;
      for (const record of records) {
        const recorded = events[n];
        const ids = routes[n];
        n += 1;
        if (!recorded || !ids) break;
        try {
          apply(record, ids, recorded.position);
        } catch (error) {
          failure = new ProjectionFailure(projection.name, recorded, error);
          break;
        }
        checkpoint = recorded.position;
      }
      if (failure) {
        await flush(0);
        throw failure;
      }
      checkpoint = reached;
    },
  };
}
