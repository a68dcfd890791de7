import { asId, type ReservationId } from '../../src/domain/kernel/ids.ts';
import type { Instant } from '../../src/domain/kernel/parisTime.ts';
import type { Limit, Session } from '../../src/domain/kernel/sessionTerms.ts';
import type { Cancel } from '../../src/domain/reservation/cancel.ts';
import { cancel } from '../../src/domain/reservation/cancel.ts';
import type {
  Request,
  ReservationEvent,
  ReservationRef,
  Standing,
} from '../../src/domain/reservation/reservationEvents.ts';
import { reserve, type ReserveFacts } from '../../src/domain/reservation/reserve.ts';
import type { SessionBook } from '../../src/domain/reservation/sessionBook.ts';
import { canteen, group } from './activityFacts.ts';
import { childId, day, euros, familyId, paris } from './townFacts.ts';

export const thursday = day('2026-11-19');
/** The canteen on Thursday 19 November 2026: booked and cancelled free until Wednesday 9 h, one place. */
export const lunch: Session = {
  status: 'session',
  activityId: canteen,
  date: thursday,
  ruleVersion: 1,
  limitsVersion: 1,
  startsAt: paris('2026-11-19 12:00'),
  endsAt: paris('2026-11-19 13:30'),
  booking: exclusive('2026-11-18 09:00'),
  cancellation: exclusive('2026-11-18 09:00'),
  promotion: exclusive('2026-11-19 09:00'),
  validation: 'immediate',
  waitingList: true,
  lateGiveBackFree: false,
  groups: [group('tous', 2, 12, 1)],
  priceCents: euros(3.5),
};

export function exclusive(shown: string): Limit {
  return { at: paris(shown), boundary: 'exclusive' };
}

export const session = (changed: Partial<Session> = {}): Session => ({ ...lunch, ...changed });

const ageOf: Readonly<Record<string, number>> = { zoe: 4, yann: 4, xavier: 4 };

export const reservationId = (text: string): ReservationId => asId('reservation', text);

/** A child's place: the reservation, the child and its family go by the child's name. */
export const ref = (name: string, reservation = name): ReservationRef => ({
  reservationId: reservationId(reservation),
  activityId: canteen,
  date: thursday,
  childId: childId(name),
  familyId: familyId(`f-${name}`),
  age: ageOf[name] ?? 8,
});

/** What was asked, on Monday 16 unless told. */
export const asked = (name: string, reservation = name, when = monday): Request => ({
  ...ref(name, reservation),
  ruleVersion: 1,
  priceCents: euros(3.5),
  requestedAt: when,
});

export const monday = paris('2026-11-16 10:00');

export const confirmed = (name: string, reservation = name): ReservationEvent => ({
  type: 'ReservationConfirmed',
  ...asked(name, reservation),
});
export const submitted = (name: string): ReservationEvent => ({
  type: 'ReservationSubmitted',
  ...asked(name),
});
export const waitlisted = (name: string, rank: number): ReservationEvent => ({
  type: 'ReservationWaitlisted',
  rank,
  ...asked(name),
});
export const validated = (name: string, freeUntil?: Instant): ReservationEvent => ({
  type: 'ReservationValidated',
  ...ref(name),
  ...(freeUntil === undefined ? {} : { freeUntil }),
});
export const refused = (name: string, was: Standing, reason: string): ReservationEvent => ({
  type: 'ReservationRefused',
  was,
  ...ref(name),
  personal: { reason },
});
export const promoted = (
  name: string,
  freeUntil: string,
  to: 'confirmed' | 'awaitingValidation' = 'confirmed',
): ReservationEvent => ({
  type: 'ReservationPromoted',
  ...ref(name),
  to,
  freeUntil: paris(freeUntil),
});
export const cancelled = (
  name: string,
  outcome: {
    readonly was?: Standing;
    readonly timing: 'inTime' | 'late';
    readonly billed?: number;
    readonly limit?: string;
    readonly reservation?: string;
    readonly ruleVersion?: number;
    /** What an earlier late cancellation had left due. */
    readonly alreadyDue?: number;
  },
): ReservationEvent => ({
  type: 'ReservationCancelled',
  was: outcome.was ?? 'confirmed',
  ...ref(name, outcome.reservation),
  timing: outcome.timing,
  billedCents: euros(outcome.billed ?? 0),
  limit: paris(outcome.limit ?? '2026-11-18 09:00'),
  ruleVersion: outcome.ruleVersion ?? 1,
  ...(outcome.alreadyDue === undefined ? {} : { alreadyDueCents: euros(outcome.alreadyDue) }),
});
/** Given back when the rules hold no session that day any more: free of charge, and no version of theirs decided. */
export const letGo = (
  name: string,
  limit: string,
  was: Standing = 'confirmed',
): ReservationEvent => ({
  type: 'ReservationCancelled',
  was,
  ...ref(name),
  timing: 'inTime',
  billedCents: euros(0),
  limit: paris(limit),
});
export const cancelledByTown = (name: string, was: Standing = 'confirmed'): ReservationEvent => ({
  type: 'ReservationCancelledByTown',
  was,
  ...ref(name),
});
/** Given back too late, then the town closed the session: nothing is due any more. */
export const freedByTown = (name: string, freed: number, reservation = name): ReservationEvent => ({
  type: 'LateCancellationFreedByTown',
  ...ref(name, reservation),
  freedCents: euros(freed),
});
export const closed = (reason: string): ReservationEvent => ({
  type: 'SessionClosed',
  activityId: canteen,
  date: thursday,
  reason,
});

/** A family asks for a place for its enrolled child, on Monday 16 unless told. */
export const asks =
  (
    name: string,
    {
      at = monday,
      terms = lunch,
      reservation = name,
      child = {},
      erased = false,
      note,
    }: {
      readonly at?: Instant;
      readonly terms?: ReserveFacts['terms'];
      readonly reservation?: string;
      readonly child?: Partial<ReserveFacts['child']>;
      /** The child's data, and so its age, are gone. */
      readonly erased?: boolean;
      readonly note?: string;
    } = {},
  ) =>
  (book: SessionBook) => {
    const who = ref(name, reservation);
    const asking = {
      reservationId: who.reservationId,
      childId: who.childId,
      familyId: who.familyId,
      ...(note === undefined ? {} : { note }),
    };
    return reserve(book, asking, {
      now: at,
      terms,
      child: { inFamily: true, enrolled: true, ...(erased ? {} : { age: who.age }), ...child },
    });
  };

/** A family gives its child's place back, having read what a late cancellation costs unless told. */
export const givesBack =
  (
    name: string,
    {
      at,
      terms = lunch,
      ...rest
    }: { readonly at: Instant; readonly terms?: ReserveFacts['terms'] } & Partial<Cancel>,
  ) =>
  (book: SessionBook) => {
    const { reservationId: id, familyId: family } = ref(name);
    const asking = { reservationId: id, familyId: family, acceptsBilling: true, ...rest };
    return cancel(book, asking, { now: at, terms });
  };
