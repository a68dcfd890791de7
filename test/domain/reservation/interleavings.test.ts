import { expect } from 'chai';
import fc from 'fast-check';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { asCents } from '../../../src/domain/kernel/money.ts';
import type { Instant } from '../../../src/domain/kernel/parisTime.ts';
import { isRejection } from '../../../src/domain/kernel/rejection.ts';
import { isBefore, type AgeGroup, type Session } from '../../../src/domain/kernel/sessionTerms.ts';
import { cancel, cancellationTerms } from '../../../src/domain/reservation/cancel.ts';
import { afterGivingBack } from '../../../src/domain/reservation/givingBackInTurn.ts';
import { wouldBeTaken } from '../../../src/domain/reservation/placement.ts';
import type { ReservationEvent } from '../../../src/domain/reservation/reservationEvents.ts';
import {
  holdsPlace,
  isActive,
  occupancyOf,
  sessionBook,
  type Reservation,
  type SessionBook,
} from '../../../src/domain/reservation/sessionBook.ts';
import {
  aim,
  anyActs,
  anyInstant,
  anySession,
  decide,
  rulesAfter,
  type TimedAct,
} from '../../support/sessionActs.ts';

interface Step {
  readonly number: number;
  readonly timed: TimedAct;
  readonly terms: Session;
  readonly before: SessionBook;
  readonly events: readonly ReservationEvent[];
  readonly after: SessionBook;
}

/** Plays acts one after the other, and hands each step to a witness. */
function play(
  session: Session,
  acts: readonly TimedAct[],
  witness: (step: Step) => void = () => undefined,
): { book: SessionBook; terms: Session; log: readonly ReservationEvent[] } {
  let book = sessionBook.initial;
  let terms = session;
  const log: ReservationEvent[] = [];
  for (const [number, drawn] of acts.entries()) {
    const timed = aim(book, drawn);
    terms = rulesAfter(terms, timed);
    const decision = decide(book, timed, terms, number);
    const events = isRejection(decision) ? [] : decision;
    const after = fold(sessionBook, events, book);
    witness({ number, timed, terms, before: book, events, after });
    log.push(...events);
    book = after;
  }
  return { book, terms, log };
}

const always = (witness: (step: Step) => void, numRuns = 150): void =>
  fc.assert(
    fc.property(anySession, anyActs, (session, acts) => {
      play(session, acts, witness);
    }),
    { numRuns },
  );

const all = ({ reservations }: SessionBook): Reservation[] => [...reservations.values()];
const inGroup = ({ minAge, maxAge }: AgeGroup, { ref }: Reservation): boolean =>
  minAge <= ref.age && ref.age <= maxAge;
const heldIn = (book: SessionBook, group: AgeGroup): number =>
  all(book).filter((one) => holdsPlace(one.status) && inGroup(group, one)).length;
const queueOf = (book: SessionBook, group: AgeGroup): string[] =>
  book.waiting.filter((id) => inGroup(group, book.reservations.get(id)!));

