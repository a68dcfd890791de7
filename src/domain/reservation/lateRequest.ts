import type { ActivityId, ChildId, FamilyId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { isRejection, type Decision } from '../kernel/rejection.ts';
import type { SessionTerms } from '../kernel/sessionTerms.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import type { SessionBook } from './sessionBook.ts';

/** What held when a request came that was cut off, and is decided later: its own limits are judged by it. */
export interface AskedThen {
  readonly at: Instant;
  readonly terms: SessionTerms;
}

/** Whose day a request is about. */
export interface AskedPlace {
  readonly act: 'reserve' | 'cancel';
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  readonly childId: ChildId;
  readonly familyId: FamilyId;
}

/**
 * Whether a place of this child was asked for by this family, or ended (given back, refused), after an instant: what
 * it had asked before is then overtaken.
 */
export const changedSince = (
  book: SessionBook,
  { childId, familyId }: Pick<AskedPlace, 'childId' | 'familyId'>,
  instant: Instant,
): boolean =>
  book.reservations.some(
    ({ ref, requestedAt, endedAt = requestedAt }) =>
      ref.childId === childId &&
      ref.familyId === familyId &&
      (requestedAt > instant || endedAt > instant),
  );

/**
 * A decision about a request that was cut off, with a trace in the book also where it changes nothing: who else still
 * has the same request in hand finds it there, and can't decide otherwise.
 */
export function withTrace(
  decision: Decision<ReservationEvent>,
  asked: AskedPlace,
): readonly ReservationEvent[] {
  if (isRejection(decision)) {
    const { code, values } = decision;
    return [{ type: 'ReservationUnchanged', ...asked, refused: { code, values } }];
  }
  return decision.length > 0 ? decision : [{ type: 'ReservationUnchanged', ...asked }];
}
