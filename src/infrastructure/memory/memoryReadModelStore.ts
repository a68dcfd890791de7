import type { Position } from '../../application/ports/eventStore.ts';
import type {
  Document,
  DocumentWrite,
  LoadedDocument,
  ProjectionStatus,
  ReadModelSpec,
  ReadModelStore,
  ReadModelWriter,
  Stored,
} from '../../application/ports/readModelStore.ts';
import { checkQuery, checkSpec, indexedValue } from '../readModels/checkedQuery.ts';
import type { Condition } from '../readModels/checkedQuery.ts';

/** Documents are kept as JSON texts, so that nobody shares an object with the store. */
interface Row {
  readonly json: string | undefined;
  readonly position: Position;
}
interface Build {
  readonly version: number;
  readonly rows: Map<string, Row>;
  checkpoint: Position | undefined;
}

/** Read models in memory: for tests. */
export function createMemoryReadModelStore(): ReadModelStore {
  const live = new Map<string, Build>();
  const beside = new Map<string, Build>();
  const statuses = new Map<string, Omit<ProjectionStatus, 'checkpoint'>>();

  const documents = (model: ReadModelSpec): Stored<Document>[] => {
    const build = live.get(model.name);
    if (build?.version !== model.version) return [];
    return [...build.rows].flatMap(([id, { json }]) =>
      json === undefined ? [] : [{ id, document: JSON.parse(json) as Document }],
    );
  };
  const matching = (model: ReadModelSpec, conditions: readonly Condition[]): Stored<Document>[] =>
    documents(model).filter(({ document }) => conditions.every((one) => holds(document, one)));

  return {
    async get<D extends Document>(model: ReadModelSpec, id: string) {
      const [found] = await this.getMany<D>(model, [id]);
      return found?.document;
    },
    async getMany<D extends Document>(model: ReadModelSpec, ids: readonly string[]) {
      checkSpec(model);
      const byId = new Map(documents(model).map((stored) => [stored.id, stored]));
      return ids.flatMap((id) => byId.get(id) ?? []) as Stored<D>[];
    },
    async find<D extends Document>(
      model: ReadModelSpec,
      options: Parameters<typeof checkQuery>[1],
    ) {
      const { conditions, sortBy, descending, limit, skip } = checkQuery(model, options);
      const found = matching(model, conditions).sort(
        (a, b) =>
          (sortBy === undefined
            ? 0
            : compare(indexedValue(a.document, sortBy), indexedValue(b.document, sortBy))) ||
          compare(a.id, b.id),
      );
      if (descending) found.reverse();
      const end = limit === undefined ? undefined : skip + limit;
      return found.slice(skip, end) as Stored<D>[];
    },
    async count(model, where) {
      const { conditions } = checkQuery(model, where ? { where } : {});
      return matching(model, conditions).length;
    },

    async live(model) {
      checkSpec(model);
      const build = live.get(model.name);
      return build?.version === model.version ? writer(build) : undefined;
    },
    async beside(model, { fresh = false } = {}) {
      checkSpec(model);
      let build = beside.get(model.name);
      if (fresh || build?.version !== model.version) {
        build = { version: model.version, rows: new Map(), checkpoint: undefined };
        beside.set(model.name, build);
      }
      return writer(build);
    },
    async swap(model) {
      const build = beside.get(model.name);
      if (build?.version !== model.version)
        throw new Error(`no build of ${model.name} version ${model.version} to swap in`);
      live.set(model.name, build);
      beside.delete(model.name);
    },

    async status() {
      return [...statuses.values()]
        .map((status) => ({ ...status, checkpoint: live.get(status.projection)?.checkpoint }))
        .sort((a, b) => compare(a.projection, b.projection));
    },
    async setState(projection, state, since, error) {
      statuses.set(projection, { projection, state, since, ...(error !== undefined && { error }) });
    },
    async close() {
      // Nothing is held open.
    },
  };
}

const writer = (build: Build): ReadModelWriter => ({
  async checkpoint() {
    return build.checkpoint;
  },
  async load(ids) {
    const loaded = new Map<string, LoadedDocument>();
    for (const id of ids) {
      const row = build.rows.get(id);
      if (row) loaded.set(id, { document: parsed(row.json), position: row.position });
    }
    return loaded;
  },
  async commit(writes: readonly DocumentWrite[], checkpoint: Position) {
    for (const { id, document, position } of writes) {
      const before = build.rows.get(id);
      if (before && before.position >= position) continue;
      build.rows.set(id, { json: document && JSON.stringify(document), position });
    }
    if (build.checkpoint === undefined || build.checkpoint < checkpoint)
      build.checkpoint = checkpoint;
  },
});

const parsed = (json: string | undefined): Document | undefined =>
  json === undefined ? undefined : (JSON.parse(json) as Document);

function holds(document: Document, condition: Condition): boolean {
  const value = indexedValue(document, condition.field);
  if (condition.kind === 'equal') return value === condition.value;
  const { type, from, before } = condition;
  return (
    typeof value === type &&
    (from === undefined || compare(value, from) >= 0) &&
    (before === undefined || compare(value, before) < 0)
  );
}

type Comparable = string | number | undefined;

/** Nothing before numbers before text; text by its UTF-8 bytes, as databases do. */
function compare(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' && typeof b === 'string')
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = (value: Comparable) => (value === undefined ? 0 : typeof value === 'number' ? 1 : 2);
  return rank(a) - rank(b);
}
