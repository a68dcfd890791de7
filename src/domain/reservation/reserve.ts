import { assertNever } from '../kernel/decider.ts';
import type { ChildId, FamilyId, ReservationId } from '../kernel/ids.ts';
import { localDateAt, type Instant } from '../kernel/parisTime.ts';
import {
  firstRejection,
  isRejection,
  reject,
  type Decision,
  type Policy,
} from '../kernel/rejection.ts';
import type { Session, SessionTerms } from '../kernel/sessionTerms.ts';
import { changedSince, type AskedThen } from './lateRequest.ts';
import { chargeFor, dueOf } from './owedOnce.ts';
import { placementFor, underRules } from './placement.ts';
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
  /** Where the request was cut off, and is decided only now. */
  readonly asked?: AskedThen | undefined;
  readonly child: {
    /** The child belongs to the family that books. */
    readonly inFamily: boolean;
    readonly enrolled: boolean;
    /** Whole years on the day of the session; absent once the child's data has been erased. */
    readonly age?: number;
  };
}

const childPolicies: readonly Policy<Pick<ReserveFacts, 'child'> & { session: Session }>[] = [
  // No rule of the activity decides this one: it names none.
  ({ child }) => (child.inFamily ? undefined : reject('RESERVATION.NOT_YOUR_CHILD')),
  ({ child, session }) =>
    child.enrolled ? undefined : underRules(session, reject('RESERVATION.NOT_ENROLLED')),
];

/**
 * What judges a request: who was in time stays so, however late it is decided. But no place is taken on a day that has
 * come.
 */
const judgedBy = ({ now, terms, asked }: ReserveFacts): AskedThen =>
  asked && terms.status === 'session' && terms.date > localDateAt(now) ? asked : { at: now, terms };

/**
 * Books a place for a child: accepted, submitted to staff, or on the waiting list. Nothing new when the child already
 * holds or awaits a place, nor when the request was cut off and its family has changed that day since. After a late
 * cancellation the family takes over what that left due, and pays the session once. Rejections, with the rules that
 * decided: `RESERVATION.NO_SESSION`, `.NOT_YOUR_CHILD`, `.NOT_ENROLLED`, `.CHILD_ERASED`, `.AGE`, `.SESSION_CLOSED`,
 * `.TOO_LATE`, `.FULL`. Source: families' guide, « Inscrire mon enfant ».
 */
export function reserve(
  book: SessionBook,
  { reservationId, childId, familyId, note }: Reserve,
  facts: ReserveFacts,
): Decision<ReservationEvent> {
  const { at, terms: session } = judgedBy(facts);
  if (session.status === 'noSession') return noSession(session);
  const { asked } = facts;
  if (facts.child.inFamily && activeReservationOf(book, childId)) return [];
  if (asked && changedSince(book, { childId, familyId }, asked.at)) return [];
  const refused = firstRejection(childPolicies, { child: facts.child, session });
  if (refused) return refused;
  const { age } = facts.child;
  if (age === undefined) return underRules(session, reject('RESERVATION.CHILD_ERASED'));
  const placement = placementFor(session, occupancyOf(book), age, at);
  if (isRejection(placement)) return placement;

  const request = {
    reservationId,
    activityId: session.activityId,
    date: session.date,
    childId,
    familyId,
    age,
    ruleVersion: session.ruleVersion,
    ...chargeFor(session.priceCents, dueOf(book.dues, { childId, familyId })),
    requestedAt: asked?.at ?? facts.now,
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
