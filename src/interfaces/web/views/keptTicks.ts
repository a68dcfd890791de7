import type { ChildId } from '../../../domain/kernel/ids.ts';
import { monthOf } from '../../../domain/kernel/localDate.ts';
import type { AgendaView } from '../../../application/reservation/agendaView.ts';
import { CANCEL_FIELD, RESERVE_FIELD, slotValue, type Slot } from '../components/slot.ts';
import { slotLook } from '../components/slotWords.ts';
import { monthName } from '../../../domain/kernel/french/dates.ts';
import { joinList, plural } from '../../../domain/kernel/french/words.ts';
import type { AgendaDay, ElsewhereTicks, Notice } from '../pages/agendaView.ts';
import { encodeTicks, type TickSets } from './tickCode.ts';
import type { Tick } from './ticks.ts';

interface Parted {
  /** Of the month and the children that the page shows. */
  readonly here: TickSets;
  readonly elsewhere?: ElsewhereTicks;
}

const all = ({ book, cancel }: TickSets): readonly Tick[] => [...book, ...cancel];

/** Parts the ticks that the page has a box for from those of other months and children. Strangers' are dropped. */
export function partTicks(
  { month, children }: Pick<AgendaView, 'month' | 'children'>,
  kept: TickSets,
  shown: ChildId | undefined,
): Parted {
  const names = new Map(children.map(({ childId, firstName }) => [childId, firstName]));
  const isHere = ({ childId, date }: Tick): boolean =>
    monthOf(date) === month && (shown === undefined || childId === shown);
  const only = (keep: (tick: Tick) => boolean): TickSets => ({
    book: kept.book.filter(keep),
    cancel: kept.cancel.filter(keep),
  });
  const here = only((tick) => names.has(tick.childId) && isHere(tick));
  const others = only((tick) => names.has(tick.childId) && !isHere(tick));
  const counts = new Map<string, number>();
  const told = all(others);
  for (const { childId, date } of told) {
    const when = monthOf(date) === month ? [] : [`en ${monthWords(date, month)}`];
    const whose =
      shown === undefined || childId === shown ? [] : [`pour ${names.get(childId) ?? ''}`];
    const place = [...when, ...whose].join(' ');
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  if (told.length === 0) return { here };
  const cases = `Et ${plural(told.length, 'case cochée', 'cases cochées')}`;
  const [place] = counts.keys();
  const words =
    counts.size === 1 && place !== undefined
      ? `${cases} ${place}, à envoyer ensemble`
      : `${cases} ailleurs, à envoyer ensemble\u00a0: ${joinList([...counts].map(([where, count]) => `${count}\u00a0${where}`))}`;
  return { here, elsewhere: { code: encodeTicks(others), words } };
}

/** « décembre », « janvier 2027 » when the page shows a month of 2026. */
const monthWords = (date: Tick['date'], month: AgendaView['month']): string =>
  date.slice(0, 4) === month.slice(0, 4)
    ? monthName(date)
    : `${monthName(date)} ${date.slice(0, 4)}`;

/** Whether a slot's box comes ticked. Only for what was meant: a place booked meanwhile isn't to be given back. */
export function tickFinder(here: TickSets): (slot: Slot) => boolean {
  const meant = {
    [RESERVE_FIELD]: new Set(here.book.map(({ value }) => value)),
    [CANCEL_FIELD]: new Set(here.cancel.map(({ value }) => value)),
  };
  if (all(here).length === 0) return () => false;
  return (slot) => {
    const { tick } = slotLook(slot.state);
    return tick !== undefined && meant[tick.field].has(slotValue(slot));
  };
}

/** How many boxes come ticked. */
export const tickedIn = (days: readonly AgendaDay[]): number =>
  days
    .flatMap(({ children }) => children.flatMap(({ slots }) => slots))
    .filter(({ ticked }) => ticked).length;

/** Ticks that have lost their box since: said, never dropped in silence. */
export const goneNotice = (count: number): Notice => ({
  tone: 'wait',
  title: plural(count, 'case cochée n’est plus proposée', 'cases cochées ne sont plus proposées'),
  text:
    count === 1
      ? 'Ce jour a changé entre-temps\u00a0: son état est à jour ci-dessous.'
      : 'Ces jours ont changé entre-temps\u00a0: leur état est à jour ci-dessous.',
});
