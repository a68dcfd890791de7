import type { Collection, Db, Filter, UpdateFilter } from 'mongodb';
import type { Position } from '../../application/ports/eventStore.ts';
import { FencedError, type FencingToken } from '../../application/ports/leases.ts';
import type { ReadModelSpec } from '../../application/ports/readModelStore.ts';
import { isDuplicateKey } from './mongoErrors.ts';
import { positionText, type PositionText } from './storedDocument.ts';

/** A build as the model's row names it. */
export interface BuildRef {
  /** Never given twice for one read model. */
  readonly generation: number;
  readonly version: number;
  /** The indexed fields, sorted: other fields ask for another build. */
  readonly fields: readonly string[];
}

/** Which builds a read model has. Changing `live` in this one document is the swap. */
export interface ModelRow {
  readonly _id: string;
  readonly kind: 'model';
  readonly model: string;
  /** Highest token that wrote; 0 for none. */
  readonly fence: FencingToken;
  /** The last generation given. */
  readonly generation: number;
  readonly live?: BuildRef;
  readonly beside?: BuildRef;
}

/** How far one build has consumed the log. Apart from the model's row: live and beside are written side by side. */
export interface BuildRow {
  readonly _id: string;
  readonly kind: 'build';
  readonly model: string;
  readonly generation: number;
  readonly fence: FencingToken;
  readonly checkpoint?: PositionText;
}

/** What a projection is doing. */
export interface StateRow {
  readonly _id: string;
  readonly kind: 'state';
  readonly projection: string;
  readonly fence: FencingToken;
  readonly state: string;
  readonly since: string;
  readonly error: string | null;
}

/** How far builds were said to show the log, in one row for all: see shownPositions.ts. */
export interface ShownRow {
  readonly _id: string;
  readonly kind: 'shown';
  readonly fence: FencingToken;
  /** By `shownKey`. */
  readonly positions: Readonly<Record<string, PositionText>>;
}

export type BookRow = ModelRow | BuildRow | StateRow | ShownRow;

export const modelRowId = (model: string): string => `model:${model}`;
export const stateRowId = (projection: string): string => `state:${projection}`;
const buildRowId = (model: string, generation: number): string => `build:${model}:${generation}`;

const shownRowId = 'shown';
/** A field of the row `shown`: names of read models have neither `.` nor `$`. */
export const shownKey = (model: string, { generation }: Pick<BuildRef, 'generation'>): string =>
  `${model}_g${generation}`;

const fieldsOf = (model: ReadModelSpec): readonly string[] => [...model.indexes].sort();

/** True when the build holds documents of this shape. */
export const fits = (build: BuildRef | undefined | null, model: ReadModelSpec): build is BuildRef =>
  build?.version === model.version && build.fields.join() === fieldsOf(model).join();

/** `agenda_v1_g3`. */
export const collectionOf = (model: string, { version, generation }: BuildRef): string =>
  `${model}_v${version}_g${generation}`;

/**
 * The book of all builds and projections: one small collection, so that one request tells how far each projection is.
 * With a token, nothing changes once a higher one wrote there; every change is one document.
 */
export class ReadModelBuilds {
  private readonly rows: Collection<BookRow>;

  constructor(
    private readonly db: Db,
    private readonly token: FencingToken | undefined,
  ) {
    this.rows = db.collection<BookRow>('read-models');
  }

  /** The same book, written by the holder of that token. */
  fenced(token: FencingToken): ReadModelBuilds {
    return new ReadModelBuilds(this.db, token);
  }

  async all(): Promise<readonly BookRow[]> {
    return this.rows.find({}).toArray();
  }

  async model(name: string): Promise<ModelRow | undefined> {
    return this.row<ModelRow>(modelRowId(name));
  }

  /** The model's row, made if there was none; it and its builds are from now on closed to lower tokens. */
  async claimModel(name: string): Promise<ModelRow> {
    const _id = modelRowId(name);
    await this.insert({ _id, kind: 'model', model: name, fence: 0, generation: 0 });
    const row = await this.claim<ModelRow>(_id, name);
    if (!row) throw new Error(`the read model ${name} was removed`);
    if (this.token !== undefined)
      for (const build of [row.live, row.beside])
        if (build) await this.change(buildRowId(name, build.generation), name, {});
    return row;
  }

  /** Throws when the build was thrown away, or is another holder's; closes it to lower tokens. */
  async claimBuild(model: string, { generation }: BuildRef): Promise<BuildRow> {
    const row = await this.claim<BuildRow>(buildRowId(model, generation), model);
    if (!row) throw thrownAway(model);
    return row;
  }

  /** Never backwards: a batch may be written again. */
  async advance(model: string, { generation }: BuildRef, to: Position): Promise<void> {
    const _id = buildRowId(model, generation);
    const moved = await this.change(_id, model, { $max: { checkpoint: positionText(to) } });
    if (!moved) throw thrownAway(model);
  }

