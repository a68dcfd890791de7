import { expect } from 'chai';
import type { Session } from '../../../src/domain/kernel/sessionTerms.ts';
import type { ReservationEvent } from '../../../src/domain/reservation/reservationEvents.ts';
import { reserve } from '../../../src/domain/reservation/reserve.ts';
import { sessionBook, type SessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { closeSession } from '../../../src/domain/reservation/closeSession.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  asked,
  asks,
  cancelled,
  cancelledByTown,
  closed,
  confirmed,
  exclusive,
  freedByTown,
  givesBack,
  ref,
  reservationId,
  session,
  waitlisted,
} from '../../support/sessionFacts.ts';
import { euros, familyId, paris } from '../../support/townFacts.ts';

/** Booked until 11 h on the day, given back free of charge until 9 h the day before. */
const evening = session({ booking: exclusive('2026-11-19 11:00') });
const late = paris('2026-11-18 10:00');
const bookedAndLate = [confirmed('ana'), cancelled('ana', { timing: 'late', billed: 3.5 })];

const again = (terms: Session = evening) => asks('ana', { at: late, terms, reservation: 'again' });
const takenOver = (priceInEuros: number): ReservationEvent => ({
  type: 'ReservationConfirmed',
  ...asked('ana', 'again', late),
  priceCents: euros(priceInEuros),
  alreadyDueCents: euros(3.5),
});
const backAgain = (acceptsBilling: boolean) =>
  givesBack('ana', {
    at: late,
    terms: evening,
    reservationId: reservationId('again'),
    acceptsBilling,
  });

describe('a session booked again after a late cancellation', () => {
  it('costs nothing more: what was left due is taken over', () => {
    given(sessionBook, bookedAndLate).when(again()).then(takenOver(0));
  });

  it('costs only what it is dearer by, and nothing is given back when it is cheaper', () => {
    given(sessionBook, bookedAndLate)
      .when(again({ ...evening, priceCents: euros(4) }))
      .then(takenOver(0.5));
    given(sessionBook, bookedAndLate)
      .when(again({ ...evening, priceCents: euros(3) }))
      .then(takenOver(0));
  });

  it('given back late once more leaves nothing more due, and says what stays', () => {
    const { state } = given(sessionBook, [...bookedAndLate, takenOver(0)])
      .when(backAgain(false))
      .then(cancelled('ana', { timing: 'late', reservation: 'again', alreadyDue: 3.5 }));
    given(sessionBook, [
      ...bookedAndLate,
      takenOver(0),
      cancelled('ana', { timing: 'late', reservation: 'again', alreadyDue: 3.5 }),
    ])
      .when(asks('ana', { at: late, terms: evening, reservation: 'third' }))
      .then({ ...takenOver(0), reservationId: reservationId('third') } as ReservationEvent);
    expect(Object.values(state.dues)).to.deep.equal([350]);
  });

  it('given back late when it was dearer leaves the rest due, once the family has read it', () => {
    const dearer = given(sessionBook, [...bookedAndLate, takenOver(0.5)]);
    dearer.when(backAgain(false)).thenRejected('RESERVATION.LATE_CANCELLATION_BILLED', {
      limit: evening.cancellation.at,
      billedCents: 50,
      ruleVersion: 1,
    });
    dearer
      .when(backAgain(true))
      .then(
        cancelled('ana', { timing: 'late', billed: 0.5, reservation: 'again', alreadyDue: 3.5 }),
      );
  });

  it('takes nothing over when it was given back in time', () => {
    given(sessionBook, [confirmed('ana'), cancelled('ana', { timing: 'inTime' })])
      .when(again())
      .then({ type: 'ReservationConfirmed', ...asked('ana', 'again', late) });
  });

  it('is paid in full by another child, and by the child’s other household: each owes for itself', () => {
    given(sessionBook, bookedAndLate)
      .when(asks('ben', { at: late, terms: evening }))
      .then({ type: 'ReservationConfirmed', ...asked('ben', 'ben', late) });
    const other = familyId('f-other');
    given(sessionBook, bookedAndLate)
      .when((book: SessionBook) =>
        reserve(
          book,
          { ...ref('ana', 'again'), familyId: other },
          { now: late, terms: evening, child: { inFamily: true, enrolled: true, age: 8 } },
        ),
      )
      .then({ type: 'ReservationConfirmed', ...asked('ana', 'again', late), familyId: other });
  });

  it('is free altogether when the town closes it', () => {
    const closing = (book: SessionBook) =>
      closeSession(book, evening, 'Neige', { now: late, terms: evening });
    const { state } = given(sessionBook, [...bookedAndLate, takenOver(0)])
      .when(closing)
      .then(closed('Neige'), freedByTown('ana', 3.5), {
        ...cancelledByTown('ana'),
        reservationId: reservationId('again'),
      } as ReservationEvent);
    expect(state.dues).to.deep.equal({});
  });

  it('is read from events of before anything was taken over as they were told', () => {
    const { state } = given(sessionBook, [
      ...bookedAndLate,
      confirmed('ana', 'again'),
      cancelled('ana', { timing: 'late', billed: 3.5, reservation: 'again' }),
      waitlisted('ben', 1),
    ])
      .when(asks('ana', { at: late, terms: evening, reservation: 'third' }))
      .then({
        type: 'ReservationWaitlisted',
        rank: 2,
        ...asked('ana', 'third', late),
        priceCents: euros(0),
        alreadyDueCents: euros(7),
      });
    expect(state.reservations.get(reservationId('third'))).to.include({ alreadyDueCents: 700 });
  });
});