describe('whatever many families and staff do in one session', () => {
  it('no age group ever takes a child beyond its places', () => {
    always(({ terms, before, after }) => {
      for (const group of terms.groups)
        expect(heldIn(after, group)).to.be.at.most(Math.max(group.places, heldIn(before, group)));
    });
  });

  it('the counts of places are those of the reservations', () => {
    always(({ after }) => {
      const held: Record<string, number> = {};
      for (const { ref, status } of all(after))
        if (holdsPlace(status)) held[ref.age] = (held[ref.age] ?? 0) + 1;
      const counted = Object.entries(after.held).filter(([, places]) => places !== 0);
      expect(Object.fromEntries(counted)).to.deep.equal(held);
    });
  });

  it('nobody is lost or passed on a waiting list, and a rank never grows', () => {
    const arrivals: string[] = [];
    always(({ number, terms, before, events, after }) => {
      if (number === 0) arrivals.length = 0;
      for (const event of events)
        if (event.type === 'ReservationWaitlisted') arrivals.push(event.reservationId);
      const waiting = all(after).filter(({ status }) => status === 'waitlisted');
      const ids = new Set<string>(waiting.map(({ ref }) => ref.reservationId));
      expect(after.waiting).to.deep.equal(arrivals.filter((id) => ids.has(id)));
      for (const group of terms.groups) {
        const queue = queueOf(after, group);
        for (const [rank, id] of queueOf(before, group).entries())
          expect(queue.indexOf(id)).to.be.at.most(rank);
      }
    });
  });

  it('a freed place goes to the first who waits, and nobody new passes them', () => {
    always(({ terms, before, events }) => {
      let book = before;
      for (const event of events) {
        if (!('reservationId' in event)) continue;
        const group = terms.groups.find(
          ({ minAge, maxAge }) => minAge <= event.age && event.age <= maxAge,
        );
        if (event.type === 'ReservationPromoted')
          expect(queueOf(book, group!)[0]).to.equal(event.reservationId);
        if (event.type === 'ReservationConfirmed' || event.type === 'ReservationSubmitted')
          expect(queueOf(book, group!)).to.deep.equal([]);
        if (event.type === 'ReservationWaitlisted')
          expect(event.rank).to.equal(queueOf(book, group!).length + 1);
        book = sessionBook.evolve(book, event);
      }
    });
  });

  it('a free place and somebody who waits for it are never left side by side by a cancellation in time to promote', () => {
    always(({ timed, terms, events, after }) => {
      const frees = events.some(
        ({ type }) => type === 'ReservationCancelled' || type === 'ReservationRefused',
      );
      if (!frees || !isBefore(timed.now, terms.promotion)) return;
      for (const group of terms.groups)
        if (queueOf(after, group).length > 0)
          expect(heldIn(after, group)).to.be.at.least(group.places);
    });
  });

  it('nobody new waits while a place is free, unless places were added since the list last moved', () => {
    let grown = false;
    always(({ number, timed, terms, before, events }) => {
      if (number === 0) grown = false;
      grown ||= timed.doing.act === 'resize';
      for (const event of events) {
        if (event.type !== 'ReservationWaitlisted' || grown) continue;
        const group = terms.groups.find(
          ({ minAge, maxAge }) => minAge <= event.age && event.age <= maxAge,
        );
        expect(heldIn(before, group!)).to.be.at.least(group!.places);
      }
    });
  });

  it('each child has at most one reservation that counts', () => {
    always(({ after }) => {
      const active = all(after).filter(({ status }) => isActive(status));
      expect(new Set(active.map(({ ref }) => ref.childId)).size).to.equal(active.length);
    });
  });

  it('a reservation that ended has ended for good, in one way', () => {
    const ended = new Set<string>();
    always(({ number, events }) => {
      if (number === 0) ended.clear();
      for (const event of events) {
        if (!('reservationId' in event)) continue;
        // All that may follow: the town closes the session, and frees what was given back too late.
        const freed = event.type === 'LateCancellationFreedByTown';
        expect(ended.has(event.reservationId), event.type).to.equal(freed);
        if (/Refused|Cancelled/.test(event.type)) ended.add(event.reservationId);
      }
    });
  });

  it('the same act again, at once or later, changes nothing', () => {
    fc.assert(
      fc.property(anySession, anyActs, anyInstant, (session, acts, later) => {
        play(session, acts, ({ number, timed, terms, events, after }) => {
          if (events.length === 0) return;
          for (const now of [timed.now, later]) {
            const again = decide(after, { ...timed, now }, terms, number + 1_000);
            expect(again).to.deep.equal([]);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('a closed session holds nobody', () => {
    always(({ after }) => {
      if (after.status === 'closed')
        expect(all(after).filter(({ status }) => isActive(status))).to.deep.equal([]);
    });
  });

  it('the book read again from its stored events is the same book', () => {
    fc.assert(
      fc.property(anySession, anyActs, (session, acts) => {
        const { book, log } = play(session, acts);
        const stored = JSON.parse(JSON.stringify(log)) as ReservationEvent[];
        expect(plain(fold(sessionBook, stored))).to.deep.equal(plain(book));
      }),
      { numRuns: 100 },
    );
  });
});

const plain = (book: SessionBook): unknown => ({
  ...book,
  reservations: new Map(book.reservations),
  lastOf: new Map(book.lastOf),
});

/** The regulation, told again: what giving back costs. Independent of the code that decides. */
function due(reservation: Reservation, taken: boolean, terms: Session, now: Instant): number {
  if (reservation.status !== 'confirmed') return 0;
  if (isBefore(now, terms.cancellation)) return 0;
  const promise = reservation.freeUntil;
  if (promise !== undefined && now < promise) return 0;
  const replaced = terms.lateGiveBackFree && taken && isBefore(now, terms.promotion);
  return replaced ? 0 : reservation.priceCents;
}

describe('the money of one session', () => {
  it('is due only for a granted place given back too late, and never without a warning', () => {
    always(({ timed: { doing, now }, terms, before, events }) => {
      for (const event of events) {
        if (event.type !== 'ReservationCancelled') continue;
        const reservation = before.reservations.get(event.reservationId)!;
        const group = terms.groups.find((one) => inGroup(one, reservation));
        const left = group ? group.places - heldIn(before, group) : 0;
        const taken = left >= 0 && group !== undefined && queueOf(before, group).length > left;
        expect(event.billedCents).to.equal(due(reservation, taken, terms, now));
        if (event.timing === 'inTime') expect(event.billedCents).to.equal(0);
        if (event.billedCents > 0) expect(doing).to.include({ acceptsBilling: true });
      }
    });
  });

  it('is never forgone late but for a child of the group who gets a place by it', () => {
    always(({ terms, before, events }) => {
      const [event, ...others] = events;
      if (event?.type !== 'ReservationCancelled' || event.was !== 'confirmed') return;
      if (event.timing === 'inTime' || event.billedCents > 0) return;
      if (before.reservations.get(event.reservationId)!.priceCents === 0) return;
      const group = terms.groups.find(
        ({ minAge, maxAge }) => minAge <= event.age && event.age <= maxAge,
      );
      const ages = others.flatMap((one) => (one.type === 'ReservationPromoted' ? [one.age] : []));
      expect(ages.some((age) => group!.minAge <= age && age <= group!.maxAge)).to.equal(true);
    });
  });

  it('is due once from a household for a child, however often it gives back and books again', () => {
    always(({ terms, after }) => {
      const bill: Record<string, number> = {};
      for (const one of all(after)) {
        const key = `${one.ref.childId} ${one.ref.familyId}`;
        const cents =
          one.status === 'cancelled'
            ? one.billedCents
            : one.status === 'confirmed'
              ? one.priceCents
              : 0;
        bill[key] = (bill[key] ?? 0) + cents;
      }
      expect(Math.max(0, ...Object.values(bill))).to.be.at.most(terms.priceCents);
      if (after.status === 'closed') expect(Math.max(0, ...Object.values(bill))).to.equal(0);
    });
  });

  it('for places given back together is what each costs in its turn', () => {
    fc.assert(
      fc.property(anySession, anyActs, anyInstant, (session, acts, now) => {
        const played = play(session, acts);
        const { terms } = played;
        let { book } = played;
        let full = occupancyOf(book);
        for (const { ref } of all(book)) {
          const { status, priceCents, ...held } = book.reservations.get(ref.reservationId)!;
          if (!isActive(status) || now >= terms.startsAt) continue;
          const freeUntil = 'freeUntil' in held ? held.freeUntil : undefined;
          const taken = wouldBeTaken(full, terms, ref.age, now);
          const told = cancellationTerms({ status, priceCents, freeUntil }, taken, terms, now);
          const given = { ...ref, status };
          const decision = cancel(book, { ...ref, acceptsBilling: true }, { now, terms });
          const events = isRejection(decision) ? [] : decision;
          expect(events[0]).to.include({ billedCents: told.billedCents, timing: told.timing });
          book = fold(sessionBook, events, book);
          full = afterGivingBack(full, terms, given, now);
          expect(full.waiting.map(({ reservationId }) => reservationId)).to.deep.equal(
            book.waiting,
          );
          for (let age = 0; age < 20; age += 1)
            expect(full.heldAt(age), `age ${age}`).to.equal(book.held[age] ?? 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is never more for a cancellation made earlier, which is never refused when a later one is not', () => {
    fc.assert(
      fc.property(anySession, anyActs, anyInstant, anyInstant, (session, acts, one, other) => {
        const { book, terms } = play(session, acts);
        const [earlier = one, later = other] = [one, other].sort();
        for (const { ref, status } of all(book)) {
          if (!isActive(status)) continue;
          const cost = (now: Instant): number | undefined => {
            const asking = { reservationId: ref.reservationId, acceptsBilling: true };
            const decision = cancel(book, asking, { now, terms });
            if (isRejection(decision)) return undefined;
            const [event] = decision;
            return event?.type === 'ReservationCancelled' ? event.billedCents : asCents(0);
          };
          const dear = cost(later);
          if (dear !== undefined) expect(cost(earlier)).to.be.at.most(dear);
        }
      }),
      { numRuns: 100 },
    );
  });
});
