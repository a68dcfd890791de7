/** Where something stands in a document: names of members, and positions counted from zero. */
export type Path = readonly (string | number)[];

/** What is wrong in a ruleset, and where; the reason is a French sentence that the town's secretary reads. */
export interface Fault {
  readonly path: Path;
  readonly reason: string;
}

/** Keeps a fault. */
export type Report = (path: Path, reason: string) => void;

/** JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A shape of JSON: the published schema and the check that obeys it are made together, and the TypeScript type is
 * read off it (`Infer`), so that the three can't drift apart.
 */
export interface Schema<T> {
  readonly json: () => JsonSchema;
  /** Reports every fault of a value, at its path. */
  readonly check: (value: unknown, at: Path, report: Report) => void;
  /** Never there: it carries the type. */
  readonly of?: T;
}

/** A member that may be left out. */
export interface OptionalSchema<T> extends Schema<T> {
  readonly optional: true;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

/** All faults of a value at once; none: it is a `T`. */
export function faultsOf(schema: Schema<unknown>, value: unknown): Fault[] {
  const faults: Fault[] = [];
  schema.check(value, [], (path, reason) => faults.push({ path, reason }));
  return faults;
}

/** The value as its type, when it has no fault. */
export function conforms<T>(schema: Schema<T>, value: unknown): value is T {
  return faultsOf(schema, value).length === 0;
}
