import { formatMoney } from '../../../kernel/french/money.ts';
import { NBSP } from '../../../kernel/french/typography.ts';
import type { Infer } from '../schema/schema.ts';
import { list, object } from '../schema/structures.ts';
import { cents, flag, literal, orNull, whole } from '../schema/values.ts';
import type { PickupMode } from './pickupMode.ts';

const schema = object({
  type: literal('tiers'),
  /** null: however late; the last tier's, and no other's. */
  tiers: list(object({ untilMinutes: orNull(whole(1, 1440)), cents }), 1),
  /** The amounts of all tiers reached add up; otherwise the last one reached is due alone. */
  cumulative: flag,
});
/** An amount for each tier of minutes. */
export interface TiersPickup extends Infer<typeof schema> {}

export const tiersPickup: PickupMode<TiersPickup> = {
  schema,
  faults({ tiers }, at, { freeMinutes }, report) {
    tiers.forEach(({ untilMinutes }, index) => {
      const place = [...at, 'tiers', index, 'untilMinutes'];
      const isLast = index === tiers.length - 1;
      if (untilMinutes === null) {
        if (!isLast) report(place, 'Seul le dernier palier peut être sans fin (null).');
        return;
      }
      if (isLast)
        report(place, 'Rien n’est dit au-delà : le dernier palier doit être sans fin (null).');
      const previous = tiers[index - 1]?.untilMinutes ?? 0;
      if (index > 0 && untilMinutes <= previous)
        report(place, 'Les paliers doivent se suivre, du plus court au plus long.');
      if (untilMinutes <= freeMinutes)
        report(place, 'Ce palier est tout entier dans la tolérance : il ne sert jamais.');
    });
  },
  lines: ({ tiers, cumulative }, { boundary }) =>
    tiers.map(({ untilMinutes, cents }, index) => {
      const more = cumulative && index > 0 ? ' de plus' : '';
      const amount = `${formatMoney(cents)}${more}`;
      if (untilMinutes !== null)
        return boundary === 'inclusive'
          ? `${amount} jusqu’à ${untilMinutes}${NBSP}min de retard`
          : `${amount} pour moins de ${untilMinutes}${NBSP}min de retard`;
      return index === 0 ? amount : `${amount} au-delà`;
    }),
  countsMinutes: true,
  compile({ tiers, cumulative }, { boundary }) {
    const within =
      boundary === 'inclusive'
        ? (minutes: number, until: number) => minutes <= until
        : (minutes: number, until: number) => minutes < until;
    let sum = 0;
    const rows = tiers.map(({ untilMinutes, cents }) => {
      sum += cents;
      return { until: untilMinutes ?? Infinity, cents: cumulative ? sum : cents };
    });
    return (minutes) => rows.find(({ until }) => within(minutes, until))?.cents ?? 0;
  },
};
