import { cancel } from '../../../src/domain/reservation/cancel.ts';
import { sessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { group } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  cancelled,
  cancelledByTown,
  closed,
  confirmed,
  givesBack,
  letGo,
  lunch,
  promoted,
  ref,
  session,
  submitted,
  waitlisted,
} from '../../support/sessionFacts.ts';
import { expect } from 'chai';
import { euros, familyId, paris, shifted } from '../../support/townFacts.ts';

const limit = lunch.cancellation.at;
const tuesday = paris('2026-11-17 12:00');
const tooLate = paris('2026-11-18 17:00');

describe('giving a place back', () => {
  it('in time costs nothing', () => {
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: tuesday }))
      .then(cancelled('ana', { timing: 'inTime' }));
  });

  it('is in time until the limit, late from it on', () => {
    const at = (instant: typeof limit, terms = lunch) =>
      given(sessionBook, [confirmed('ana')]).when(givesBack('ana', { at: instant, terms }));
    at(shifted(limit, -1)).then(cancelled('ana', { timing: 'inTime' }));
    at(limit).then(cancelled('ana', { timing: 'late', billed: 3.5 }));
    const inclusive = session({ cancellation: { at: limit, boundary: 'inclusive' } });
    at(limit, inclusive).then(cancelled('ana', { timing: 'inTime' }));
    at(shifted(limit, 1), inclusive).then(cancelled('ana', { timing: 'late', billed: 3.5 }));
  });

  it('late is billed at the price of the day of booking, and names limit and version of the rule', () => {
    const dearer = session({ priceCents: euros(9), ruleVersion: 3, limitsVersion: 2 });
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: tooLate, terms: dearer }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5, ruleVersion: 2 }));
  });

  it('late is not done before the family has read what it costs', () => {
    given(sessionBook, [confirmed('ana')])
      .when(
        givesBack('ana', {
          at: tooLate,
          acceptsBilling: false,
          terms: session({ ruleVersion: 3, limitsVersion: 2 }),
        }),
      )
      .thenRejected('RESERVATION.LATE_CANCELLATION_BILLED', {
        limit,
        billedCents: 350,
        ruleVersion: 2,
      });
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: tuesday, acceptsBilling: false }))
      .then(cancelled('ana', { timing: 'inTime' }));
  });

  it('that was never granted costs nothing, even late', () => {
    given(sessionBook, [submitted('ana')])
      .when(givesBack('ana', { at: tooLate, acceptsBilling: false }))
      .then(cancelled('ana', { was: 'awaitingValidation', timing: 'inTime' }));
    given(sessionBook, [confirmed('ben'), waitlisted('ana', 1)])
      .when(givesBack('ana', { at: tooLate, acceptsBilling: false }))
      .then(cancelled('ana', { was: 'waitlisted', timing: 'inTime' }));
  });

  it('is over once the session has started', () => {
    const startsAt = lunch.startsAt;
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: shifted(startsAt, -1) }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
    for (const at of [startsAt, paris('2027-01-01 09:00')])
      given(sessionBook, [confirmed('ana')])
        .when(givesBack('ana', { at }))
        .thenRejected('RESERVATION.SESSION_STARTED', { startsAt, limit: startsAt, ruleVersion: 1 });
  });

  it('again changes nothing, whenever', () => {
    const ended = [confirmed('ana'), cancelled('ana', { timing: 'inTime' })];
    for (const at of [tuesday, tooLate, lunch.startsAt])
      given(sessionBook, ended).when(givesBack('ana', { at })).thenNothing();
    given(sessionBook, [confirmed('ana'), closed('Grève'), cancelledByTown('ana')])
      .when(givesBack('ana', { at: tooLate }))
      .thenNothing();
  });

  it('of another family answers as if there were none', () => {
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: tuesday, familyId: familyId('other') }))
      .thenRejected('RESERVATION.UNKNOWN', {});
    given(sessionBook)
      .when(givesBack('ana', { at: tuesday }))
      .thenRejected('RESERVATION.UNKNOWN', {});
  });

  it('is done by staff for any family', () => {
    given(sessionBook, [confirmed('ana')])
      .when((book) => {
        const { reservationId } = ref('ana');
        return cancel(
          book,
          { reservationId, acceptsBilling: true },
          { now: tuesday, terms: lunch },
        );
      })
      .then(cancelled('ana', { timing: 'inTime' }));
  });

  it('costs nothing when the rules no longer hold a session that day, until the day is over', () => {
    const terms = {
      status: 'noSession',
      reason: 'closure',
      name: 'Travaux',
      ruleVersion: 4,
    } as const;
    const midnight = paris('2026-11-20 00:00');
    const book = given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)]);
    for (const at of [tuesday, tooLate, paris('2026-11-19 18:00'), shifted(midnight, -1)])
      book
        .when(givesBack('ana', { at, terms, acceptsBilling: false }))
        .then(letGo('ana', '2026-11-20 00:00'));
    book
      .when(givesBack('ben', { at: tuesday, terms }))
      .then(letGo('ben', '2026-11-20 00:00', 'waitlisted'));
    for (const at of [midnight, paris('2027-01-01 09:00')])
      book.when(givesBack('ana', { at, terms })).thenRejected('RESERVATION.DAY_OVER', {
        date: '2026-11-19',
        limit: midnight,
        ruleVersion: 4,
      });
  });
});

