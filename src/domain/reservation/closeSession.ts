import type { ActivityId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import { reject, type Decision } from '../kernel/rejection.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { isActive, type SessionBook } from './sessionBook.ts';

/**
 * The town closes a session (strike, snow, works): every reservation ends free of charge, in one append.
 * Nothing new when it is closed already. `SESSION.REASON_MISSING`.
 */
export function closeSession(
  book: SessionBook,
  session: { readonly activityId: ActivityId; readonly date: LocalDate },
  reason: string,
): Decision<ReservationEvent> {
  if (book.status === 'closed') return [];
  if (reason.trim() === '') return reject('SESSION.REASON_MISSING');
  const { activityId, date } = session;
  const closed: ReservationEvent = {
    type: 'SessionClosed',
    activityId,
    date,
    reason: reason.trim(),
  };
  const cancelled = [...book.reservations.values()].flatMap(
    ({ ref, status }): ReservationEvent[] =>
      isActive(status) ? [{ type: 'ReservationCancelledByTown', was: status, ...ref }] : [],
  );
  return [closed, ...cancelled];
}
