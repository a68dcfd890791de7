import fc from 'fast-check';
import { instantOf, type Instant } from '../../src/domain/kernel/parisTime.ts';
import type { Decision } from '../../src/domain/kernel/rejection.ts';
import {
  laterLimit,
  type AgeGroup,
  type Limit,
  type Session,
} from '../../src/domain/kernel/sessionTerms.ts';
import { cancel } from '../../src/domain/reservation/cancel.ts';
import { closeSession } from '../../src/domain/reservation/closeSession.ts';
import type { ReservationEvent } from '../../src/domain/reservation/reservationEvents.ts';
import { reserve } from '../../src/domain/reservation/reserve.ts';
import { refuse, validate } from '../../src/domain/reservation/review.ts';
import {
  holdsPlace,
  isActive,
  lastReservationOf,
  type SessionBook,
} from '../../src/domain/reservation/sessionBook.ts';
import { group } from './activityFacts.ts';
import { lunch, reservationId } from './sessionFacts.ts';
import { childId, euros, familyId } from './townFacts.ts';

/** Two children per family, of all ages: some of them in no group. */
export const people = Array.from({ length: 14 }, (_, n) => ({
  childId: childId(`child-${n}`),
  familyId: familyId(`family-${n >> 1}`),
  age: 2 + ((n * 5) % 11),
}));

const opening = Date.parse('2026-11-16T08:00:00Z');
/** The session starts three days after bookings begin. */
const span = 3 * 24 * 60;
const minute = (minutes: number): Instant => instantOf(opening + minutes * 60_000);

export const anyInstant: fc.Arbitrary<Instant> = fc
  .oneof(fc.integer({ min: 0, max: span + 60 }), fc.constantFrom(0, 1_440, 2_880, span))
  .map(minute);

/** A limit, most often in the last part of the three days, so that there is something to limit. */
const limitFrom = (usually: number): fc.Arbitrary<Limit> =>
  fc.record({
    at: fc
      .oneof(
        { weight: 3, arbitrary: fc.integer({ min: usually, max: span }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: span }) },
        { weight: 1, arbitrary: fc.constantFrom(1_440, 2_880, span) },
      )
      .map(minute),
    boundary: fc.constantFrom('exclusive', 'inclusive'),
  });

const anyGroups: fc.Arbitrary<readonly AgeGroup[]> = fc.constantFrom(
  [group('tous', 2, 12, 0)],
  [group('petits', 2, 5, 0), group('grands', 6, 12, 0)],
  [group('petits', 3, 5, 0), group('moyens', 6, 8, 0), group('grands', 9, 11, 0)],
);
const withPlaces = (groups: readonly AgeGroup[], places: readonly number[]): AgeGroup[] =>
  groups.map((one, n) => ({ ...one, places: places[n] ?? 0 }));

/** Rules of a session: any groups, limits and choices of a town. */
export const anySession: fc.Arbitrary<Session> = fc
  .record({
    booking: limitFrom(2_000),
    cancellation: limitFrom(400),
    promotion: limitFrom(3_000),
    validation: fc.constantFrom('immediate', 'staff'),
    waitingList: fc.oneof(
      { weight: 5, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    lateGiveBackFree: fc.boolean(),
    groups: anyGroups,
    places: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
    price: fc.integer({ min: 1, max: 2_000 }),
  })
  .map(({ places, price, groups, ...rules }) => ({
    ...lunch,
    ...rules,
    promotion: laterLimit(rules.booking, rules.promotion),
    groups: withPlaces(groups, places),
    priceCents: euros(price / 100),
    startsAt: minute(span),
    endsAt: minute(span + 90),
  }));

/** One thing that somebody does in a session. */
export type Act =
  | { readonly act: 'reserve'; readonly who: number }
  | { readonly act: 'cancel'; readonly who: number; readonly acceptsBilling: boolean }
  | { readonly act: 'validate' | 'refuse'; readonly who: number }
  | { readonly act: 'close' }
  /** New rules of the town: other places in each group. */
  | { readonly act: 'resize'; readonly places: readonly number[] };

export interface TimedAct {
  readonly doing: Act;
  readonly now: Instant;
}

const who = fc.nat(people.length - 1);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 120, arbitrary: fc.record({ act: fc.constant('reserve' as const), who }) },
  {
    weight: 90,
    arbitrary: fc.record({
      act: fc.constant('cancel' as const),
      who,
      acceptsBilling: fc.boolean(),
    }),
  },
  { weight: 60, arbitrary: fc.record({ act: fc.constant('validate' as const), who }) },
  { weight: 20, arbitrary: fc.record({ act: fc.constant('refuse' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('resize' as const),
      places: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('close' as const) }) },
);

/** Acts of many families and of staff, in order of time. */
export const anyActs: fc.Arbitrary<readonly TimedAct[]> = fc
  .tuple(
    fc.array(anyAct, { maxLength: 70, size: 'max' }),
    fc.array(anyInstant, { minLength: 70, maxLength: 70 }),
  )
  .map(([acts, instants]) => {
    const moments = instants.slice(0, acts.length).sort();
    return acts.map((doing, n) => ({ doing, now: moments[n] ?? minute(0) }));
  });

/** The rules after an act. */
export const rulesAfter = (terms: Session, { doing }: TimedAct): Session =>
  doing.act === 'resize' ? { ...terms, groups: withPlaces(terms.groups, doing.places) } : terms;

/**
 * Aims an act: anybody books, but three times out of four those who cancel or are decided upon hold or await a place.
 */
export function aim(book: SessionBook, { doing, now }: TimedAct): TimedAct {
  if (doing.act === 'close' || doing.act === 'resize' || doing.act === 'reserve')
    return { doing, now };
  const { act, who: drawn } = doing;
  const concerned = [...people.keys()].filter((n) => {
    const person = people[n];
    const status = person && lastReservationOf(book, person.childId)?.status;
    if (act === 'validate') return status === 'awaitingValidation';
    return status !== undefined && (drawn % 4 === 3 ? isActive(status) : holdsPlace(status));
  });
  const aimed = drawn % 4 === 0 ? undefined : concerned[drawn % concerned.length];
  return { doing: { ...doing, who: aimed ?? drawn }, now };
}

/** What the domain decides; `number` makes the id of a new reservation. */
export function decide(
  book: SessionBook,
  { doing, now }: TimedAct,
  terms: Session,
  number: number,
): Decision<ReservationEvent> {
  if (doing.act === 'resize') return [];
  if (doing.act === 'close') return closeSession(book, lunch, 'Grève', { now, terms });
  const person = people[doing.who];
  if (!person) throw new RangeError('nobody');
  const { childId: child, familyId: family, age } = person;
  const last = lastReservationOf(book, child)?.ref.reservationId ?? reservationId('none');
  switch (doing.act) {
    case 'reserve': {
      const asking = {
        reservationId: reservationId(`r-${number}`),
        childId: child,
        familyId: family,
        ...(number % 3 === 0 ? { note: 'Bonjour' } : {}),
      };
      return reserve(book, asking, { now, terms, child: { inFamily: true, enrolled: true, age } });
    }
    case 'cancel': {
      const { acceptsBilling } = doing;
      return cancel(
        book,
        { reservationId: last, familyId: family, acceptsBilling },
        { now, terms },
      );
    }
    case 'validate':
      return validate(book, last, { now, terms });
    case 'refuse':
      return refuse(book, last, 'Complet', { now, terms });
  }
}