describe('giving a place back while others wait', () => {
  const book = [confirmed('ana'), waitlisted('ben', 1), waitlisted('chloe', 2)];

  it('hands it to the first who waits, in the same breath', () => {
    given(sessionBook, book)
      .when(givesBack('ana', { at: tuesday }))
      .then(cancelled('ana', { timing: 'inTime' }), promoted('ben', '2026-11-19 09:00'));
  });

  it('hands it to one of the same age group only', () => {
    const terms = session({ groups: [group('petits', 3, 5, 1), group('grands', 6, 12, 1)] });
    given(sessionBook, [confirmed('ana'), confirmed('zoe'), waitlisted('yann', 1)])
      .when(givesBack('ana', { at: tuesday, terms }))
      .then(cancelled('ana', { timing: 'inTime' }));
    given(sessionBook, [
      confirmed('ana'),
      confirmed('zoe'),
      waitlisted('yann', 1),
      waitlisted('ben', 1),
    ])
      .when(givesBack('ana', { at: tuesday, terms }))
      .then(cancelled('ana', { timing: 'inTime' }), promoted('ben', '2026-11-19 09:00'));
  });

  it('leaves the list by itself when the one who waits gives up', () => {
    const { state } = given(sessionBook, book)
      .when(givesBack('ben', { at: tuesday }))
      .then(cancelled('ben', { was: 'waitlisted', timing: 'inTime' }));
    expect(state.waiting).to.deep.equal(['chloe']);
  });

  it('hands it over no more from the promotion limit on', () => {
    const at = lunch.promotion.at;
    given(sessionBook, book)
      .when(givesBack('ana', { at: shifted(at, -1) }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }), promoted('ben', '2026-11-19 09:00'));
    given(sessionBook, book)
      .when(givesBack('ana', { at }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
  });

  it('late costs nothing where the town chose so, until the promotion limit', () => {
    const terms = session({ lateGiveBackFree: true });
    given(sessionBook, book)
      .when(givesBack('ana', { at: tooLate, terms, acceptsBilling: false }))
      .then(cancelled('ana', { timing: 'late' }), promoted('ben', '2026-11-19 09:00'));
    given(sessionBook, [confirmed('ana')])
      .when(givesBack('ana', { at: tooLate, terms }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
    given(sessionBook, book)
      .when(givesBack('ana', { at: lunch.promotion.at, terms }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
  });

  it('late stays billed where only another age group waits', () => {
    const terms = session({
      lateGiveBackFree: true,
      groups: [group('petits', 3, 5, 1), group('grands', 6, 12, 1)],
    });
    given(sessionBook, [confirmed('ana'), confirmed('zoe'), waitlisted('yann', 1)])
      .when(givesBack('ana', { at: tooLate, terms }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
  });

  it('hands over nothing while the group holds more than its places', () => {
    const terms = session({ groups: [group('tous', 2, 12, 1)] });
    given(sessionBook, [confirmed('ana'), confirmed('ben'), waitlisted('chloe', 1)])
      .when(givesBack('ana', { at: tuesday, terms }))
      .then(cancelled('ana', { timing: 'inTime' }));
  });

  it('late stays billed where nobody takes the place: the group still holds as many as it may', () => {
    const terms = session({ lateGiveBackFree: true, groups: [group('tous', 2, 12, 1)] });
    const lowered = [confirmed('ana'), confirmed('ben'), waitlisted('chloe', 1)];
    given(sessionBook, lowered)
      .when(givesBack('ana', { at: tooLate, terms, acceptsBilling: false }))
      .thenRejected('RESERVATION.LATE_CANCELLATION_BILLED', {
        limit,
        billedCents: 350,
        ruleVersion: 1,
      });
    given(sessionBook, lowered)
      .when(givesBack('ana', { at: tooLate, terms }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
  });

  it('late stays billed where those who wait had a place without it', () => {
    const terms = session({ lateGiveBackFree: true, groups: [group('tous', 2, 12, 2)] });
    given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)])
      .when(givesBack('ana', { at: tooLate, terms }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }), promoted('ben', '2026-11-19 09:00'));
  });

  it('gives every free place at once when the group has grown', () => {
    const terms = session({ groups: [group('tous', 2, 12, 2)] });
    given(sessionBook, book)
      .when(givesBack('ana', { at: tuesday, terms }))
      .then(
        cancelled('ana', { timing: 'inTime' }),
        promoted('ben', '2026-11-19 09:00'),
        promoted('chloe', '2026-11-19 09:00'),
      );
  });
});

describe('a place that came from the waiting list', () => {
  const book = [
    confirmed('ana'),
    waitlisted('ben', 1),
    cancelled('ana', { timing: 'late', billed: 3.5 }),
    promoted('ben', '2026-11-19 09:00'),
  ];

  it('may be given back free of charge until the later of the two limits', () => {
    const freeUntil = paris('2026-11-19 09:00');
    given(sessionBook, book)
      .when(givesBack('ben', { at: shifted(freeUntil, -1), acceptsBilling: false }))
      .then(cancelled('ben', { timing: 'inTime', limit: '2026-11-19 09:00' }));
    given(sessionBook, book)
      .when(givesBack('ben', { at: freeUntil }))
      .then(cancelled('ben', { timing: 'late', billed: 3.5, limit: '2026-11-19 09:00' }));
  });

  it('follows the cancellation limit where that one is later', () => {
    const terms = session({
      promotion: { at: paris('2026-11-16 12:00'), boundary: 'exclusive' },
    });
    given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)])
      .when(givesBack('ana', { at: paris('2026-11-16 11:00'), terms }))
      .then(cancelled('ana', { timing: 'inTime' }), promoted('ben', '2026-11-18 09:00'));
  });

  it('keeps that promise when staff had to validate it first', () => {
    const terms = session({ validation: 'staff' });
    given(sessionBook, [
      submitted('ana'),
      waitlisted('ben', 1),
      cancelled('ana', { was: 'awaitingValidation', timing: 'inTime' }),
      promoted('ben', '2026-11-19 09:00', 'awaitingValidation'),
      { type: 'ReservationValidated', ...ref('ben') },
    ])
      .when(givesBack('ben', { at: tooLate, terms, acceptsBilling: false }))
      .then(cancelled('ben', { timing: 'inTime', limit: '2026-11-19 09:00' }));
  });
});
