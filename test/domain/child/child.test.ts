import { expect } from 'chai';
import {
  birthDateOf,
  child,
  enrol,
  isEnrolledOn,
  linkToFamily,
  registerChild,
  type ChildEvent,
  type Enrolment,
} from '../../../src/domain/child/child.ts';
import { fold } from '../../../src/domain/kernel/decider.ts';
import { ERASED } from '../../../src/domain/kernel/personal.ts';
import { canteen } from '../../support/activityFacts.ts';
import { given } from '../../support/givenWhenThen.ts';
import { activityId, childId, day, familyId } from '../../support/townFacts.ts';

const lea = childId('lea');
const mother = familyId('mother');
const father = familyId('father');
const identity = { firstName: 'Léa', lastName: 'Roux', birthDate: day('2018-11-19') };
const registered: ChildEvent = {
  type: 'ChildRegistered',
  childId: lea,
  familyId: mother,
  personal: identity,
};
const linked: ChildEvent = { type: 'ChildLinkedToFamily', childId: lea, familyId: father };
const period = (from: string, to?: string): Enrolment => ({
  activityId: canteen,
  from: day(from),
  ...(to === undefined ? {} : { to: day(to) }),
});
const enrolled = (enrolment: Enrolment, ...families: (typeof mother)[]): ChildEvent => ({
  type: 'ChildEnrolled',
  childId: lea,
  familyIds: families.length === 0 ? [mother] : families,
  ...enrolment,
});
const today = day('2026-09-01');

describe('a child', () => {
  const registering = { childId: lea, familyId: mother, identity };

  it('is registered once, in its family', () => {
    given(child)
      .when((state) => registerChild(state, registering, today))
      .then(registered);
    given(child, [registered])
      .when((state) => registerChild(state, registering, today))
      .thenRejected('CHILD.ALREADY_REGISTERED');
  });

  it('is born by the day it is registered', () => {
    const bornOn = (date: string) =>
      given(child).when((state) =>
        registerChild(
          state,
          { ...registering, identity: { ...identity, birthDate: day(date) } },
          today,
        ),
      );
    expect(bornOn('2026-09-01').events).to.have.length(1);
    bornOn('2026-09-02').thenRejected('CHILD.BORN_IN_THE_FUTURE');
  });

  it('may belong to two families, and is linked to each once', () => {
    given(child, [registered])
      .when((state) => linkToFamily(state, father))
      .then(linked);
    given(child, [registered, linked])
      .when((state) => linkToFamily(state, father))
      .thenNothing();
    given(child, [registered])
      .when((state) => linkToFamily(state, mother))
      .thenNothing();
    given(child)
      .when((state) => linkToFamily(state, mother))
      .thenRejected('CHILD.UNKNOWN');
  });

  it('keeps its dossier when its personal data are erased', () => {
    const state = fold(child, [
      { ...registered, personal: ERASED },
      enrolled(period('2026-09-01')),
    ]);
    if (state.status === 'unregistered') expect.fail('the child was lost');
    expect(birthDateOf(state)).to.equal(undefined);
    expect(isEnrolledOn(state, canteen, day('2026-11-19'))).to.equal(true);
  });

  it('is not made by events about a child that is not there', () => {
    expect(fold(child, [linked, enrolled(period('2026-09-01'))])).to.deep.equal({
      status: 'unregistered',
    });
  });
});

describe('an enrolment', () => {
  const enrolling = (enrolment: Enrolment, ...history: ChildEvent[]) =>
    given(child, [registered, ...history]).when((state) => enrol(state, enrolment));

  it('opens an activity to a child, and tells every family of the child', () => {
    enrolling(period('2026-09-01')).then(enrolled(period('2026-09-01')));
    enrolling(period('2026-09-01', '2027-07-02'), linked).then(
      enrolled(period('2026-09-01', '2027-07-02'), mother, father),
    );
  });

  it('needs a child, and an end that is not before its start', () => {
    given(child)
      .when((state) => enrol(state, period('2026-09-01')))
      .thenRejected('CHILD.UNKNOWN');
    enrolling(period('2026-09-02', '2026-09-01')).thenRejected('CHILD.BAD_PERIOD', {
      from: '2026-09-02',
      to: '2026-09-01',
    });
    enrolling(period('2026-09-01', '2026-09-01')).then(
      enrolled(period('2026-09-01', '2026-09-01')),
    );
  });

  it('that another one covers changes nothing', () => {
    const year = enrolled(period('2026-09-01', '2027-07-02'));
    enrolling(period('2026-09-01', '2027-07-02'), year).thenNothing();
    enrolling(period('2026-10-01', '2026-12-31'), year).thenNothing();
    const open = enrolled(period('2026-09-01'));
    enrolling(period('2027-09-01'), open).thenNothing();
    enrolling(period('2027-09-01', '2027-12-31'), open).thenNothing();
  });

  it('that overlaps another one, or outlasts it, counts', () => {
    const autumn = enrolled(period('2026-09-01', '2026-12-31'));
    for (const wider of [
      period('2026-08-01', '2026-10-01'),
      period('2026-12-01', '2027-02-01'),
      period('2026-09-01'),
    ])
      enrolling(wider, autumn).then(enrolled(wider));
    const other = { ...period('2026-09-01', '2026-12-31'), activityId: activityId('garderie') };
    enrolling(other, autumn).then(enrolled(other));
  });

  it('holds from its first day to its last, both included, and without end where none is set', () => {
    const on = (date: string, enrolment: Enrolment): boolean =>
      isEnrolledOn({ enrolments: [enrolment] }, canteen, day(date));
    const autumn = period('2026-09-01', '2026-12-18');
    expect(on('2026-08-31', autumn)).to.equal(false);
    expect(on('2026-09-01', autumn)).to.equal(true);
    expect(on('2026-12-18', autumn)).to.equal(true);
    expect(on('2026-12-19', autumn)).to.equal(false);
    expect(on('2031-01-01', period('2026-09-01'))).to.equal(true);
    const elsewhere = { ...autumn, activityId: activityId('garderie') };
    expect(on('2026-10-01', elsewhere)).to.equal(false);
  });
});
