import { asCents } from '../../domain/kernel/money.ts';
import type { ChildId } from '../../domain/kernel/ids.ts';
import type { AgeGroup } from '../../domain/kernel/sessionTerms.ts';
import type { Outcome } from '../../domain/receipt/receipt.ts';
import type { ReservationEvent } from '../../domain/reservation/reservationEvents.ts';
import {
  lastReservationOf,
  rankOf,
  type SessionBook,
} from '../../domain/reservation/sessionBook.ts';

/** What the events of a command mean for the child who asked; undefined when none concerns it. */
export function outcomeOfEvents(
  events: readonly ReservationEvent[],
  childId: ChildId,
): Outcome | undefined {
  for (const event of events) {
    if (event.type === 'SessionClosed' || event.childId !== childId) continue;
    const { reservationId } = event;
    switch (event.type) {
      case 'ReservationConfirmed':
        return { outcome: 'accepted', reservationId, priceCents: event.priceCents };
      case 'ReservationSubmitted':
        return { outcome: 'awaitingValidation', reservationId, priceCents: event.priceCents };
      case 'ReservationWaitlisted': {
        const { rank, priceCents } = event;
        return { outcome: 'waitlisted', reservationId, rank, priceCents };
      }
      case 'ReservationCancelled': {
        const { timing, billedCents, limit } = event;
        return { outcome: 'cancelled', reservationId, timing, billedCents, limit };
      }
      case 'ReservationCancelledByTown':
        return { outcome: 'cancelled', reservationId, timing: 'inTime', billedCents: asCents(0) };
      default:
        continue;
    }
  }
  return undefined;
}

/** Where a child's place stands, when the command had nothing to change. */
export function standingOutcome(
  book: SessionBook,
  groups: readonly AgeGroup[],
  childId: ChildId,
): Outcome {
  const standing = lastReservationOf(book, childId);
  if (!standing) return { outcome: 'refused', code: 'RESERVATION.UNKNOWN', values: {} };
  const { ref, status, priceCents } = standing;
  const { reservationId } = ref;
  switch (status) {
    case 'confirmed':
      return { outcome: 'accepted', reservationId, priceCents };
    case 'awaitingValidation':
      return { outcome: 'awaitingValidation', reservationId, priceCents };
    case 'waitlisted': {
      const rank = rankOf(book, groups, standing);
      return { outcome: 'waitlisted', reservationId, rank, priceCents };
    }
    case 'cancelled': {
      const { timing, billedCents, limit } = standing;
      return { outcome: 'cancelled', reservationId, timing, billedCents, limit };
    }
    case 'cancelledByTown':
      return { outcome: 'cancelled', reservationId, timing: 'inTime', billedCents: asCents(0) };
    case 'refused':
      return { outcome: 'refused', code: 'RESERVATION.NOT_AWAITING', values: { status } };
  }
}
