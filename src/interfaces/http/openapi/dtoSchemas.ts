import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import type { Dto } from '../dto/parse.ts';
import { ruleName, type JsonSchema } from '../dto/rules.ts';

const refPrefix = '#/components/schemas/';

/** A rule's schema is its one constraint; nesting is told by the rules too. */
const converters = {
  [ruleName]: (meta: { readonly constraints?: readonly unknown[] }) =>
    (meta.constraints?.[0] ?? {}) as Record<string, unknown>,
  nestedValidation: () => ({}),
};

/**
 * The schemas of the DTO classes named, and of those that they hold, from the decorators that validate them. Throws a
 * TypeError for a class without a rule.
 */
export function dtoSchemas(classes: readonly Dto<object>[]): Readonly<Record<string, JsonSchema>> {
  const all = validationMetadatasToSchemas({
    refPointerPrefix: refPrefix,
    additionalConverters: converters,
  }) as Readonly<Record<string, JsonSchema>>;
  const found: Record<string, JsonSchema> = {};
  const add = (name: string): void => {
    const schema = all[name];
    if (name in found || !schema) return;
    // Unknown fields are refused (whitelist), so the schema says it.
    found[name] = { ...schema, additionalProperties: false };
    for (const inner of refsIn(schema)) add(inner);
  };
  for (const { name } of classes) {
    if (!all[name]) throw new TypeError(`${name} has no schema`);
    add(name);
  }
  return found;
}

/** Names of the schemas that a schema refers to. */
export function refsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(refPrefix)
      ? [value.slice(refPrefix.length)]
      : refsIn(value),
  );
}
