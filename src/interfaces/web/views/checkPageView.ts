import { isRejection, reject, type Rejection } from '../../../domain/kernel/rejection.ts';
import { chargeFor } from '../../../domain/reservation/owedOnce.ts';
import { isActive } from '../../../domain/reservation/sessionBook.ts';
import { asCents } from '../../../domain/kernel/money.ts';
import { localDateAt, type Instant } from '../../../domain/kernel/parisTime.ts';
import type { AgendaCell, AgendaChild } from '../../../application/reservation/agendaView.ts';
import { expectedBill } from '../../../application/reservation/expectedBill.ts';
import { describeRejection } from '../../rejections.ts';
import type { Fault } from '../components/errorSummary.tsx';
import type {
  CheckedCancellation,
  CheckedReservation,
  CheckView,
  Expectation,
} from '../pages/checkPage.tsx';
import { keptAgendaHref } from './keptAgenda.ts';
import { slotOf } from './slotStates.ts';
import type { TickSets } from './tickCode.ts';
import type { Tick } from './ticks.ts';

/** What a family ticked, as far as it may see it. */
export interface Ticked extends TickSets {
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
      cell.childId === childId && cell.activity.activityId === activityId && cell.date === date,
  );

/** What giving this place back would cost now, in cents. */
export const costOf = (cell: AgendaCell | undefined): number =>
  cell?.cancellation?.billedCents ?? 0;

function expectationOf({ offer, standing, heldByOtherHousehold }: AgendaCell): Expectation {
  if (heldByOtherHousehold) return { kind: 'otherHousehold' };
  if (isRejection(offer)) return { kind: 'refused', reason: describeRejection(offer).detail };
  if (!offer) return { kind: 'already', awaits: standing?.status !== 'confirmed' };
  if (offer.kind === 'waitlisted') return { kind: 'waitingList', probableRank: offer.rank };
  return { kind: offer.kind === 'submitted' ? 'afterValidation' : 'atOnce' };
}

const othersOwn = 'L’autre foyer de l’enfant a réservé ce jour\u00a0: seul lui peut l’annuler.';

function cancellationCost(cell: AgendaCell): CheckedCancellation['cost'] {
  const { cancellation, session, standing, date } = cell;
  const why = (): Rejection => {
    if (!standing || !isActive(standing.status)) return reject('RESERVATION.UNKNOWN');
    return session
      ? reject('RESERVATION.SESSION_STARTED', { startsAt: session.startsAt })
      : reject('RESERVATION.DAY_OVER', { date });
  };
  if (cell.heldByOtherHousehold) return { kind: 'impossible', reason: othersOwn };
  if (!cancellation) return { kind: 'impossible', reason: describeRejection(why()).detail };
  const { billedCents, limit } = cancellation;
  const due = cell.dueCents === undefined ? {} : { dueCents: cell.dueCents };
  return billedCents > 0
    ? { kind: 'billed', billedCents, limit: limit.at, ...due }
    : { kind: 'free', ...due };
}

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
      ...chargeFor(cell.session?.priceCents ?? asCents(0), cell.dueCents),
      expected: expectationOf(cell),
      cost: cancellationCost(cell),
      accepted: ticked.accepted.has(tick.value),
      ...(place === undefined ? {} : { place }),
    };
  };
  // Only what was never a box of this family has no line: another family's child, an unknown activity.
  const seen = (ticks: readonly Tick[]): Tick[] => ticks.filter((tick) => cellOfTick(cells, tick));
  const [book, cancel] = [seen(ticked.book), seen(ticked.cancel)];
  const cellsOf = (ticks: readonly Tick[]) =>
    ticks.flatMap((tick) => cellOfTick(cells, tick) ?? []);
  return {
    reservations: book.flatMap((tick) => described(tick) ?? []),
    cancellations: cancel.flatMap((tick) => described(tick) ?? []),
    bill: expectedBill(cellsOf(book), cellsOf(cancel)),
    form: { action: '/reservations/envoi', csrf, requestId },
    editHref: keptAgendaHref({ book, cancel }, localDateAt(now)),
    faults,
    ...(ticked.note === '' ? {} : { note: ticked.note }),
  };
}
