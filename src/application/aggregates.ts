import { activity, type Activity, type ActivityEvent } from '../domain/activity/activity.ts';
import { child, type Child, type ChildEvent } from '../domain/child/child.ts';
import { family, type Family, type FamilyEvent } from '../domain/family/family.ts';
import type { DomainEvent } from '../domain/kernel/decider.ts';
import type { ActivityId } from '../domain/kernel/ids.ts';
import type { LocalDate } from '../domain/kernel/localDate.ts';
import { receipt, type Receipt, type ReceiptEvent } from '../domain/receipt/receipt.ts';
import type { ReservationEvent, ReservationRef } from '../domain/reservation/reservationEvents.ts';
import { sessionBook, type SessionBook } from '../domain/reservation/sessionBook.ts';
import type { Aggregate } from './aggregate.ts';
import type { EventDeclaration } from './eventCatalogue.ts';

const v1 = { schemaVersion: 1 };
const ofChild = { schemaVersion: 1, subject: ({ childId }: ReservationRef) => childId };

export const families: Aggregate<Family, FamilyEvent> = {
  category: 'family',
  decider: family,
  opensPersonal: true,
  catalogue: { FamilyRegistered: { schemaVersion: 1, subject: ({ familyId }) => familyId } },
};

export const children: Aggregate<Child, ChildEvent> = {
  category: 'child',
  decider: child,
  opensPersonal: true,
  catalogue: {
    ChildRegistered: { schemaVersion: 1, subject: ({ childId }) => childId },
    ChildLinkedToFamily: v1,
    ChildEnrolled: v1,
  },
};

export const activities: Aggregate<Activity, ActivityEvent> = {
  category: 'activity',
  decider: activity,
  opensPersonal: false,
  catalogue: { ActivityDefined: v1, ActivityTermsChanged: v1 },
};

export const sessionBooks: Aggregate<SessionBook, ReservationEvent> = {
  category: 'reservation',
  decider: sessionBook,
  opensPersonal: false,
  catalogue: {
    ReservationConfirmed: ofChild,
    ReservationSubmitted: ofChild,
    ReservationWaitlisted: ofChild,
    ReservationRefused: ofChild,
    ReservationValidated: v1,
    ReservationPromoted: v1,
    ReservationCancelled: v1,
    ReservationCancelledByTown: v1,
    LateCancellationFreedByTown: v1,
    SessionClosed: v1,
    ReservationUnchanged: v1,
  },
};

export const receipts: Aggregate<Receipt, ReceiptEvent> = {
  category: 'receipt',
  decider: receipt,
  // What comes again is held against what was sent, and what was cut off is finished with it: words included.
  opensPersonal: true,
  catalogue: {
    SubmissionReceived: v1,
    SubmissionNoteReceived: { schemaVersion: 1, subject: ({ childId }) => childId },
    SubmissionTakenUp: v1,
    ReceiptIssued: v1,
  },
};

/** The book of one session: one activity on one day. */
export const sessionId = (activityId: ActivityId, date: LocalDate): string =>
  `${activityId}-${date}`;

/** Every event type that the log may hold, for the one decode path. */
export const declarations: ReadonlyMap<
  string,
  Pick<EventDeclaration<DomainEvent>, 'schemaVersion' | 'upcasts'>
> = new Map(
  [families, children, activities, sessionBooks, receipts].flatMap(({ catalogue }) =>
    Object.entries(catalogue),
  ),
);
