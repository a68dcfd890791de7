import type {
  FieldRange,
  FieldValue,
  FindOptions,
  ReadModelSpec,
} from '../../application/ports/readModelStore.ts';

/** One condition on an indexed field. Ranges hold values of one type only: text is never compared with numbers. */
export type Condition =
  | { readonly kind: 'equal'; readonly field: string; readonly value: FieldValue }
  | {
      readonly kind: 'range';
      readonly field: string;
      readonly type: 'string' | 'number';
      readonly from?: FieldValue;
      readonly before?: FieldValue;
    };

export interface CheckedQuery {
  readonly conditions: readonly Condition[];
  readonly sortBy: string | undefined;
  readonly descending: boolean;
  readonly limit: number | undefined;
  readonly skip: number;
}

const namePattern = /^[a-z][A-Za-z0-9_-]{0,39}$/;
const fieldPattern = /^[a-z][A-Za-z0-9_]{0,39}$/;
const known = new WeakSet<ReadModelSpec>();

/** Names become table, column and collection names: anything else than plain words is a TypeError. */
export function checkSpec(model: ReadModelSpec): void {
  if (known.has(model)) return;
  const { name, version, indexes } = model;
  if (!namePattern.test(name)) throw new TypeError(`not a name for a read model: ${name}`);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new TypeError(`read model ${name}: versions are counted from 1`);
  for (const field of indexes)
    if (!fieldPattern.test(field)) throw new TypeError(`read model ${name}: no field ${field}`);
  if (new Set(indexes.map((field) => field.toLowerCase())).size !== indexes.length)
    throw new TypeError(`read model ${name}: a field is indexed twice`);
  known.add(model);
}

/** What every adapter answers to, the same. Throws a TypeError for what the spec doesn't declare. */
export function checkQuery(model: ReadModelSpec, options: FindOptions): CheckedQuery {
  checkSpec(model);
  const { sortBy, limit, skip = 0, descending = false } = options;
  if (sortBy !== undefined) checkField(model, sortBy);
  if (limit !== undefined) checkCount('limit', limit);
  checkCount('skip', skip);
  const conditions = Object.entries(options.where ?? {}).map(([field, wanted]) =>
    condition(model, field, wanted),
  );
  return { conditions, sortBy, descending, limit, skip };
}

/** The value that an index holds for a field: text, a number, or nothing. */
export function indexedValue(document: object, field: string): FieldValue | undefined {
  const value: unknown = Object.hasOwn(document, field) ? Reflect.get(document, field) : undefined;
  return isFieldValue(value) ? value : undefined;
}

function condition(
  model: ReadModelSpec,
  field: string,
  wanted: FieldValue | FieldRange,
): Condition {
  checkField(model, field);
  if (typeof wanted !== 'object') {
    if (!isFieldValue(wanted)) throw new TypeError(`${model.name}.${field}: text or a number`);
    return { kind: 'equal', field, value: wanted };
  }
  const { from, before } = wanted;
  const bounds = [from, before].filter((bound) => bound !== undefined);
  const type = typeof bounds[0];
  if (!bounds.every((bound) => isFieldValue(bound) && typeof bound === type))
    throw new TypeError(`${model.name}.${field}: a range has bounds of one type`);
  if (type !== 'string' && type !== 'number')
    throw new TypeError(`${model.name}.${field}: a range has at least one bound`);
  return {
    kind: 'range',
    field,
    type,
    ...(from !== undefined && { from }),
    ...(before !== undefined && { before }),
  };
}

function checkField(model: ReadModelSpec, field: string): void {
  if (!model.indexes.includes(field))
    throw new TypeError(`read model ${model.name} declares no index on ${field}`);
}

function checkCount(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${what}: a whole number`);
}

const isFieldValue = (value: unknown): value is FieldValue =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
