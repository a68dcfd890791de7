import type { LocalDate } from '../../../domain/kernel/localDate.ts';
import type { Limit } from '../../../domain/kernel/sessionTerms.ts';
import { formatClosedSince, formatDeadline } from '../../../domain/kernel/french/deadlines.ts';
import { Icon } from './icon.tsx';

/** When a slot closes, or closed. */
export interface SlotLimit extends Limit {
  readonly passed: boolean;
}

/** « avant 9 h le vendredi 20 », « clos depuis vendredi 13, 9 h » */
export const limitLineWords = (limit: SlotLimit, date: LocalDate): string =>
  limit.passed ? formatClosedSince(limit.at, date) : formatDeadline(limit, date);

interface LimitLineProps {
  readonly limit: SlotLimit;
  readonly date: LocalDate;
  /** `slot__limit` inside a slot. */
  readonly block?: 'limit' | 'slot__limit';
}

export const LimitLine = ({ limit, date, block = 'limit' }: LimitLineProps) => (
  <span class={limit.passed && block === 'slot__limit' ? 'slot__limit slot__limit--passed' : block}>
    <Icon name={limit.passed ? 'lock' : 'clock'} size={16} />
    {limitLineWords(limit, date)}
  </span>
);

/** What the script needs to say until when ticks must be sent. */
export const limitData = (limit: SlotLimit | undefined, date: LocalDate) =>
  limit && !limit.passed
    ? { 'data-limit': limit.at, 'data-before': formatDeadline(limit, date) }
    : undefined;