  /** How far builds show the log, by `shownKey`. Never backwards; any process may say it of any build. */
  async show(positions: ReadonlyMap<string, PositionText>): Promise<void> {
    const fields = [...positions].map(([key, position]) => [`positions.${key}`, position]);
    const change = { $max: Object.fromEntries(fields) as Record<string, PositionText> };
    if ((await this.rows.updateOne({ _id: shownRowId }, change)).matchedCount > 0) return;
    await this.insert({ _id: shownRowId, kind: 'shown', fence: 0, positions: {} });
    await this.rows.updateOne({ _id: shownRowId }, change);
  }

  /** A generation that nobody was given before; inserting its row is what makes it ours. */
  async newBuild(model: ReadModelSpec, after: number): Promise<BuildRef> {
    for (let generation = after + 1; ; generation += 1) {
      const _id = buildRowId(model.name, generation);
      const made = { _id, kind: 'build', model: model.name, generation } as const;
      if (await this.insert({ ...made, fence: this.token ?? 0 }))
        return { generation, version: model.version, fields: fieldsOf(model) };
    }
  }

  async setBeside(model: string, build: BuildRef): Promise<void> {
    const { generation } = build;
    await this.change(modelRowId(model), model, { $set: { beside: build, generation } });
  }

  /** One atomic step. False when that build is not the one beside any more. */
  async makeLive(model: string, build: BuildRef): Promise<boolean> {
    const still = { 'beside.generation': build.generation };
    const swap = { $set: { live: build }, $unset: { beside: '' as const } };
    return this.change(modelRowId(model), model, swap, still);
  }

  async setState(row: Omit<StateRow, '_id' | 'kind' | 'fence'>): Promise<void> {
    const { projection, ...content } = row;
    if (this.token !== undefined) await this.claimModel(projection);
    const _id = stateRowId(projection);
    const made = await this.insert({ _id, kind: 'state', fence: this.token ?? 0, ...row });
    if (!made) await this.change(_id, projection, { $set: content });
  }

  /**
   * Removes builds that are neither live nor beside, and collections that a late writer brought back. Goes by the row
   * as its caller read it: what was given up then is never taken up again, and what came later is not touched.
   */
  async sweep({ model, generation: last, live, beside }: ModelRow): Promise<void> {
    const kept = [live?.generation, beside?.generation];
    const pattern = new RegExp(`^${model}_v\\d+_g(\\d+)$`);
    for (const { name } of await this.db.listCollections({}, { nameOnly: true }).toArray()) {
      const generation = Number(pattern.exec(name)?.[1] ?? NaN);
      if (generation <= last && !kept.includes(generation)) await this.db.dropCollection(name);
    }
    const builds = await this.rows.find({ kind: 'build', model }).toArray();
    for (const row of builds)
      if (row.kind === 'build' && row.generation <= last && !kept.includes(row.generation))
        await this.rows.deleteOne({ _id: row._id });
    await this.forgetShown(model, last, kept);
  }

  private async forgetShown(
    model: string,
    last: number,
    kept: readonly (number | undefined)[],
  ): Promise<void> {
    const row = await this.row<ShownRow>(shownRowId);
    const gone = Array.from({ length: last }, (_, index) => index + 1)
      .filter((generation) => !kept.includes(generation))
      .map((generation) => shownKey(model, { generation }))
      .filter((key) => Object.hasOwn(row?.positions ?? {}, key));
    if (gone.length === 0) return;
    const $unset = Object.fromEntries(gone.map((key) => [`positions.${key}`, '' as const]));
    await this.rows.updateOne({ _id: shownRowId }, { $unset });
  }

  private async row<R extends BookRow>(_id: string): Promise<R | undefined> {
    return ((await this.rows.findOne({ _id })) ?? undefined) as R | undefined;
  }

  /** False when the row stands there already. */
  private async insert(row: BookRow): Promise<boolean> {
    if (row.kind !== 'build' && (await this.row(row._id))) return false;
    try {
      await this.rows.insertOne(row);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async claim<R extends BookRow>(_id: string, what: string): Promise<R | undefined> {
    if (this.token !== undefined && !(await this.change(_id, what, {}))) return undefined;
    return this.row<R>(_id);
  }

  /** False when there is no such row, or not under this condition. */
  private async change(
    _id: string,
    what: string,
    update: UpdateFilter<BookRow>,
    condition: Filter<BookRow> = {},
  ): Promise<boolean> {
    const { token } = this;
    const guard = token === undefined ? {} : { fence: { $lte: token } };
    const $max = { ...update.$max, ...(token !== undefined && { fence: token }) };
    const whole = { ...update, ...(Object.keys($max).length > 0 && { $max }) };
    const filter: Filter<BookRow> = { _id, ...guard, ...condition };
    const { matchedCount } = await this.rows.updateOne(filter, whole);
    if (matchedCount > 0) return true;
    if (token !== undefined && ((await this.row(_id))?.fence ?? 0) > token)
      throw new FencedError(what, token);
    return false;
  }
}

const thrownAway = (model: string): Error => new Error(`this build of ${model} was thrown away`);
