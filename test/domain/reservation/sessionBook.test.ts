import { expect } from 'chai';
import { fold } from '../../../src/domain/kernel/decider.ts';
import {
  activeReservationOf,
  lastReservationOf,
  rankOf,
  sessionBook,
} from '../../../src/domain/reservation/sessionBook.ts';
import { group } from '../../support/activityFacts.ts';
import {
  cancelled,
  confirmed,
  promoted,
  refused,
  validated,
  waitlisted,
} from '../../support/sessionFacts.ts';
import { childId } from '../../support/townFacts.ts';

describe('the book of a session', () => {
  it('remembers each child’s last reservation, in a book of any size', () => {
    const crowd = Array.from({ length: 40 }, (_, n) => confirmed(`child-${n}`));
    const book = fold(sessionBook, [
      ...crowd.slice(0, 20),
      confirmed('ana', 'first'),
      cancelled('ana', { timing: 'late', billed: 3.5, reservation: 'first' }),
      ...crowd.slice(20),
      confirmed('ana', 'second'),
      cancelled('ana', { timing: 'inTime', reservation: 'second' }),
    ]);
    const last = lastReservationOf(book, childId('ana'));
    expect(last?.ref.reservationId).to.equal('second');
    expect(last).to.include({ status: 'cancelled', billedCents: 0 });
    expect(activeReservationOf(book, childId('ana'))).to.equal(undefined);
    expect(activeReservationOf(book, childId('child-3'))?.status).to.equal('confirmed');
    expect(lastReservationOf(book, childId('nobody'))).to.equal(undefined);
  });

  it('ranks those who wait in their age group, from 1', () => {
    const groups = [group('petits', 3, 5, 1), group('grands', 6, 12, 1)];
    const book = fold(sessionBook, [
      waitlisted('ana', 1),
      waitlisted('zoe', 1),
      waitlisted('ben', 2),
      waitlisted('yann', 2),
    ]);
    const rank = (name: string, among = groups): number | undefined => {
      const waiting = lastReservationOf(book, childId(name));
      if (!waiting) expect.fail(`${name} does not wait`);
      return rankOf(book, among, waiting);
    };
    expect(['ana', 'zoe', 'ben', 'yann'].map((name) => rank(name))).to.deep.equal([1, 1, 2, 2]);
    // New rules took the group of the little ones away: those who wait have no rank any more.
    const big = groups.slice(1);
    expect(['ben', 'zoe'].map((name) => rank(name, big))).to.deep.equal([2, undefined]);
  });

  it('is not moved by events about a reservation that it does not hold', () => {
    const book = fold(sessionBook, [
      validated('ana'),
      refused('ana', 'confirmed', 'Complet'),
      promoted('ana', '2026-11-19 09:00'),
      cancelled('ana', { timing: 'inTime' }),
    ]);
    expect(book).to.equal(sessionBook.initial);
  });
});
