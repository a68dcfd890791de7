import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal } from '../schema/values.ts';
import type { DeadlineShape } from './deadlineRule.ts';

const schema = object({ type: literal('none') });
/** No limit: until the session begins. */
export interface None extends Infer<typeof schema> {}

export const none: DeadlineShape<None> = {
  schema,
  faults: () => undefined,
  lines: () => ['à tout moment, jusqu’au début de la séance'],
  compile: () => () => 'always',
};
