import type { ChildId } from '../../../domain/kernel/ids.ts';
import {
  addMonths,
  firstDayOf,
  lastDayOf,
  type YearMonth,
} from '../../../domain/kernel/localDate.ts';
import type { TownCalendar } from '../../../domain/kernel/townCalendar.ts';
import type {
  AgendaDay,
  AgendaView,
  DayNote,
} from '../../../application/reservation/agendaView.ts';
import type { ChildTab } from '../components/childSwitcher.tsx';
import { KEPT_FIELD, type Slot } from '../components/slot.ts';
import type * as page from '../pages/agendaView.ts';
import { goneNotice, partTicks, tickedIn, tickFinder } from './keptTicks.ts';
import { receiptsPath } from './receiptsPageView.ts';
import { slotOf } from './slotStates.ts';
import { encodeTicks, type TickSets } from './tickCode.ts';

/** In the address of an agenda: every child of the family. */
export const WHOLE_FAMILY = 'tous';

export interface AgendaAddress {
  /** The whole family when absent. */
  readonly childId?: ChildId | undefined;
  readonly month: YearMonth;
  /** Boxes to show ticked, there or on the way to the check page. */
  readonly kept?: TickSets | undefined;
}

/** `/reservations?mois=2026-11&enfant=…` */
export function agendaHref({ childId, month, kept }: AgendaAddress): string {
  const query = new URLSearchParams({ mois: month, enfant: childId ?? WHOLE_FAMILY });
  const code = kept ? encodeTicks(kept) : '';
  if (code !== '') query.set(KEPT_FIELD, code);
  return `/reservations?${query.toString()}`;
}

export interface AgendaPageOptions {
  readonly childId: ChildId | undefined;
  readonly csrf: string;
  /** The boxes ticked already, in this page or in another month or child's. */
  readonly kept: TickSets;
  readonly calendar: Pick<TownCalendar, 'knownFrom' | 'knownUntil'>;
  readonly catchingUp: boolean;
}

/** The strongest reason comes first: a public holiday within school holidays is a public holiday. */
const closedBy = (notes: readonly DayNote[]): page.ClosedDay | undefined =>
  notes[0] && { reason: notes[0].kind, name: notes[0].name };

function dayOf(
  day: AgendaDay,
  view: AgendaView,
  isTicked: (slot: Slot) => boolean,
): page.AgendaDay | undefined {
  const { date, notes, cells } = day;
  // Of the past, only what stood is worth showing.
  const worth = cells.filter(
    ({ standing, heldByOtherHousehold }) =>
      date >= view.today || standing !== undefined || heldByOtherHousehold !== undefined,
  );
  const children = view.children.flatMap(({ childId, firstName: name }) => {
    const slots = worth
      .filter((cell) => cell.childId === childId)
      .map((cell) => {
        const slot = slotOf(cell, view.now);
        return isTicked(slot) ? { ...slot, ticked: true } : slot;
      });
    return slots.length > 0 ? [{ childId, name, slots }] : [];
  });
  const closed = closedBy(notes);
  if (children.length > 0) return { date, children };
  return closed && { date, closed, children };
}

/** The agenda as its page shows it. */
export function agendaPageView(view: AgendaView, options: AgendaPageOptions): page.AgendaView {
  const { month, now, children } = view;
  const { childId, calendar, catchingUp, csrf } = options;
  const { here, elsewhere } = partTicks(view, options.kept, childId);
  const isTicked = tickFinder(here);
  const days = view.days.flatMap((day) => dayOf(day, view, isTicked) ?? []);
  const gone = here.book.length + here.cancel.length - tickedIn(days);
  const family: ChildTab = {
    label: 'Toute la famille',
    href: agendaHref({ month }),
    current: childId === undefined,
    family: true,
  };
  const tabs = children.map((child): ChildTab => ({
    label: child.firstName,
    href: agendaHref({ month, childId: child.childId }),
    current: child.childId === childId,
    ...(child.schoolClass === undefined ? {} : { detail: child.schoolClass }),
  }));
  const before = addMonths(month, -1);
  const after = addMonths(month, 1);
  const previous = lastDayOf(before) >= calendar.knownFrom;
  const next = firstDayOf(after) <= calendar.knownUntil;
  return {
    now,
    month,
    scope: childId === undefined ? 'family' : 'child',
    tabs: children.length > 1 ? [family, ...tabs] : tabs,
    days,
    form: { action: '/reservations/verification', csrf },
    receiptsHref: receiptsPath,
    catchingUp,
    ...(elsewhere ? { elsewhere } : {}),
    ...(gone > 0 ? { notice: goneNotice(gone) } : {}),
    ...(previous ? { previousHref: agendaHref({ childId, month: before }) } : {}),
    ...(next ? { nextHref: agendaHref({ childId, month: after }) } : {}),
  };
}
