import { formatMoney } from '../../../kernel/french/money.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal } from '../schema/values.ts';
import type { PickupMode } from './pickupMode.ts';

const schema = object({ type: literal('flat'), cents });
/** The same amount however late. */
export interface FlatPickup extends Infer<typeof schema> {}

export const flatPickup: PickupMode<FlatPickup> = {
  schema,
  faults: () => undefined,
  lines: ({ cents }) => [formatMoney(cents)],
  countsMinutes: false,
  compile:
    ({ cents }) =>
    () =>
      cents,
};
