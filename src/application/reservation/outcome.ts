import { asCents, type Cents } from '../../domain/kernel/money.ts';
import type { ChildId, FamilyId } from '../../domain/kernel/ids.ts';
import type { AgeGroup } from '../../domain/kernel/sessionTerms.ts';
import type { Outcome } from '../../domain/receipt/receipt.ts';
import type { Request, ReservationEvent } from '../../domain/reservation/reservationEvents.ts';
import {
  lastReservationOf,
  rankOf,
  type SessionBook,
} from '../../domain/reservation/sessionBook.ts';

const due = ({ alreadyDueCents }: { readonly alreadyDueCents?: Cents }) =>
  alreadyDueCents === undefined ? {} : { alreadyDueCents };

const decidedBy = (asked: Pick<Request, 'priceCents' | 'alreadyDueCents' | 'ruleVersion'>) => {
  const { priceCents, ruleVersion } = asked;
  return { priceCents, ...due(asked), ruleVersion };
};

type Ended = Pick<
  Extract<Outcome, { outcome: 'cancelled' }>,
  'reservationId' | 'timing' | 'billedCents' | 'alreadyDueCents' | 'limit'
>;

/** A place given back, with the version of the rules that set the limit. */
const cancelled = (ended: Ended, ruleVersion: number | undefined): Outcome => {
  const { reservationId, timing, billedCents, limit } = ended;
  return {
    outcome: 'cancelled',
    reservationId,
    timing,
    billedCents,
    ...due(ended),
    ...(limit === undefined ? {} : { limit }),
    ...(ruleVersion === undefined ? {} : { ruleVersion }),
  };
};

/** What the events of a command mean for the child who asked; undefined when none concerns it. */
export function outcomeOfEvents(
  events: readonly ReservationEvent[],
  childId: ChildId,
): Outcome | undefined {
  for (const event of events) {
    if (event.type === 'SessionClosed' || event.childId !== childId) continue;
    if (event.type === 'ReservationUnchanged') {
      if (event.refused) return { outcome: 'refused', ...event.refused };
      continue;
    }
    const { reservationId } = event;
    switch (event.type) {
      case 'ReservationConfirmed':
        return { outcome: 'accepted', reservationId, ...decidedBy(event) };
      case 'ReservationSubmitted':
        return { outcome: 'awaitingValidation', reservationId, ...decidedBy(event) };
      case 'ReservationWaitlisted': {
        const { rank } = event;
        return { outcome: 'waitlisted', reservationId, rank, ...decidedBy(event) };
      }
      case 'ReservationCancelled':
        return cancelled(event, event.ruleVersion);
      case 'ReservationCancelledByTown':
        return { outcome: 'cancelled', reservationId, timing: 'inTime', billedCents: asCents(0) };
      default:
        continue;
    }
  }
  return undefined;
}

/** Where a child's place stands for its family, when the command had nothing to change. */
export function standingOutcome(
  book: SessionBook,
  groups: readonly AgeGroup[],
  childId: ChildId,
  familyId: FamilyId,
): Outcome {
  const standing = lastReservationOf(book, childId);
  if (!standing) return { outcome: 'refused', code: 'RESERVATION.UNKNOWN', values: {} };
  const { ref, status } = standing;
  if (ref.familyId !== familyId) return { outcome: 'heldByOtherHousehold' };
  const { reservationId } = ref;
  const asked = { reservationId, ...decidedBy(standing) };
  switch (status) {
    case 'confirmed':
      return { outcome: 'accepted', ...asked };
    case 'awaitingValidation':
      return { outcome: 'awaitingValidation', ...asked };
    case 'waitlisted': {
      const rank = rankOf(book, groups, standing);
      return { outcome: 'waitlisted', ...asked, ...(rank === undefined ? {} : { rank }) };
    }
    case 'cancelled':
      return cancelled({ reservationId, ...standing }, standing.limitsVersion);
    case 'cancelledByTown':
      return { outcome: 'cancelled', reservationId, timing: 'inTime', billedCents: asCents(0) };
    case 'refused':
      return {
        outcome: 'refused',
        code: 'RESERVATION.NOT_AWAITING',
        values: { status, ruleVersion: standing.ruleVersion },
      };
  }
}
