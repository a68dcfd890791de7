import { formatTime } from '../../../kernel/french/times.ts';
import type { LocalTime } from '../../../kernel/parisTime.ts';
import type { Path, Report } from '../schema/schema.ts';
import { object, type ObjectOf } from '../schema/structures.ts';
import { localTime, oneOf } from '../schema/values.ts';
import type { PriceFacts, Unpriced } from './priceRule.ts';

/** Members of a price that counts minutes: from when, until when, and never outside the slot. */
export const stayMembers = {
  slot: object({ start: localTime, end: localTime }),
  from: oneOf('slot_start', 'arrival'),
  until: oneOf('slot_end', 'departure'),
} as const;
type Stay = ObjectOf<typeof stayMembers>;

export function stayFaults({ slot, from, until }: Stay, at: Path, report: Report): void {
  if (slot.start >= slot.end)
    report([...at, 'slot', 'end'], 'Le créneau finit avant d’avoir commencé.');
  if (from === 'slot_start' && until === 'slot_end')
    report(
      [...at, 'from'],
      'Ni l’arrivée ni le départ ne comptent : la durée serait toujours la même.',
    );
}

/** Minutes since midnight. */
const minutesOf = (time: LocalTime): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The length of the slot, in minutes. */
export const slotMinutes = ({ slot }: Stay): number => minutesOf(slot.end) - minutesOf(slot.start);

/**
 * Minutes on the clock, both ends within the slot: what is outside it is no matter of this price. A departure before
 * the arrival is an error of whoever noted them: no minutes are said.
 */
export function stayCounter({ slot, from, until }: Stay): (facts: PriceFacts) => number | Unpriced {
  const [start, end] = [minutesOf(slot.start), minutesOf(slot.end)];
  const within = (time: LocalTime): number => Math.min(Math.max(minutesOf(time), start), end);
  return ({ arrival, departure }) => {
    if (from === 'arrival' && arrival === undefined) return { unpriced: 'arrival' };
    if (until === 'departure' && departure === undefined) return { unpriced: 'departure' };
    if (arrival !== undefined && departure !== undefined && departure < arrival)
      return { unpriced: 'departure', value: departure };
    const first = from === 'arrival' && arrival !== undefined ? within(arrival) : start;
    const last = until === 'departure' && departure !== undefined ? within(departure) : end;
    return last - first;
  };
}

/** « de l’arrivée (7 h au plus tôt) à 8 h 30 » */
export function stayWords({ slot, from, until }: Stay): string {
  const begins =
    from === 'arrival'
      ? `de l’arrivée (${formatTime(slot.start)} au plus tôt)`
      : `de ${formatTime(slot.start)}`;
  const ends =
    until === 'departure'
      ? `au départ (${formatTime(slot.end)} au plus tard)`
      : `à ${formatTime(slot.end)}`;
  return `${begins} ${ends}`;
}
