import type { JsonSchema } from '../dto/rules.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;

const refPrefix = '#/components/schemas/';
const uuid = '019aa1c2-7d3e-7b1a-9c55-2f61c0de4a10';

const byFormat: Readonly<Record<string, string>> = {
  date: '2026-11-23',
  'date-time': '2026-11-20T08:00:00.000Z',
  email: 'camille.martin@example.org',
};
const byPattern: readonly (readonly [string, string])[] = [
  ['^[a-z0-9]', uuid],
  ['^\\d{20', '00000000000000001234'],
  ['^[0-9A-F]{4}', '4F2A-91C0-77DE'],
];

/** A value that a schema allows, for the documentation: the example it gives, else one made from its shape. */
export function exampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  const { $ref, examples, oneOf, type } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as unknown;
  if (typeof $ref === 'string') {
    const named = schemas[$ref.slice(refPrefix.length)];
    return named ? exampleOf(named, schemas) : null;
  }
  if (Array.isArray(oneOf)) return exampleOf(oneOf[0] as JsonSchema, schemas);
  switch (Array.isArray(type) ? (type[0] as unknown) : type) {
    case 'object':
      return exampleObject(schema, schemas);
    case 'array':
      return [exampleOf((schema['items'] ?? {}) as JsonSchema, schemas)];
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return exampleText(schema);
    default:
      return null;
  }
}

function exampleObject({ properties = {} }: JsonSchema, schemas: Schemas): object {
  const entries = Object.entries(properties as Readonly<Record<string, JsonSchema>>);
  return Object.fromEntries(entries.map(([name, inner]) => [name, exampleOf(inner, schemas)]));
}

function exampleText(schema: JsonSchema): string {
  const { format, pattern } = schema;
  if (Array.isArray(schema['enum'])) return String(schema['enum'][0]);
  if (typeof format === 'string') return byFormat[format] ?? 'texte';
  const made = byPattern.find(
    ([start]) => typeof pattern === 'string' && pattern.startsWith(start),
  );
  return made?.[1] ?? 'texte';
}
