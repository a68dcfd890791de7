import { isRejection } from '../../../domain/kernel/rejection.ts';
import type { Instant } from '../../../domain/kernel/parisTime.ts';
import type { Limit, Session } from '../../../domain/kernel/sessionTerms.ts';
import type { CancellationTerms } from '../../../domain/reservation/cancel.ts';
import { chargeFor } from '../../../domain/reservation/owedOnce.ts';
import { isActive } from '../../../domain/reservation/sessionBook.ts';
import type { AgendaCell } from '../../../application/reservation/agendaView.ts';
import { noSessionWords } from '../../rejectionMessagesBooking.ts';
import { typeset } from '../../rejectionWords.ts';
import type { Asking, Cancellation, Slot, SlotState } from '../components/slot.ts';

const answers = {
  confirmed: 'atOnce',
  submitted: 'afterValidation',
  waitlisted: 'waitingList',
} as const;

/** A place that can be asked for now; undefined when the rules say no. */
function askingOf({ offer, session, dueCents }: AgendaCell): Asking | undefined {
  if (!session || !offer || isRejection(offer)) return undefined;
  return {
    ...chargeFor(session.priceCents, dueCents),
    until: session.booking,
    answer: answers[offer.kind],
  };
}

const untilStart = ({ startsAt }: Session): Limit => ({ at: startsAt, boundary: 'exclusive' });

/** A place costs nothing to give back until the limit, or until the start when the town lets it go free. */
function cancellationOf(
  terms: CancellationTerms | undefined,
  session: Session | undefined,
  now: Instant,
): Cancellation {
  if (!terms) return { kind: 'over' };
  const { billedCents, limit } = terms;
  if (billedCents > 0) return { kind: 'billed', billedCents, since: limit };
  return { kind: 'free', until: now < limit.at || !session ? limit : untilStart(session) };
}

const withAgain = <S extends SlotState>(state: S, again: Asking | undefined): S =>
  again ? { ...state, again } : state;

function unbookedState(cell: AgendaCell): SlotState {
  const asking = askingOf(cell);
  if (asking) return { kind: 'open', ...asking };
  if (cell.closedBecause !== undefined)
    return { kind: 'cancelledByTown', reason: cell.closedBecause };
  const code = isRejection(cell.offer) ? cell.offer.code : '';
  if (code === 'RESERVATION.FULL') return { kind: 'full' };
  if (code === 'RESERVATION.TOO_LATE' && cell.session)
    return { kind: 'tooLate', since: cell.session.booking };
  return { kind: 'notFor', because: code === 'RESERVATION.CHILD_ERASED' ? 'erased' : 'age' };
}

/** Where a child stands in one session, as the agenda says it. */
export function slotStateOf(cell: AgendaCell, now: Instant): SlotState {
  const { dueCents } = cell;
  return dueCents === undefined ? stateOf(cell, now) : { ...stateOf(cell, now), dueCents };
}

function stateOf(cell: AgendaCell, now: Instant): SlotState {
  const { standing, session, gone, heldByOtherHousehold } = cell;
  if (heldByOtherHousehold)
    return { kind: 'otherHousehold', awaits: heldByOtherHousehold !== 'confirmed' };
  if (!standing) return unbookedState(cell);
  const cancellation = cancellationOf(cell.cancellation, session, now);
  if (gone && isActive(standing.status))
    return { kind: 'gone', reason: typeset(noSessionWords(gone.values)), cancellation };
  switch (standing.status) {
    case 'confirmed':
      return { kind: 'held', cancellation };
    case 'awaitingValidation':
      return { kind: 'awaiting', cancellation };
    case 'waitlisted':
      return {
        kind: 'waitlisted',
        cancellation,
        ...(standing.rank === undefined ? {} : { rank: standing.rank }),
      };
    case 'refused':
      return withAgain({ kind: 'refused', reason: standing.refusal ?? '' }, askingOf(cell));
    case 'cancelled': {
      const billedCents = cell.dueCents ?? standing.cancelled?.billedCents;
      if (billedCents) return withAgain({ kind: 'cancelledLate', billedCents }, askingOf(cell));
      return withAgain({ kind: 'cancelledInTime' }, askingOf(cell));
    }
    case 'cancelledByTown':
      return { kind: 'cancelledByTown', reason: cell.closedBecause ?? '' };
  }
}

/** Activities of the school itself need no place; the others say where they are. */
const placeOf = ({ kind, facility }: AgendaCell['activity']): string | undefined =>
  kind === 'wednesday' || kind === 'holidays' ? facility.name : undefined;

export const slotOf = (cell: AgendaCell, now: Instant): Slot => {
  const { childId, activity, date } = cell;
  const place = placeOf(activity);
  return {
    childId,
    activityId: activity.activityId,
    date,
    label: activity.name,
    kind: activity.kind,
    state: slotStateOf(cell, now),
    ...(place === undefined ? {} : { place }),
  };
};
