import { assertNever } from '../kernel/decider.ts';
import type { ChildId, FamilyId, ReservationId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/parisTime.ts';
import {
  firstRejection,
  isRejection,
  reject,
  type Decision,
  type Policy,
} from '../kernel/rejection.ts';
import type { SessionTerms } from '../kernel/sessionTerms.ts';
import { placementFor } from './placement.ts';
import type { ReservationEvent } from './reservationEvents.ts';
import { activeReservationOf, occupancyOf, type SessionBook } from './sessionBook.ts';
import { noSession } from './whyNoPlace.ts';

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

const childPolicies: readonly Policy<ReserveFacts>[] = [
  ({ child }) => (child.inFamily ? undefined : reject('RESERVATION.NOT_YOUR_CHILD')),
  ({ child }) => (child.enrolled ? undefined : reject('RESERVATION.NOT_ENROLLED')),
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
  if (session.status === 'noSession') return noSession(session);
  if (facts.child.inFamily && activeReservationOf(book, childId)) return [];
  const refused = firstRejection(childPolicies, facts);
  if (refused) return refused;
  const { age } = facts.child;
  if (age === undefined) return reject('RESERVATION.CHILD_ERASED');
  const placement = placementFor(session, occupancyOf(book), age, facts.now);
  if (isRejection(placement)) return placement;

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
  switch (placement.kind) {
    case 'confirmed':
      return [{ type: 'ReservationConfirmed', ...request }];
    case 'submitted':
      return [{ type: 'ReservationSubmitted', ...request }];
    case 'waitlisted':
      return [{ type: 'ReservationWaitlisted', rank: placement.rank, ...request }];
    default:
      return assertNever(placement);
  }
}
