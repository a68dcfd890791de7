import { formatMoney } from '../../../kernel/french/money.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Infer } from '../schema/schema.ts';
import { object } from '../schema/structures.ts';
import { cents, literal, oneOf, whole } from '../schema/values.ts';
import type { PickupMode } from './pickupMode.ts';

const schema = object({
  type: literal('slices'),
  sliceMinutes: whole(1, 240),
  centsPerSlice: cents,
  counts: oneOf('started', 'completed'),
});
/** So much for each slice of time, started or completed. */
export interface SlicesPickup extends Infer<typeof schema> {}

export const slicesPickup: PickupMode<SlicesPickup> = {
  schema,
  faults: () => undefined,
  lines: ({ sliceMinutes, centsPerSlice, counts }) => [
    `${formatMoney(centsPerSlice)} par tranche de ${sliceMinutes}${NBSP}min ` +
      (counts === 'started' ? 'commencée' : 'entière'),
  ],
  countsMinutes: true,
  compile({ sliceMinutes, centsPerSlice, counts }, { boundary }) {
    if (counts === 'completed')
      return (minutes) => centsPerSlice * Math.floor(minutes / sliceMinutes);
    return boundary === 'inclusive'
      ? (minutes) => centsPerSlice * Math.ceil(minutes / sliceMinutes)
      : (minutes) => centsPerSlice * (Math.floor(minutes / sliceMinutes) + 1);
  },
};
