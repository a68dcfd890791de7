import type { Instant } from '../kernel/parisTime.ts';
import { isBefore, type Session } from '../kernel/sessionTerms.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { promotable } from './placement.ts';
import { occupancyOf, waitingIn, type SessionBook } from './sessionBook.ts';

/**
 * Gives every free place to the first who waits in its age group, in order of arrival, until the promotion limit.
 * Who is promoted did not choose the moment: the place may be given back free of charge until the later of the
 * cancellation limit and the promotion limit.
 */
export function promoteWaiting(
  book: SessionBook,
  session: Session,
  now: Instant,
): readonly ReservationEvent[] {
  if (book.status === 'closed' || !isBefore(now, session.promotion)) return [];
  const { cancellation, promotion } = session;
  const freeUntil = cancellation.at > promotion.at ? cancellation.at : promotion.at;
  const to = session.validation === 'staff' ? 'awaitingValidation' : 'confirmed';
  const occupancy = occupancyOf(book);
  return session.groups.flatMap((group) =>
    waitingIn(book, group)
      .slice(0, promotable(occupancy, group))
      .map(({ ref }) => ({ type: 'ReservationPromoted' as const, ...ref, to, freeUntil }) as const),
  );
}
