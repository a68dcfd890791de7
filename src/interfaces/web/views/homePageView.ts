import { addDays, monthOf } from '../../../domain/kernel/localDate.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import { isRejection } from '../../../domain/kernel/rejection.ts';
import type {
  AgendaCell,
  AgendaChild,
  AgendaView,
} from '../../../application/reservation/agendaView.ts';
import type { HomeLine, HomeView } from '../pages/homePage.tsx';
import { agendaHref } from './agendaPageView.ts';
import { receiptsPath } from './receiptsPageView.ts';
import { slotOf } from './slotStates.ts';

/** Days ahead that the home page looks. */
const horizon = 14;
/** Lines shown per child: the agenda has the rest. */
const maxComing = 6;

const lineOf = (cell: AgendaCell, now: Instant): HomeLine => {
  const { label, kind, state, place } = slotOf(cell, now);
  const { childId, activity, date } = cell;
  return {
    key: `${childId}|${activity.activityId}|${date}`,
    date,
    label,
    kind,
    state,
    ...(place === undefined ? {} : { place }),
  };
};

/** The months that the home page needs: this one, and the next when the fortnight reaches it. */
export const homeMonths = (today: AgendaView['today']): AgendaView['month'][] => [
  ...new Set([monthOf(today), monthOf(addDays(today, horizon))]),
];

/** The child will be there, whichever household booked. */
const isComing = ({ standing, heldByOtherHousehold }: AgendaCell): boolean =>
  (standing?.status ?? heldByOtherHousehold) === 'confirmed';

export interface HomeFacts {
  readonly firstName: string;
  readonly children: readonly AgendaChild[];
  readonly months: readonly AgendaView[];
  /** Of the whole family, whatever the month. */
  readonly pendingCells: readonly AgendaCell[];
}

/** A guardian's first page: what is coming, what awaits an answer. */
export function homePageView(facts: HomeFacts, now: Instant, today: AgendaView['today']): HomeView {
  const { firstName, children, months, pendingCells } = facts;
  const until = addDays(today, horizon);
  const cells = months.flatMap(({ days }) => days.flatMap((day) => day.cells));
  const near = cells.filter(
    ({ date, session }) => today <= date && date < until && (!session || now < session.endsAt),
  );
  const namedLines = (status: string) =>
    pendingCells
      .filter(({ standing }) => standing?.status === status)
      .map((cell) => ({
        ...lineOf(cell, now),
        childName: children.find(({ childId }) => childId === cell.childId)?.firstName ?? '',
      }));
  const [next] = near
    .flatMap(({ session, offer }) => (session && offer && !isRejection(offer) ? [session] : []))
    .sort((a, b) => (a.booking.at < b.booking.at ? -1 : 1));
  return {
    now,
    firstName,
    agendaHref: agendaHref({ month: monthOf(today) }),
    receiptsHref: receiptsPath,
    children: children.map(({ childId, firstName: name, schoolClass }) => ({
      name,
      agendaHref: agendaHref({ month: monthOf(today), childId }),
      coming: near
        .filter((cell) => cell.childId === childId && isComing(cell))
        .slice(0, maxComing)
        .map((cell) => lineOf(cell, now)),
      ...(schoolClass === undefined ? {} : { detail: schoolClass }),
    })),
    awaiting: namedLines('awaitingValidation'),
    waiting: namedLines('waitlisted'),
    ...(next ? { nextLimit: { at: next.booking.at, date: next.date } } : {}),
  };
}
