import { isId, type ActivityId, type ChildId } from '../../../domain/kernel/ids.ts';
import { asLocalDate, isLocalDate, monthOf } from '../../../domain/kernel/localDate.ts';
import { CANCEL_FIELD, KEPT_FIELD, RESERVE_FIELD, slotValue } from '../components/slot.ts';
import { byDay, ticksOf, type Tick } from './ticks.ts';

/** What was ticked to be asked for, and to be given back. */
export interface TickSets {
  readonly book: readonly Tick[];
  readonly cancel: readonly Tick[];
}

/** As many ticks as a form may carry: no more are read, whatever the code says. */
const maxRead = 1_500;

const dayBit = (date: string): number => 2 ** (Number(date.slice(8)) - 1);

/**
 * Ticks as text short enough for an address: 400 of them, each of another month, child or activity, stay below the 8 kB
 * that proxies take. Ids once, then a group for each act, child, activity and month, whose days are the bits of a
 * number: `lea.cantine*r_0_1_202611_a5`. Only characters that addresses leave as they are. Empty without a tick.
 */
export function encodeTicks({ book, cancel }: TickSets): string {
  const ids = new Map<string, string>();
  const rankOf = (id: string): string => {
    const rank = ids.get(id) ?? ids.size.toString(36);
    ids.set(id, rank);
    return rank;
  };
  const groups = new Map<string, number>();
  const add = (act: 'r' | 'a', { childId, activityId, date }: Tick): void => {
    const month = monthOf(date).replace('-', '');
    const group = `${act}_${rankOf(childId)}_${rankOf(activityId)}_${month}`;
    const days = groups.get(group) ?? 0;
    groups.set(group, (days | dayBit(date)) >>> 0);
  };
  book.forEach((tick) => add('r', tick));
  cancel.forEach((tick) => add('a', tick));
  if (groups.size === 0) return '';
  const written = [...groups].map(([group, days]) => `${group}_${days.toString(36)}`);
  return `${[...ids.keys()].join('.')}*${written.join('.')}`;
}

/** What `encodeTicks` wrote. What it can't have written is dropped: anybody may write an address. */
export function decodeTicks(code: unknown): TickSets {
  const book: Tick[] = [];
  const cancel: Tick[] = [];
  const [list = '', groups = ''] = typeof code === 'string' ? code.split('*') : [];
  const ids = list.split('.');
  const idAt = (rank: string): string => ids[parseInt(rank, 36)] ?? '';
  for (const group of groups.split('.')) {
    const [act, child = '', activity = '', month = '', days = ''] = group.split('_');
    const [childId, activityId, bits] = [idAt(child), idAt(activity), parseInt(days, 36)];
    if (!isId(childId) || !isId(activityId)) continue;
    for (let day = 1; day <= 31; day += 1) {
      const text = `${month.slice(0, 4)}-${month.slice(4)}-${String(day).padStart(2, '0')}`;
      if (((bits >>> (day - 1)) & 1) === 0 || !isLocalDate(text)) continue;
      if (book.length + cancel.length >= maxRead) break;
      const place = {
        childId: childId as ChildId,
        activityId: activityId as ActivityId,
        date: asLocalDate(text),
      };
      (act === 'a' ? cancel : book).push({ ...place, value: slotValue(place) });
    }
  }
  return { book: byDay(book), cancel: byDay(cancel) };
}

const joined = (some: readonly Tick[], others: readonly Tick[]): Tick[] =>
  byDay([...new Map([...some, ...others].map((tick) => [tick.value, tick])).values()]);

/** All that a form or an address holds: boxes ticked and ticks kept, each once, in the order of days. */
export function allTicksOf(form: Readonly<Record<string, unknown>>): TickSets {
  const kept = decodeTicks(form[KEPT_FIELD]);
  return {
    book: joined(ticksOf(form[RESERVE_FIELD]), kept.book),
    cancel: joined(ticksOf(form[CANCEL_FIELD]), kept.cancel),
  };
}
