import { expect } from 'chai';
import { sessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { group } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  asked,
  asks,
  cancelled,
  cancelledByTown,
  closed,
  confirmed,
  lunch,
  refused,
  session,
  submitted,
  waitlisted,
} from '../../support/sessionFacts.ts';
import { paris, shifted } from '../../support/townFacts.ts';

/** What a refusal by the activity’s rules names: the version of the rules, and until when they take bookings. */
const rule = { limit: lunch.booking.at, ruleVersion: 1 };

describe('booking a place', () => {
  it('is accepted at once while a place is left', () => {
    given(sessionBook).when(asks('ana')).then(confirmed('ana'));
  });

  it('waits for staff where the activity says so, and holds its place meanwhile', () => {
    const terms = session({ validation: 'staff' });
    given(sessionBook).when(asks('ana', { terms })).then(submitted('ana'));
    given(sessionBook, [submitted('ana')])
      .when(asks('ben', { terms }))
      .then(waitlisted('ben', 1));
  });

  it('goes to the waiting list when no place is left, in order of arrival', () => {
    given(sessionBook, [confirmed('ana')])
      .when(asks('ben'))
      .then(waitlisted('ben', 1));
    given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)])
      .when(asks('chloe'))
      .then(waitlisted('chloe', 2));
  });

  it('is refused when no place is left and the activity has no waiting list', () => {
    given(sessionBook, [confirmed('ana')])
      .when(asks('ben', { terms: session({ waitingList: false, ruleVersion: 3 }) }))
      .thenRejected('RESERVATION.FULL', { ...rule, ruleVersion: 3 });
  });

  it('never passes those who wait, even where a place is free', () => {
    const twoPlaces = session({ groups: [group('tous', 2, 12, 2)] });
    given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)])
      .when(asks('chloe', { terms: twoPlaces }))
      .then(waitlisted('chloe', 2));
  });

  it('counts the places of the age group of the child, and ranks in that group', () => {
    const terms = session({ groups: [group('petits', 3, 5, 1), group('grands', 6, 12, 1)] });
    const book = [confirmed('ana'), waitlisted('ben', 1)];
    given(sessionBook, book).when(asks('zoe', { terms })).then(confirmed('zoe'));
    given(sessionBook, [...book, confirmed('zoe')])
      .when(asks('yann', { terms }))
      .then(waitlisted('yann', 1));
  });

  it('counts the age that the child will have on that day', () => {
    const terms = session({ groups: [group('grands', 6, 12, 5)] });
    given(sessionBook)
      .when(asks('ana', { terms, child: { age: 6 } }))
      .then({ type: 'ReservationConfirmed', ...asked('ana'), age: 6 });
    given(sessionBook)
      .when(asks('ana', { terms, child: { age: 5 } }))
      .thenRejected('RESERVATION.AGE', { age: 5, ...rule });
    given(sessionBook)
      .when(asks('ana', { terms, child: { age: 13 } }))
      .thenRejected('RESERVATION.AGE', { age: 13, ...rule });
  });

  it('gives no place in a group without places', () => {
    const none = [group('tous', 2, 12, 0)];
    given(sessionBook)
      .when(asks('ana', { terms: session({ groups: none }) }))
      .then(waitlisted('ana', 1));
    given(sessionBook)
      .when(asks('ana', { terms: session({ groups: none, waitingList: false }) }))
      .thenRejected('RESERVATION.FULL');
  });

  it('closes at its limit, and the refusal names limit and version of the rule that set it', () => {
    const { at } = lunch.booking;
    given(sessionBook)
      .when(asks('ana', { at: shifted(at, -1) }))
      .then({ type: 'ReservationConfirmed', ...asked('ana', 'ana', shifted(at, -1)) });
    given(sessionBook)
      .when(asks('ana', { at, terms: session({ ruleVersion: 3, limitsVersion: 2 }) }))
      .thenRejected('RESERVATION.TOO_LATE', { limit: at, ruleVersion: 2 });
    const inclusive = session({ booking: { at, boundary: 'inclusive' } });
    expect(given(sessionBook).when(asks('ana', { at, terms: inclusive })).events).to.have.length(1);
    given(sessionBook)
      .when(asks('ana', { at: shifted(at, 1), terms: inclusive }))
      .thenRejected('RESERVATION.TOO_LATE');
  });

  it('needs a session, and says why there is none', () => {
    given(sessionBook)
      .when(asks('ana', { terms: { status: 'noSession', reason: 'closure', name: 'Travaux' } }))
      .thenRejected('RESERVATION.NO_SESSION', { reason: 'closure', name: 'Travaux' });
    given(sessionBook)
      .when(asks('ana', { terms: { status: 'noSession', reason: 'weekday', ruleVersion: 2 } }))
      .thenRejected('RESERVATION.NO_SESSION', { reason: 'weekday', name: '', ruleVersion: 2 });
  });

  it('needs an enrolled child of the family', () => {
    given(sessionBook)
      .when(asks('ana', { child: { inFamily: false, enrolled: false } }))
      .thenRejected('RESERVATION.NOT_YOUR_CHILD', {});
    given(sessionBook)
      .when(asks('ana', { child: { enrolled: false } }))
      .thenRejected('RESERVATION.NOT_ENROLLED', rule);
  });

  it('of another family’s child answers the same whether that child is booked or not', () => {
    for (const history of [[], [confirmed('ana')]])
      given(sessionBook, history)
        .when(asks('ana', { child: { inFamily: false } }))
        .thenRejected('RESERVATION.NOT_YOUR_CHILD', {});
  });

  it('needs to know the age of the child', () => {
    given(sessionBook)
      .when(asks('ana', { erased: true }))
      .thenRejected('RESERVATION.CHILD_ERASED', rule);
  });

  it('is refused once the town has closed the session, with its reason', () => {
    given(sessionBook, [closed('Grève')])
      .when(asks('ana'))
      .thenRejected('RESERVATION.SESSION_CLOSED', { reason: 'Grève', ...rule });
  });

  it('asked again while it counts changes nothing, even too late', () => {
    const late = { at: paris('2026-11-19 20:00'), reservation: 'again' };
    for (const history of [
      [confirmed('ana')],
      [submitted('ana')],
      [confirmed('ben'), waitlisted('ana', 1)],
    ])
      given(sessionBook, history).when(asks('ana', late)).thenNothing();
  });

  it('may be asked again after it ended', () => {
    const endings = [
      [confirmed('ana'), cancelled('ana', { timing: 'inTime' })],
      [submitted('ana'), refused('ana', 'awaitingValidation', 'Dossier incomplet')],
    ];
    for (const history of endings)
      given(sessionBook, history)
        .when(asks('ana', { reservation: 'again' }))
        .then(confirmed('ana', 'again'));
    given(sessionBook, [confirmed('ana'), closed('Grève'), cancelledByTown('ana')])
      .when(asks('ana', { reservation: 'again' }))
      .thenRejected('RESERVATION.SESSION_CLOSED');
  });

  it('may carry a word to the team', () => {
    given(sessionBook)
      .when(asks('ana', { note: 'Part à 13 h' }))
      .then({ type: 'ReservationConfirmed', ...asked('ana'), personal: { note: 'Part à 13 h' } });
  });

  it('is recorded with the version of the rules of that day', () => {
    given(sessionBook)
      .when(asks('ana', { terms: session({ ruleVersion: 3, limitsVersion: 2 }) }))
      .then({ type: 'ReservationConfirmed', ...asked('ana'), ruleVersion: 3 });
  });
});
