import { expect } from 'chai';
import type { SessionTerms } from '../../../src/domain/kernel/sessionTerms.ts';
import { closeSession } from '../../../src/domain/reservation/closeSession.ts';
import { refuse, validate, type ReviewFacts } from '../../../src/domain/reservation/review.ts';
import { sessionBook, type SessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { canteen, group } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  cancelled,
  cancelledByTown,
  closed,
  confirmed,
  freedByTown,
  givesBack,
  lunch,
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
import { paris, shifted } from '../../support/townFacts.ts';

const validating =
  (name: string, { now = monday, terms = lunch }: Partial<ReviewFacts> = {}) =>
  (book: SessionBook) =>
    validate(book, reservationId(name), { now, terms });
const refusing =
  (
    name: string,
    reason: string,
    terms: SessionTerms = session({ validation: 'staff' }),
    now = monday,
  ) =>
  (book: SessionBook) =>
    refuse(book, reservationId(name), reason, { now, terms });
const closing =
  (reason: string, { now = monday, terms = lunch }: Partial<ReviewFacts> = {}) =>
  (book: SessionBook) =>
    closeSession(book, { activityId: canteen, date: thursday }, reason, { now, terms });

const { startsAt } = lunch;
const justBefore = shifted(startsAt, -1);
const gone = { status: 'noSession', reason: 'closure', name: 'Travaux' } as const;

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

describe('staff who validate a booking too late, or for nothing', () => {
  it('may until the session starts: an answer that comes after it serves nobody', () => {
    const book = given(sessionBook, [submitted('ana')]);
    book.when(validating('ana', { now: justBefore })).then(validated('ana', startsAt));
    for (const now of [startsAt, paris('2026-11-20 10:00')])
      book.when(validating('ana', { now })).thenRejected('RESERVATION.TOO_LATE_TO_ACCEPT', {
        startsAt,
        limit: startsAt,
        ruleVersion: 1,
      });
  });

  it('bill no day that the family could not give back: until the start it costs nothing', () => {
    const { at } = lunch.cancellation;
    const book = given(sessionBook, [submitted('ana')]);
    book.when(validating('ana', { now: shifted(at, -1) })).then(validated('ana'));
    book.when(validating('ana', { now: at })).then(validated('ana', startsAt));
    given(sessionBook, [submitted('ana'), validated('ana', startsAt)])
      .when(givesBack('ana', { at: justBefore, acceptsBilling: false }))
      .then(cancelled('ana', { timing: 'inTime', limit: '2026-11-19 12:00' }));
  });

  it('leave the usual limit to what was accepted before, and the promise to what came from the list', () => {
    given(sessionBook, [submitted('ana'), validated('ana')])
      .when(givesBack('ana', { at: justBefore }))
      .then(cancelled('ana', { timing: 'late', billed: 3.5 }));
    const waited = [
      waitlisted('ana', 1),
      promoted('ana', '2026-11-19 09:00', 'awaitingValidation'),
    ];
    const { state } = given(sessionBook, waited)
      .when(validating('ana', { now: paris('2026-11-19 08:00') }))
      .then(validated('ana'));
    expect(state.reservations.get(reservationId('ana'))).to.include({
      freeUntil: paris('2026-11-19 09:00'),
    });
  });

  it('change nothing when it was accepted before', () => {
    const late = paris('2026-11-20 10:00');
    for (const terms of [lunch, gone])
      given(sessionBook, [submitted('ana'), validated('ana')])
        .when(validating('ana', { now: late, terms }))
        .thenNothing();
  });

  it('find that the session, or the group of that age, is there no more', () => {
    given(sessionBook, [submitted('ana')])
      .when(validating('ana', { terms: gone }))
      .thenRejected('RESERVATION.NO_SESSION', { reason: 'closure', name: 'Travaux' });
    given(sessionBook, [submitted('ana')])
      .when(validating('ana', { terms: session({ groups: [group('petits', 3, 5, 9)] }) }))
      .thenRejected('RESERVATION.AGE', { age: 8, limit: startsAt, ruleVersion: 1 });
  });

  it('may still refuse, so that nothing awaits them for ever', () => {
    given(sessionBook, [submitted('ana')])
      .when(refusing('ana', 'Sans réponse à temps', lunch, paris('2026-11-20 10:00')))
      .then(refused('ana', 'awaitingValidation', 'Sans réponse à temps'));
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
  it('ends every reservation free of charge, also those given back too late, in the same breath', () => {
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
        freedByTown('dan', 3.5),
        cancelledByTown('chloe', 'waitlisted'),
      );
    expect(state.waiting).to.deep.equal([]);
    expect(state.held[8]).to.equal(0);
    expect(state.reservations.get(reservationId('dan'))).to.include({ status: 'cancelledByTown' });
    expect(state.dues).to.deep.equal({});
  });

  it('says why, once', () => {
    given(sessionBook, [confirmed('ana')])
      .when(closing(' '))
      .thenRejected('SESSION.REASON_MISSING');
    given(sessionBook, [closed('Grève')])
      .when(closing('Neige'))
      .thenNothing();
  });

  it('does so before it starts, never after', () => {
    const book = given(sessionBook, [confirmed('ana')]);
    book.when(closing('Grève', { now: justBefore })).then(closed('Grève'), cancelledByTown('ana'));
    for (const now of [startsAt, paris('2026-11-21 10:00')])
      book.when(closing('Grève', { now })).thenRejected('SESSION.TOO_LATE_TO_CLOSE', {
        limit: startsAt,
        ruleVersion: 1,
      });
    given(sessionBook, [closed('Grève')])
      .when(closing('Grève', { now: startsAt }))
      .thenNothing();
  });

  it('may close one that the rules no longer hold while somebody is in its book', () => {
    const book = given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)]);
    book
      .when(closing('Travaux', { terms: gone }))
      .then(closed('Travaux'), cancelledByTown('ana'), cancelledByTown('ben', 'waitlisted'));
    given(sessionBook, [confirmed('ana'), cancelled('ana', { timing: 'late', billed: 3.5 })])
      .when(closing('Travaux', { terms: gone }))
      .then(closed('Travaux'), freedByTown('ana', 3.5));
    const limit = paris('2026-11-20 00:00');
    book
      .when(closing('Travaux', { terms: gone, now: limit }))
      .thenRejected('SESSION.TOO_LATE_TO_CLOSE', { limit });
    for (const history of [[], [confirmed('ana'), cancelled('ana', { timing: 'inTime' })]])
      given(sessionBook, history)
        .when(closing('Travaux', { terms: gone }))
        .thenRejected('RESERVATION.NO_SESSION', { reason: 'closure', name: 'Travaux' });
  });
});
