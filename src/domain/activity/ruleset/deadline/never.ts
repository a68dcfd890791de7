import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { literal } from '../schema/values.ts';
import type { DeadlineShape } from './deadlineRule.ts';

const schema = object({ type: literal('never') });
/** The act is never free: what is booked stays due. */
export interface Never extends Infer<typeof schema> {}

export const never: DeadlineShape<Never> = {
  schema,
  faults: () => undefined,
  lines: () => ['jamais'],
  compile: () => () => 'never',
};
