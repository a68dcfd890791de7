import { dayPattern, idPattern, type JsonSchema } from '../dto/rules.ts';

/** Pieces of the JSON Schemas of answers (2020-12). */
export const object = (
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
  description?: string,
): JsonSchema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
export const oneOf = (...schemas: readonly JsonSchema[]): JsonSchema => ({ oneOf: schemas });
export const words = (...values: readonly string[]): JsonSchema => ({
  type: 'string',
  enum: values,
});

export const text: JsonSchema = { type: 'string' };
export const flag: JsonSchema = { type: 'boolean' };
export const whole: JsonSchema = { type: 'integer' };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const cents: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description: 'Montant en centimes d’euro.',
};
export const id: JsonSchema = { type: 'string', pattern: idPattern };
export const day: JsonSchema = { type: 'string', format: 'date', pattern: dayPattern };
export const instant: JsonSchema = {
  type: 'string',
  format: 'date-time',
  description: 'Instant ISO 8601, en UTC.',
};
export const described = (schema: JsonSchema, description: string): JsonSchema => ({
  ...schema,
  description,
});
