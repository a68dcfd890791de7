import type { Position } from './eventStore.ts';
import type { FencingToken } from './leases.ts';

/**
 * Documents keyed by id, each with the position it has seen. No operation needs more than single-document atomicity,
 * so that a document database can honour all of it. Every adapter passes test/contract/readModelStoreContract.ts.
 */
export interface ReadModelSpec {
  /** Lower-case words, also the collection's name. */
  readonly name: string;
  /** Raised when documents change shape: the store is then rebuilt beside, and swapped. */
  readonly version: number;
  /** Top-level fields (strings or numbers) that queries filter or sort by. */
  readonly indexes: readonly string[];
}

export type FieldValue = string | number;
export interface FieldRange {
  readonly from?: FieldValue;
  /** Excluded. */
  readonly before?: FieldValue;
}

export interface FindOptions {
  /** All must hold. A plain value is equality; fields must be indexed. */
  readonly where?: Readonly<Record<string, FieldValue | FieldRange>>;
  /** An indexed field; ties and absence of sort go by id. */
  readonly sortBy?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  readonly skip?: number;
}

/** Any JSON object. `id` is kept beside it. */
export type Document = object;

export interface Stored<D extends Document> {
  readonly id: string;
  readonly document: D;
}

/** A document after a batch: its new content or its removal, with the last position that touched it. */
export interface DocumentWrite {
  readonly id: string;
  readonly document: Document | undefined;
  readonly position: Position;
}

export interface LoadedDocument {
  readonly document: Document | undefined;
  /** Events up to this position are already in it. Removed documents keep their position. */
  readonly position: Position;
}

/** One build of a read model: the live one, or one written beside it. */
export interface ReadModelWriter {
  /** Position up to which this build has consumed the log. */
  checkpoint(): Promise<Position | undefined>;
  load(ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>>;
  /**
   * Writes documents, then moves the checkpoint. A document that has seen a later position already is left alone, so
   * an interrupted batch may be written again.
   */
  commit(writes: readonly DocumentWrite[], checkpoint: Position): Promise<void>;
  /**
   * Says to readers in other processes, through `status`, that this build shows the log up to there: nothing since its
   * last commit changes it. Said at once and cheaply, for many builds together; it may be lost, and never throws.
   * Absent where one process alone reads.
   */
  shows?(position: Position): void;
}

export type ProjectionState = 'running' | 'rebuilding' | 'failed' | 'stopped';

export interface ProjectionStatus {
  readonly projection: string;
  readonly state: ProjectionState;
  /** Checkpoint of the live build, or what it was said to show since. */
  readonly checkpoint: Position | undefined;
  /** What it threw, without personal data, when failed. */
  readonly error?: string;
  /** ISO instant of the last change of state. */
  readonly since: string;
}

export interface ReadModelStore {
  get<D extends Document>(model: ReadModelSpec, id: string): Promise<D | undefined>;
  /** Documents found, in the order of `ids`. */
  getMany<D extends Document>(model: ReadModelSpec, ids: readonly string[]): Promise<Stored<D>[]>;
  find<D extends Document>(model: ReadModelSpec, options: FindOptions): Promise<Stored<D>[]>;
  count(model: ReadModelSpec, where?: FindOptions['where']): Promise<number>;

  /** Writer of the live build; undefined when none was built at this version yet. */
  live(model: ReadModelSpec): Promise<ReadModelWriter | undefined>;
  /** Starts, or goes on with, a build beside the live one. `fresh` throws away one that was under way. */
  beside(model: ReadModelSpec, options?: { readonly fresh?: boolean }): Promise<ReadModelWriter>;
  /** Makes the build beside the live one, in one atomic step, and removes the old one. */
  swap(model: ReadModelSpec): Promise<void>;

  status(): Promise<ProjectionStatus[]>;
  setState(
    projection: string,
    state: ProjectionState,
    since: string,
    error?: string,
  ): Promise<void>;
  close(): Promise<void>;
}

/** Read models that several processes write, each those whose lease it holds. */
export interface SharedReadModelStore extends ReadModelStore {
  /**
   * The same store, for the holder of the lease on what it writes. Once a holder with a higher token has opened a
   * writer, everything that writes through this one throws FencedError and changes nothing.
   */
  fenced(token: FencingToken): ReadModelStore;
}
