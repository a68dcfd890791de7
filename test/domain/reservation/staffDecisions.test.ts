import { expect } from 'chai';
import type { SessionTerms } from '../../../src/domain/kernel/sessionTerms.ts';
import { closeSession } from '../../../src/domain/reservation/closeSession.ts';
import { refuse, validate } from '../../../src/domain/reservation/review.ts';
import { sessionBook, type SessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { canteen } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  cancelled,
  cancelledByTown,
  closed,
  confirmed,
  monday,
  promoted,
  refused,
  reservationId,
  session,
  submitted,
  thursday,
  validated,
  waitlisted,
} from '../../support/sessionFacts.ts';

const validating = (name: string) => (book: SessionBook) => validate(book, reservationId(name));
const refusing =
  (name: string, reason: string, terms: SessionTerms = session({ validation: 'staff' })) =>
  (book: SessionBook) =>
    refuse(book, reservationId(name), reason, { now: monday, terms });
const closing = (reason: string) => (book: SessionBook) =>
  closeSession(book, { activityId: canteen, date: thursday }, reason);

describe('staff who validate a booking', () => {
  it('confirm it, once', () => {
    given(sessionBook, [submitted('ana')])
      .when(validating('ana'))
      .then(validated('ana'));
    given(sessionBook, [submitted('ana'), validated('ana')])
      .when(validating('ana'))
      .thenNothing();
    given(sessionBook, [confirmed('ana')])
      .when(validating('ana'))
      .thenNothing();
  });

  it('find only what awaits them', () => {
    given(sessionBook).when(validating('ana')).thenRejected('RESERVATION.UNKNOWN');
    given(sessionBook, [confirmed('ben'), waitlisted('ana', 1)])
      .when(validating('ana'))
      .thenRejected('RESERVATION.NOT_AWAITING', { status: 'waitlisted' });
    given(sessionBook, [
      submitted('ana'),
      cancelled('ana', { was: 'awaitingValidation', timing: 'inTime' }),
    ])
      .when(validating('ana'))
      .thenRejected('RESERVATION.NOT_AWAITING', { status: 'cancelled' });
    given(sessionBook, [submitted('ana'), refused('ana', 'awaitingValidation', 'Complet')])
      .when(validating('ana'))
      .thenRejected('RESERVATION.NOT_AWAITING', { status: 'refused' });
  });
});

describe('staff who refuse a booking', () => {
  it('say why, and the family reads it', () => {
    given(sessionBook, [submitted('ana')])
      .when(refusing('ana', '  Dossier incomplet '))
      .then(refused('ana', 'awaitingValidation', 'Dossier incomplet'));
    for (const reason of ['', '  \n'])
      given(sessionBook, [submitted('ana')])
        .when(refusing('ana', reason))
        .thenRejected('RESERVATION.REASON_MISSING');
  });

  it('free its place for the first who waits, who then awaits them in turn', () => {
    given(sessionBook, [submitted('ana'), waitlisted('ben', 1)])
      .when(refusing('ana', 'Complet'))
      .then(
        refused('ana', 'awaitingValidation', 'Complet'),
        promoted('ben', '2026-11-19 09:00', 'awaitingValidation'),
      );
  });

  it('may refuse one who waits; the places stay as they are', () => {
    given(sessionBook, [submitted('ana'), waitlisted('ben', 1)])
      .when(refusing('ben', 'Complet'))
      .then(refused('ben', 'waitlisted', 'Complet'));
  });

  it('a second time change nothing, and never undo what was granted', () => {
    given(sessionBook, [submitted('ana'), refused('ana', 'awaitingValidation', 'Complet')])
      .when(refusing('ana', 'Autre motif'))
      .thenNothing();
    given(sessionBook, [submitted('ana'), validated('ana')])
      .when(refusing('ana', 'Complet'))
      .thenRejected('RESERVATION.NOT_AWAITING', { status: 'confirmed' });
    given(sessionBook).when(refusing('ana', 'Complet')).thenRejected('RESERVATION.UNKNOWN');
  });

  it('promote nobody into a session that the rules no longer hold', () => {
    given(sessionBook, [submitted('ana'), waitlisted('ben', 1)])
      .when(refusing('ana', 'Fermé', { status: 'noSession', reason: 'closure', name: 'Travaux' }))
      .then(refused('ana', 'awaitingValidation', 'Fermé'));
  });
});

describe('the town that closes a session', () => {
  it('ends every reservation that counts free of charge, in the same breath', () => {
    const { state } = given(sessionBook, [
      confirmed('ana'),
      submitted('ben'),
      confirmed('dan'),
      waitlisted('chloe', 1),
      cancelled('dan', { timing: 'late', billed: 3.5 }),
    ])
      .when(closing(' Grève '))
      .then(
        closed('Grève'),
        cancelledByTown('ana'),
        cancelledByTown('ben', 'awaitingValidation'),
        cancelledByTown('chloe', 'waitlisted'),
      );
    expect(state.waiting).to.deep.equal([]);
    expect(state.held.get(8)).to.equal(0);
    expect(state.reservations.get(reservationId('dan'))).to.include({ billedCents: 350 });
  });

  it('says why, once', () => {
    given(sessionBook, [confirmed('ana')])
      .when(closing(' '))
      .thenRejected('SESSION.REASON_MISSING');
    given(sessionBook, [closed('Grève')])
      .when(closing('Neige'))
      .thenNothing();
  });
});
