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
import { slotValue } from '../components/slot.ts';
import type * as page from '../pages/agendaView.ts';
import { slotOf } from './slotStates.ts';

/** In the address of an agenda: every child of the family. */
export const WHOLE_FAMILY = 'tous';

export interface AgendaAddress {
  /** The whole family when absent. */
  readonly childId?: ChildId | undefined;
  readonly month: YearMonth;
}

/** `/reservations?mois=2026-11&enfant=…` */
export const agendaHref = ({ childId, month }: AgendaAddress): string =>
  `/reservations?${new URLSearchParams({ mois: month, enfant: childId ?? WHOLE_FAMILY }).toString()}`;

export interface AgendaPageOptions {
  readonly childId: ChildId | undefined;
  readonly csrf: string;
  /** Values of the boxes ticked already. */
  readonly ticked: ReadonlySet<string>;
  readonly calendar: Pick<TownCalendar, 'knownFrom' | 'knownUntil'>;
  readonly catchingUp: boolean;
}

/** The strongest reason comes first: a public holiday within school holidays is a public holiday. */
const closedBy = (notes: readonly DayNote[]): page.ClosedDay | undefined =>
  notes[0] && { reason: notes[0].kind, name: notes[0].name };

function dayOf(
  day: AgendaDay,
  view: AgendaView,
  ticked: ReadonlySet<string>,
): page.AgendaDay | undefined {
  const { date, notes, cells } = day;
  // Of the past, only what stood is worth showing.
  const worth = cells.filter(({ standing }) => date >= view.today || standing !== undefined);
  const children = view.children.flatMap(({ childId, firstName: name }) => {
    const slots = worth
      .filter((cell) => cell.childId === childId)
      .map((cell) => {
        const slot = slotOf(cell, view.now);
        return ticked.has(slotValue(slot)) ? { ...slot, ticked: true } : slot;
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
  const { childId, ticked, calendar, catchingUp, csrf } = options;
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
    days: view.days.flatMap((day) => dayOf(day, view, ticked) ?? []),
    form: { action: '/reservations/verification', csrf },
    catchingUp,
    ...(previous ? { previousHref: agendaHref({ childId, month: before }) } : {}),
    ...(next ? { nextHref: agendaHref({ childId, month: after }) } : {}),
  };
}
