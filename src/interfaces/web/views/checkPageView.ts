import { isRejection, reject } from '../../../domain/kernel/rejection.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type { AgendaCell, AgendaChild } from '../../../application/reservation/agendaView.ts';
import { describeRejection } from '../../rejections.ts';
import type { Fault } from '../components/errorSummary.tsx';
import { CANCEL_FIELD, RESERVE_FIELD } from '../components/slot.ts';
import type {
  CheckedCancellation,
  CheckedReservation,
  CheckView,
  Expectation,
} from '../pages/checkPage.tsx';
import { WHOLE_FAMILY } from './agendaPageView.ts';
import { slotOf } from './slotStates.ts';
import type { Tick } from './ticks.ts';

/** What a family ticked, as far as it may see it. */
export interface Ticked {
  readonly book: readonly Tick[];
  readonly cancel: readonly Tick[];
  /** Late cancellations that the person has accepted to be billed. */
  readonly accepted: ReadonlySet<string>;
  readonly note: string;
}

export interface CheckPageOptions {
  readonly csrf: string;
  readonly requestId: string;
  readonly faults: readonly Fault[];
}

export const cellOfTick = (
  cells: readonly AgendaCell[],
  { childId, activityId, date }: Tick,
): AgendaCell | undefined =>
  cells.find(
    (cell) =>
      cell.childId === childId &&
      cell.activity.activityId === activityId &&
      cell.session.date === date,
  );

/** What giving this place back would cost now, in cents. */
export const costOf = (cell: AgendaCell | undefined): number =>
  cell?.cancellation?.billedCents ?? 0;

function expectationOf({ offer, standing }: AgendaCell): Expectation {
  if (isRejection(offer)) return { kind: 'refused', reason: describeRejection(offer).detail };
  if (!offer) return { kind: 'already', awaits: standing?.status !== 'confirmed' };
  if (offer.kind === 'waitlisted') return { kind: 'waitingList', probableRank: offer.rank };
  return { kind: offer.kind === 'submitted' ? 'afterValidation' : 'atOnce' };
}

function cancellationCost(cell: AgendaCell): CheckedCancellation['cost'] {
  const { cancellation, session } = cell;
  if (!cancellation) {
    const over = reject('RESERVATION.SESSION_STARTED', { startsAt: session.startsAt });
    return { kind: 'impossible', reason: describeRejection(over).detail };
  }
  const { billedCents, limit } = cancellation;
  return billedCents > 0 ? { kind: 'billed', billedCents, limit: limit.at } : { kind: 'free' };
}

const editHref = ({ book, cancel }: Ticked): string => {
  const query = new URLSearchParams();
  const first = [...book, ...cancel].map(({ date }) => date).sort()[0];
  const children = new Set([...book, ...cancel].map(({ childId }) => childId));
  if (first) query.set('mois', first.slice(0, 7));
  const [only] = children;
  query.set('enfant', only && children.size === 1 ? only : WHOLE_FAMILY);
  for (const { value } of book) query.append(RESERVE_FIELD, value);
  for (const { value } of cancel) query.append(CANCEL_FIELD, value);
  return `/reservations?${query.toString()}`;
};

/** The check page: each day ticked, its price, what to expect, what must be accepted. */
export function checkPageView(
  ticked: Ticked,
  cells: readonly AgendaCell[],
  children: readonly AgendaChild[],
  now: Instant,
  { csrf, requestId, faults }: CheckPageOptions,
): CheckView {
  const described = (tick: Tick): (CheckedReservation & CheckedCancellation) | undefined => {
    const cell = cellOfTick(cells, tick);
    if (!cell) return undefined;
    const child = children.find(({ childId }) => childId === tick.childId);
    const { label, kind, place } = slotOf(cell, now);
    return {
      value: tick.value,
      childName: child?.firstName ?? '',
      date: tick.date,
      label,
      kind,
      priceCents: cell.session.priceCents,
      expected: expectationOf(cell),
      cost: cancellationCost(cell),
      accepted: ticked.accepted.has(tick.value),
      ...(place === undefined ? {} : { place }),
    };
  };
  return {
    reservations: ticked.book.flatMap((tick) => described(tick) ?? []),
    cancellations: ticked.cancel.flatMap((tick) => described(tick) ?? []),
    form: { action: '/reservations/envoi', csrf, requestId },
    editHref: editHref(ticked),
    faults,
    ...(ticked.note === '' ? {} : { note: ticked.note }),
  };
}
