import type { ActivityId, ChildId, FamilyId, ReservationId } from '../../domain/kernel/ids.ts';
import type { LocalDate } from '../../domain/kernel/localDate.ts';
import type { Cents } from '../../domain/kernel/money.ts';
import type { Instant } from '../../domain/kernel/parisTime.ts';
import type { OfReservation } from '../../domain/reservation/reservationEvents.ts';
import type { Sealed } from '../eventCatalogue.ts';
import type { Projection } from './projection.ts';

/** A booking on which staff must decide, or that waits behind it. */
export interface QueuedBooking {
  readonly reservationId: ReservationId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  readonly childId: ChildId;
  readonly familyId: FamilyId;
  readonly age: number;
  readonly status: 'awaitingValidation' | 'waitlisted';
  readonly requestedAt: Instant;
  readonly priceCents: Cents;
  /** `{ note }`, sealed. */
  readonly note?: Sealed;
}

/**
 * Bookings that await staff, a document each, gone once decided. The soonest session comes first. A store keeps the
 * position of each one gone, so that an interrupted batch written again doesn't bring it back to the queue; it has no
 * field, so every query names one (`status`, `familyId`) and its index passes over those that are gone.
 */
export const validationQueue: Projection<QueuedBooking, OfReservation> = {
  name: 'validation_queue',
  version: 1,
  indexes: ['status', 'date', 'familyId', 'activityId'],
  handles: [
    'ReservationSubmitted',
    'ReservationWaitlisted',
    'ReservationPromoted',
    'ReservationValidated',
    'ReservationRefused',
    'ReservationCancelled',
    'ReservationCancelledByTown',
  ],
  route: ({ reservationId }) => [reservationId],
  apply(queued, event) {
    switch (event.type) {
      case 'ReservationSubmitted':
      case 'ReservationWaitlisted': {
        const { reservationId, activityId, date, childId, familyId, age } = event;
        const { requestedAt, priceCents, personal } = event;
        const status = event.type === 'ReservationSubmitted' ? 'awaitingValidation' : 'waitlisted';
        const ref = { reservationId, activityId, date, childId, familyId, age };
        const booking = { ...ref, status, requestedAt, priceCents } as const;
        return personal === undefined ? booking : { ...booking, note: personal };
      }
      case 'ReservationPromoted':
        return queued && event.to === 'awaitingValidation'
          ? { ...queued, status: 'awaitingValidation' }
          : undefined;
      default:
        return undefined;
    }
  },
};
