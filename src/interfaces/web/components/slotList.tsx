import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { formatBefore, formatClosedSince, formatDeadline } from '../french/deadlines.ts';
import { Icon } from './icon.tsx';
import { limitOf, type Slot } from './slot.ts';
import { SlotToggle } from './slotToggle.tsx';

/** When a slot closes, or closed. */
export interface SlotLimit {
  readonly at: Instant;
  readonly passed: boolean;
}

const slotLimit = ({ state }: Slot): SlotLimit | undefined => {
  const found = limitOf(state);
  return found && { at: found.limit.at, passed: found.passed };
};

/** The one limit of all these slots, those that have none set aside; undefined when they differ. */
export function sharedLimit(slots: readonly Slot[]): SlotLimit | undefined {
  const limits = slots.flatMap((slot) => slotLimit(slot) ?? []);
  const [first] = limits;
  return first && limits.every(({ at, passed }) => at === first.at && passed === first.passed)
    ? first
    : undefined;
}

interface LimitLineProps {
  readonly limit: SlotLimit;
  readonly date: LocalDate;
  /** `slot__limit` inside a slot. */
  readonly block?: 'limit' | 'slot__limit';
}

/** « jusqu’au vendredi 20, 9 h », « clos depuis vendredi 13, 9 h » */
export const LimitLine = ({ limit: { at, passed }, date, block = 'limit' }: LimitLineProps) => (
  <span class={passed && block === 'slot__limit' ? 'slot__limit slot__limit--passed' : block}>
    <Icon name={passed ? 'lock' : 'clock'} size={16} />
    <span>{passed ? formatClosedSince(at, date) : formatDeadline(at, date)}</span>
  </span>
);

/** What the script needs to say until when ticks must be sent. */
export const limitData = (limit: SlotLimit | undefined, date: LocalDate) =>
  limit && !limit.passed
    ? { 'data-limit': limit.at, 'data-before': formatBefore(limit.at, date) }
    : {};

interface SlotListProps {
  readonly slots: readonly Slot[];
  readonly date: LocalDate;
  /** The limit of the whole day, said above already; otherwise each slot says its own. */
  readonly said: SlotLimit | undefined;
}

/** The activities of a child on a day, in the order of the day, each with its deadline in words. */
export const SlotList = ({ slots, date, said }: SlotListProps) => (
  <div class="slots" {...limitData(said, date)}>
    {slots.map((slot) => {
      const own = said ? undefined : slotLimit(slot);
      return (
        <SlotToggle
          key={slot.activityId}
          slot={slot}
          limit={own && <LimitLine block="slot__limit" limit={own} date={date} />}
          data={limitData(own, date)}
        />
      );
    })}
  </div>
);
