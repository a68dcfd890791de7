import { expect } from 'chai';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { reject } from '../../../src/domain/kernel/rejection.ts';
import type { SessionTerms } from '../../../src/domain/kernel/sessionTerms.ts';
import { cancel } from '../../../src/domain/reservation/cancel.ts';
import {
  changedSince,
  withTrace,
  type AskedPlace,
} from '../../../src/domain/reservation/lateRequest.ts';
import type { ReservationEvent } from '../../../src/domain/reservation/reservationEvents.ts';
import { reserve } from '../../../src/domain/reservation/reserve.ts';
import { sessionBook, type SessionBook } from '../../../src/domain/reservation/sessionBook.ts';
import { canteen } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import {
  asked,
  cancelled,
  confirmed,
  exclusive,
  lunch,
  monday,
  ref,
  refused,
  session,
  thursday,
  waitlisted,
} from '../../support/sessionFacts.ts';
import { childId, familyId, paris } from '../../support/townFacts.ts';

const place = {
  act: 'reserve',
  activityId: canteen,
  date: thursday,
  childId: childId('ana'),
  familyId: familyId('f-ana'),
} as const;

/** A request of Tuesday 10 h, decided when told, in a town whose rules are the same then unless told. */
const late = (now: string, terms: SessionTerms = lunch, then: SessionTerms = terms) => ({
  now: paris(now),
  terms,
  asked: { at: paris('2026-11-17 10:00'), terms: then },
});
const givesBack = (name: string, facts: ReturnType<typeof late>) => (book: SessionBook) => {
  const { reservationId, familyId: family } = ref(name);
  return cancel(book, { reservationId, familyId: family, acceptsBilling: false }, facts);
};
const books = (name: string, facts: ReturnType<typeof late>) => (book: SessionBook) =>
  reserve(book, ref(name, 'new'), { ...facts, child: { inFamily: true, enrolled: true, age: 8 } });

describe('a place given back by a request that was cut off', () => {
  const given1 = given(sessionBook, [confirmed('ana'), waitlisted('ben', 1)]);

  it('is free when it came in time, and handed on while the present allows', () => {
    const { events } = given1.when(givesBack('ana', late('2026-11-19 08:59')));
    expect(events.map(({ type }) => type)).to.deep.equal([
      'ReservationCancelled',
      'ReservationPromoted',
    ]);
    expect(events[0]).to.include({ timing: 'inTime', requestedAt: paris('2026-11-17 10:00') });
    for (const now of ['2026-11-19 09:00', '2026-11-23 10:00'])
      expect(given1.when(givesBack('ana', late(now))).events, now).to.have.length(1);
  });

  it('is judged by the limits of then, and handed on by those of now', () => {
    const before = session({ cancellation: exclusive('2026-11-17 10:01') });
    const after = session({
      cancellation: exclusive('2026-11-17 09:00'),
      promotion: exclusive('2026-11-17 10:30'),
    });
    const { events } = given1.when(givesBack('ana', late('2026-11-17 11:00', after, before)));
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ timing: 'inTime', limit: paris('2026-11-17 10:01') });
  });

  it('is none that was asked for since', () => {
    const again = { ...confirmed('ana'), ...asked('ana', 'ana', paris('2026-11-17 10:00')) };
    given(sessionBook, [again as ReservationEvent])
      .when(givesBack('ana', late('2026-11-17 10:05')))
      .thenNothing();
  });
});

describe('a place asked for by a request that was cut off', () => {
  it('is had when it came in time, and dated by when it came', () => {
    const { events } = given(sessionBook).when(books('ana', late('2026-11-18 23:59')));
    expect(events[0]).to.include({
      type: 'ReservationConfirmed',
      requestedAt: paris('2026-11-17 10:00'),
    });
  });

  it('is none on a day that has come', () => {
    given(sessionBook)
      .when(books('ana', late('2026-11-19 00:00')))
      .thenRejected('RESERVATION.TOO_LATE');
  });
});

describe('what a family did since an instant', () => {
  const tuesday = paris('2026-11-17 10:00');
  const before = paris('2026-11-17 09:59');
  const after = paris('2026-11-17 10:01');
  /** The book after these events, the last of which occurred when told. */
  const bookOf = (events: readonly ReservationEvent[], at = before) =>
    events.reduce((book, event) => sessionBook.evolve(book, event, at), sessionBook.initial);
  const changed = (book: SessionBook, who: Pick<AskedPlace, 'childId' | 'familyId'> = place) =>
    changedSince(book, who, tuesday);
  const opened = (at: typeof tuesday) =>
    ({ type: 'ReservationConfirmed', ...asked('ana', 'ana', at) }) as const;
  const left = cancelled('ana', { timing: 'inTime' });

  it('is to ask for a place', () => {
    expect(changed(bookOf([opened(before)]))).to.equal(false);
    expect(changed(bookOf([opened(tuesday)]))).to.equal(false);
    expect(changed(bookOf([opened(after)]))).to.equal(true);
  });

  it('is to give one back, or to be refused it: when the log says so, unless the event does', () => {
    for (const end of [left, refused('ana', 'awaitingValidation', 'Complet.')]) {
      expect(changed(bookOf([opened(before), end], before)), end.type).to.equal(false);
      expect(changed(bookOf([opened(before), end], after)), end.type).to.equal(true);
    }
    const lateLeft = { ...left, requestedAt: before } as ReservationEvent;
    expect(changed(bookOf([opened(before), lateLeft], after))).to.equal(false);
  });

  it('is its own doing, about this child', () => {
    const book = bookOf([opened(after)]);
    expect(changed(book, { ...place, familyId: familyId('other') })).to.equal(false);
    expect(changed(book, { ...place, childId: childId('ben') })).to.equal(false);
  });

  it('is seen behind what another household did later', () => {
    const others = { ...opened(monday), reservationId: ref('x').reservationId };
    const book = bookOf([opened(after), left, { ...others, familyId: familyId('other') }]);
    expect(changed(book)).to.equal(true);
  });

  it('keeps the day as it is', () => {
    given(sessionBook, [opened(after), left])
      .when(books('ana', late('2026-11-17 10:05')))
      .thenNothing();
  });
});

describe('the trace of a decision', () => {
  const unchanged: ReservationEvent = { type: 'ReservationUnchanged', ...place };

  it('is the decision itself, where it changes something', () => {
    expect(withTrace([confirmed('ana')], place)).to.deep.equal([confirmed('ana')]);
  });

  it('says that nothing changed, and why where it was refused', () => {
    expect(withTrace([], place)).to.deep.equal([unchanged]);
    const { code, values } = reject('RESERVATION.AGE', { age: 3 });
    expect(withTrace(reject(code, values), place)).to.deep.equal([
      { ...unchanged, refused: { code, values } },
    ]);
  });

  it('leaves the book as it was', () => {
    const book = fold(sessionBook, [confirmed('ana')]);
    expect(fold(sessionBook, [unchanged], book)).to.equal(book);
  });
});
