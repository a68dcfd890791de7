import type { ChildId, FamilyId, ReservationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/parisTime.ts';
import { firstRejection, reject, type Decision, type Policy } from '../kernel/rejection.ts';
import { isBefore, type Session, type SessionTerms } from '../kernel/sessionTerms.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import {
  activeReservationOf,
  groupOf,
  placesLeft,
  waitingIn,
  type SessionBook,
} from './sessionBook.ts';

export interface Reserve {
  readonly reservationId: ReservationId;
  readonly childId: ChildId;
  readonly familyId: FamilyId;
  readonly note?: string;
}

/** What the book must be told to decide: rules, child, instant. */
export interface ReserveFacts {
  readonly now: Instant;
  readonly terms: SessionTerms;
  readonly child: {
    /** The child belongs to the family that books. */
    readonly inFamily: boolean;
    readonly enrolled: boolean;
    /** Whole years on the day of the session; absent once the child's data has been erased. */
    readonly age?: number;
  };
}

type OpenFacts = ReserveFacts & { readonly book: SessionBook; readonly session: Session };

const bookingPolicies: readonly Policy<OpenFacts>[] = [
  ({ child }) => (child.inFamily ? undefined : reject('RESERVATION.NOT_YOUR_CHILD')),
  ({ child }) => (child.enrolled ? undefined : reject('RESERVATION.NOT_ENROLLED')),
  ({ book }) =>
    book.status === 'closed'
      ? reject('RESERVATION.SESSION_CLOSED', { reason: book.closedBecause ?? '' })
      : undefined,
  ({ now, session }) =>
    isBefore(now, session.booking)
      ? undefined
      : reject('RESERVATION.TOO_LATE', {
          limit: session.booking.at,
          ruleVersion: session.ruleVersion,
        }),
];

/**
 * Books a place for a child: accepted, submitted to staff, or on the waiting list. Nothing new when the child already
 * holds or awaits a place. Rejections: `RESERVATION.NO_SESSION`, `.NOT_YOUR_CHILD`, `.NOT_ENROLLED`, `.CHILD_ERASED`,
 * `.AGE`, `.SESSION_CLOSED`, `.TOO_LATE`, `.FULL`. Source: families' guide, « Inscrire mon enfant ».
 */
export function reserve(
  book: SessionBook,
  { reservationId, childId, familyId, note }: Reserve,
  facts: ReserveFacts,
): Decision<ReservationEvent> {
  const session = facts.terms;
  if (session.status === 'noSession')
    return reject('RESERVATION.NO_SESSION', { reason: session.reason, name: session.name ?? '' });
  const active = activeReservationOf(book, childId);
  if (active && facts.child.inFamily) return [];

  const refused = firstRejection(bookingPolicies, { ...facts, book, session });
  if (refused) return refused;
  const { age } = facts.child;
  if (age === undefined) return reject('RESERVATION.CHILD_ERASED');
  const group = groupOf(session.groups, age);
  if (!group) return reject('RESERVATION.AGE', { age });

  const queue = waitingIn(book, group).length;
  const full = queue > 0 || placesLeft(book, group) <= 0;
  if (full && !session.waitingList) return reject('RESERVATION.FULL');
  const request = {
    reservationId,
    activityId: session.activityId,
    date: session.date,
    childId,
    familyId,
    age,
    ruleVersion: session.ruleVersion,
    priceCents: session.priceCents,
    requestedAt: facts.now,
    ...(note === undefined ? {} : { personal: { note } }),
  };
  if (full) return [{ type: 'ReservationWaitlisted', rank: queue + 1, ...request }];
  const immediate = session.validation === 'immediate';
  return [{ type: immediate ? 'ReservationConfirmed' : 'ReservationSubmitted', ...request }];
}
