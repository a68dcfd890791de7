import type { ReservationId } from '../../../domain/kernel/ids.ts';
import type { BookingToDecide } from '../../../application/reservation/validationQueueQuery.ts';
import type { QueuePages, ValidationCase } from '../pages/validationView.ts';
import { openedCaseHref, queueHref, type QueueAddress } from './queueAddress.ts';

/** Bookings drawn at once. */
export const maxListed = 200;

/** Addresses of the cases before and after one in the list. */
export function besideOf(
  reservationId: ReservationId,
  list: readonly BookingToDecide[],
  address: QueueAddress,
): Pick<ValidationCase, 'previousHref' | 'nextHref'> {
  const at = list.findIndex(({ booking }) => booking.reservationId === reservationId);
  if (at < 0) return {};
  const [previous, next] = [list[at - 1], list[at + 1]];
  return {
    ...(previous ? { previousHref: openedCaseHref(previous.booking.reservationId, address) } : {}),
    ...(next ? { nextHref: openedCaseHref(next.booking.reservationId, address) } : {}),
  };
}

/** The pages before and after one of the queue. */
export const pagesOf = (page: number, total: number, address: QueueAddress): QueuePages => ({
  first: (page - 1) * maxListed + 1,
  ...(page > 1 ? { previousHref: queueHref({ ...address, page: page - 1 }) } : {}),
  ...(page * maxListed < total ? { nextHref: queueHref({ ...address, page: page + 1 }) } : {}),
});
