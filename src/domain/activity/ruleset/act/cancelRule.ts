import type { Infer, Schema } from '../schema/schema.ts';
import { object, optional } from '../schema/structures.ts';
import { literalTrue } from '../schema/values.ts';
import { actRule, secondChance, type ActRule } from './actRule.ts';
import { late } from './late.ts';

const sameAsBook = object({
  /** The booking's deadline, exceptions and channels. */
  sameAsBook: literalTrue,
  secondChance: optional(secondChance),
  late,
});
/** How a booking is given back: by rules of its own, or until the limit of the booking. */
export type CancelRule = ActRule | Infer<typeof sameAsBook>;

const isSame = (value: unknown): value is Infer<typeof sameAsBook> =>
  typeof value === 'object' && value !== null && 'sameAsBook' in value;

export const cancelRule: Schema<CancelRule> = {
  json: () => ({ oneOf: [actRule.json(), sameAsBook.json()] }),
  check: (value, at, report) => (isSame(value) ? sameAsBook : actRule).check(value, at, report),
};

/** The rule in full: what it takes from the booking put in its place. */
export function wholeCancelRule(cancel: CancelRule, book: ActRule): ActRule {
  if (!isSame(cancel)) return cancel;
  const { deadline, overrides, channels } = book;
  return {
    deadline,
    ...(overrides && { overrides }),
    ...(channels && { channels }),
    ...(cancel.secondChance && { secondChance: cancel.secondChance }),
    late: cancel.late,
  };
}
