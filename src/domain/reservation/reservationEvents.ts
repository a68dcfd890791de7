import type { ActivityId, ChildId, FamilyId, ReservationId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/localDate.ts';
import type { Cents } from '../kernel/money.ts';
import type { Instant } from '../kernel/parisTime.ts';
import type { Personal } from '../kernel/personal.ts';
import type { RejectionValues } from '../kernel/rejection.ts';

/** Whose place, in which session: on every event of a reservation, so that each can be read alone. */
export interface ReservationRef {
  readonly reservationId: ReservationId;
  readonly activityId: ActivityId;
  readonly date: LocalDate;
  readonly childId: ChildId;
  /** The household that booked, and will be invoiced. */
  readonly familyId: FamilyId;
  /** Whole years on the day of the session: places are counted by age group. */
  readonly age: number;
}

/** Where a reservation stood before it ended: it held a place, or waited for one. */
export type Standing = 'confirmed' | 'awaitingValidation' | 'waitlisted';

/** What was asked, and the rules that decided. */
export interface Request extends ReservationRef {
  readonly ruleVersion: number;
  /** What the place costs, beyond what is due already. */
  readonly priceCents: Cents;
  /** Taken over: due already for that session, since the child's place was given back too late. */
  readonly alreadyDueCents?: Cents;
  readonly requestedAt: Instant;
  /** A word from the family to the team. */
  readonly personal?: Personal<{ readonly note: string }>;
}

export type ReservationEvent =
  /** Accepted at once. */
  | ({ readonly type: 'ReservationConfirmed' } & Request)
  /** Holds a place until staff decide. */
  | ({ readonly type: 'ReservationSubmitted' } & Request)
  | ({ readonly type: 'ReservationWaitlisted'; readonly rank: number } & Request)
  /** Accepted by staff; after the limit, it may be given back free of charge until `freeUntil`. */
  | ({ readonly type: 'ReservationValidated'; readonly freeUntil?: Instant } & ReservationRef)
  | ({
      readonly type: 'ReservationRefused';
      readonly was: Standing;
      /** The sentence that the family will read. */
      readonly personal: Personal<{ readonly reason: string }>;
    } & ReservationRef)
  /** A freed place goes to the first who waits; it may be given back free of charge until `freeUntil`. */
  | ({
      readonly type: 'ReservationPromoted';
      readonly to: 'confirmed' | 'awaitingValidation';
      readonly freeUntil: Instant;
    } & ReservationRef)
  | ({
      readonly type: 'ReservationCancelled';
      readonly was: Standing;
      readonly timing: 'inTime' | 'late';
      /** What it leaves due: 0 in time, or when somebody who waited takes the place. */
      readonly billedCents: Cents;
      /** What an earlier late cancellation had left due: it stays so, and nothing comes twice. */
      readonly alreadyDueCents?: Cents;
      /** The limit that decided. */
      readonly limit: Instant;
      /** Version of the rules that set it; absent when they held no session that day any more. */
      readonly ruleVersion?: number;
      /** When the family asked for it, where it was cut off and decided later; else the event's own instant. */
      readonly requestedAt?: Instant;
    } & ReservationRef)
  /** The town cancelled the session: free of charge. */
  | ({ readonly type: 'ReservationCancelledByTown'; readonly was: Standing } & ReservationRef)
  /** The town cancelled a session after a place was given back too late: what that had left due is due no more. */
  | ({
      readonly type: 'LateCancellationFreedByTown';
      readonly freedCents: Cents;
    } & ReservationRef)
  | {
      readonly type: 'SessionClosed';
      readonly activityId: ActivityId;
      readonly date: LocalDate;
      /** Public: what families read (« Grève »). Names nobody. */
      readonly reason: string;
    }
  /**
   * A request that was cut off and taken up again changed nothing: it was refused, or what stood stands. Kept, so that
   * no other process that still has it in hand decides otherwise.
   */
  | {
      readonly type: 'ReservationUnchanged';
      readonly act: 'reserve' | 'cancel';
      readonly activityId: ActivityId;
      readonly date: LocalDate;
      readonly childId: ChildId;
      readonly familyId: FamilyId;
      readonly refused?: { readonly code: string; readonly values: RejectionValues };
    };

/** What concerns one reservation. */
export type OfReservation = Extract<ReservationEvent, ReservationRef>;
