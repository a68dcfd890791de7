import type {
  DocumentWrite,
  LoadedDocument,
  ReadModelSpec,
  ReadModelWriter,
} from '../../application/ports/readModelStore.ts';
import { indexedValue } from '../readModels/checkedQuery.ts';
import { buildSql } from './readModelBuilds.ts';
import type { Build, CheckpointRow } from './readModelBuilds.ts';
import type { Connection, ReadModelConnection } from './readModelConnection.ts';
import { parseDocument } from './readModelFile.ts';
import { selectByIds, tableOf, upsert } from './readModelTable.ts';

interface LoadedRow {
  readonly id: string;
  readonly position: bigint;
  readonly document: string | null;
}

/** Writes one build. Once that build was thrown away, or its file set aside, every call throws. */
export function createWriter(
  connection: ReadModelConnection,
  opened: Connection,
  model: ReadModelSpec,
  build: Build,
): ReadModelWriter {
  const table = tableOf(build);
  const insert = upsert(table, model);
  const select = selectByIds(table);
  const generation = build.generation;

  const put = (at: Connection, { id, document, position }: DocumentWrite): void => {
    const json = document === undefined ? null : JSON.stringify(document);
    const fields = model.indexes.map(
      (field) => (document && indexedValue(document, field)) ?? null,
    );
    at.statement(insert).run(id, position, ...fields, json);
  };

  return {
    async checkpoint() {
      return connection.read(undefined, (at) => {
        connection.insist(opened);
        const row = at.positions<CheckpointRow>(buildSql.checkpoint).get(generation);
        if (!row) throw new Error(`this build of ${model.name} was thrown away`);
        return row.checkpoint ?? undefined;
      });
    },
    async load(ids) {
      const loaded = new Map<string, LoadedDocument>();
      return connection.read(loaded, (at) => {
        connection.insist(opened);
        for (const row of at.positions<LoadedRow>(select).iterate(JSON.stringify(ids)))
          loaded.set(row.id, {
            document: row.document === null ? undefined : parseDocument(row.document),
            position: row.position,
          });
        return loaded;
      });
    },
    async commit(writes, checkpoint) {
      connection.write((at) => {
        connection.insist(opened);
        for (const one of writes) put(at, one);
        const moved = at.statement(buildSql.advance).run({ generation, to: checkpoint });
        if (moved.changes === 0) throw new Error(`this build of ${model.name} was thrown away`);
      });
    },
  };
}
