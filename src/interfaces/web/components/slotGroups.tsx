import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { formatBefore, formatClosedSince, formatDeadline } from '../french/deadlines.ts';
import { Icon } from './icon.tsx';
import { limitOf, type Slot } from './slot.ts';
import { SlotToggle } from './slotToggle.tsx';

/** When a group of slots closes, or closed. */
export interface GroupLimit {
  readonly at: Instant;
  readonly passed: boolean;
}

interface Group {
  readonly limit?: GroupLimit;
  readonly slots: readonly Slot[];
}

const keyOf = ({ at, passed }: GroupLimit): string => `${at}${passed ? '!' : ''}`;

/** Slots with the same limit stand under it, once; alone, it also covers those that have none. */
export function groupByLimit(slots: readonly Slot[]): readonly Group[] {
  const groups = new Map<string, { limit: GroupLimit; slots: Slot[] }>();
  const loose: Slot[] = [];
  for (const slot of slots) {
    const found = limitOf(slot.state);
    if (!found) {
      loose.push(slot);
      continue;
    }
    const limit = { at: found.limit.at, passed: found.passed };
    const group = groups.get(keyOf(limit));
    if (group) group.slots.push(slot);
    else groups.set(keyOf(limit), { limit, slots: [slot] });
  }
  const all = [...groups.values()];
  const [only] = all;
  if (only && all.length === 1) return [{ limit: only.limit, slots }];
  return loose.length > 0 ? [...all, { slots: loose }] : all;
}

/** The one limit of several children's slots on a day; undefined when they differ. */
export function sharedLimit(children: readonly (readonly Slot[])[]): GroupLimit | undefined {
  const limits = children.flatMap((slots) => groupByLimit(slots)).map(({ limit }) => limit);
  const [first] = limits;
  return first && limits.every((limit) => limit && keyOf(limit) === keyOf(first))
    ? first
    : undefined;
}

interface LimitLineProps {
  readonly limit: GroupLimit;
  readonly date: LocalDate;
}

/** « jusqu’au vendredi 20, 9 h », « clos depuis vendredi 13, 9 h » */
export const LimitLine = ({ limit: { at, passed }, date }: LimitLineProps) => (
  <p class="slots__limit">
    <Icon name={passed ? 'lock' : 'clock'} size={16} />
    <span>{passed ? formatClosedSince(at, date) : formatDeadline(at, date)}</span>
  </p>
);

interface SlotGroupsProps {
  readonly slots: readonly Slot[];
  readonly date: LocalDate;
  /** The limit is said already, for all. */
  readonly silent?: boolean;
}

/** The activities of a child on a day, each under its deadline in words. */
export const SlotGroups = ({ slots, date, silent }: SlotGroupsProps) => (
  <>
    {groupByLimit(slots).map(({ limit, slots: members }) => {
      const open = limit && !limit.passed ? limit : undefined;
      return (
        <div
          key={limit?.at}
          class="slots"
          data-limit={open?.at}
          data-before={open && formatBefore(open.at, date)}
        >
          {limit && !silent && <LimitLine limit={limit} date={date} />}
          {members.map((slot) => (
            <SlotToggle key={slot.activityId} slot={slot} />
          ))}
        </div>
      );
    })}
  </>
);
