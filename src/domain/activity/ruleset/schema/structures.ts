import type { Infer, JsonSchema, OptionalSchema, Path, Report, Schema } from './schema.ts';

type Members = Readonly<Record<string, Schema<unknown>>>;
type OptionalKeys<M> = {
  [K in keyof M]: M[K] extends OptionalSchema<unknown> ? K : never;
}[keyof M];
/** The object that these members make. */
export type ObjectOf<M extends Members> = {
  readonly [K in Exclude<keyof M, OptionalKeys<M>>]: Infer<M[K]>;
} & { readonly [K in OptionalKeys<M>]?: Infer<M[K]> };

export const optional = <T>(schema: Schema<T>): OptionalSchema<T> => ({
  ...schema,
  optional: true,
});

/** The same schema with a line that tells an editor's reader what it is for. */
export const described = <S extends Schema<unknown>>(schema: S, description: string): S => ({
  ...schema,
  json: () => ({ ...schema.json(), description }),
});

const isOptional = (schema: Schema<unknown>): boolean => 'optional' in schema;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of these members and no other: an unknown name is a fault, never ignored. */
export function object<const M extends Members>(members: M): Schema<ObjectOf<M>> {
  const entries = Object.entries(members);
  const required = entries.filter(([, schema]) => !isOptional(schema)).map(([name]) => name);
  return {
    json: () => ({
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, { json }]) => [name, json()])),
      required,
      additionalProperties: false,
    }),
    check(value, at, report) {
      if (!isRecord(value)) {
        report(at, 'Un objet { … } est attendu ici.');
        return;
      }
      for (const name of Object.keys(value))
        if (!Object.hasOwn(members, name)) report([...at, name], unknownName(name, members));
      for (const [name, schema] of entries) {
        if (Object.hasOwn(value, name)) schema.check(value[name], [...at, name], report);
        else if (!isOptional(schema))
          report([...at, name], 'Il manque : cette règle est obligatoire.');
      }
    },
  };
}

const unknownName = (name: string, members: Members): string =>
  `« ${name.slice(0, 60)} » n’existe pas ici ; sont connus : ${Object.keys(members).join(', ')}.`;

/** A list, of at least `least` things. */
export const list = <T>(item: Schema<T>, least = 0): Schema<readonly T[]> => ({
  json: () => ({ type: 'array', items: item.json(), minItems: least }),
  check(value, at, report) {
    if (!Array.isArray(value)) report(at, 'Une liste [ … ] est attendue ici.');
    else {
      if (value.length < least) report(at, `Il en faut au moins ${least}.`);
      value.forEach((one: unknown, index) => item.check(one, [...at, index], report));
    }
  },
});

/** Things by name: each name of one form, each thing of one shape; `least` of them. */
export function record<K extends string, T>(
  name: Schema<K>,
  item: Schema<T>,
  least = 1,
): Schema<Readonly<Record<K, T>>> {
  return {
    json: () => ({
      type: 'object',
      propertyNames: name.json(),
      additionalProperties: item.json(),
      minProperties: least,
    }),
    check(value, at, report) {
      if (!isRecord(value)) report(at, 'Un objet { … } est attendu ici.');
      else {
        const names = Object.keys(value);
        if (names.length < least) report(at, `Il en faut au moins ${least}.`);
        for (const key of names) {
          name.check(key, [...at, key], report);
          item.check(value[key], [...at, key], report);
        }
      }
    },
  };
}

/** For some of these names, one at least, a thing of one shape. */
export function table<K extends string, T>(
  names: readonly K[],
  item: Schema<T>,
): Schema<Readonly<Partial<Record<K, T>>>> {
  const { json, check } = object(Object.fromEntries(names.map((name) => [name, optional(item)])));
  return {
    json: () => ({ ...json(), minProperties: 1 }),
    check(value, at, report) {
      check(value, at, report);
      if (isRecord(value) && Object.keys(value).length === 0)
        report(at, `Il en faut au moins un parmi : ${names.join(', ')}.`);
    },
  };
}

/** A shape among several, told apart by the word that stands in `tag`. */
export function variants<T>(
  tag: string,
  known: () => Readonly<Record<string, Schema<unknown>>>,
): Schema<T> {
  return {
    json: () => ({ oneOf: Object.values(known()).map(({ json }) => json()) }),
    check(value, at, report) {
      const shapes = known();
      if (!isRecord(value)) {
        report(at, 'Un objet { … } est attendu ici.');
        return;
      }
      const word = value[tag];
      const shape = typeof word === 'string' && Object.hasOwn(shapes, word) && shapes[word];
      if (shape) shape.check(value, at, report);
      else report([...at, tag], `Il faut l’un de : ${Object.keys(shapes).join(', ')}.`);
    },
  };
}

/** A shape that holds itself, or stands in one place of the published schema: `$ref` to `$defs/name`. */
export function reference<T>(name: string, schema: () => Schema<T>): Schema<T> {
  return {
    json: () => ({ $ref: `#/$defs/${name}` }),
    check: (value: unknown, at: Path, report: Report) => schema().check(value, at, report),
  };
}

/** The document to publish: one schema, and those that it refers to. */
export const published = (
  id: string,
  schema: Schema<unknown>,
  definitions: Readonly<Record<string, Schema<unknown>>>,
): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: id,
  ...schema.json(),
  $defs: Object.fromEntries(Object.entries(definitions).map(([name, { json }]) => [name, json()])),
});
