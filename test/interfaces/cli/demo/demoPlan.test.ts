import { expect } from 'chai';
import type { ActivityKind } from '../../../../src/domain/activity/activityTerms.ts';
import { ageOn, type LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import type { Reservation } from '../../../../src/domain/reservation/sessionBook.ts';
import type { BookAct } from '../../../../src/interfaces/cli/demo/demoActs.ts';
import { demoPeople } from '../../../../src/interfaces/cli/demo/demoPeople.ts';
import type { DemoPlan } from '../../../../src/interfaces/cli/demo/demoPlan.ts';
import { planOf, sharedRules } from './demoFacts.ts';
import { PaperTown } from './paperTown.ts';

const today = '2026-11-23' as LocalDate;

describe('the plan of the demo town', function () {
  this.timeout(60_000);
  const rules = sharedRules();
  let plan: DemoPlan;
  let town: PaperTown;
  let reservations: (Reservation & { readonly date: string })[];
  before(() => {
    plan = planOf(today, 400, rules);
    town = new PaperTown(plan, rules);
    reservations = [...town.books].flatMap(([key, book]) =>
      [...book.reservations.values()].map((of) => ({ ...of, date: key.split('/')[1] ?? '' })),
    );
  });
  const ofKind = <K extends BookAct['kind']>(kind: K) =>
    plan.acts.filter((act): act is Extract<BookAct, { kind: K }> => act.kind === kind);
  const count = (status: Reservation['status']) =>
    reservations.filter((r) => r.status === status).length;

  it('is the same for the same seed and day, and another for another seed', () => {
    const [a, b, c] = [
      planOf(today, 20, rules),
      planOf(today, 20, rules),
      planOf(today, 20, rules, 'another'),
    ];
    expect(JSON.stringify(a)).to.equal(JSON.stringify(b));
    expect(JSON.stringify(a.acts)).not.to.equal(JSON.stringify(c.acts));
  });

  it('has the size of a community of communes', () => {
    expect(plan.dossiers.families).to.have.length(400);
    expect(plan.dossiers.children).to.have.length(700);
    expect(plan.dossiers.activities.length).to.be.at.least(8);
    const facilities = plan.dossiers.activities.map(({ definition: d }) => d.facility.facilityId);
    expect(new Set(facilities).size).to.be.at.least(3);
    expect(plan.bookings).to.be.within(95_000, 105_000);
    expect(reservations).to.have.length(plan.bookings);
  });

  for (const day of ['2026-07-06', '2026-09-01'])
    it(`has as many bookings for who comes on ${day}`, () => {
      expect(planOf(day, 400, rules).bookings).to.be.within(95_000, 105_000);
    });

  it('has activities of every kind, and deadlines of every shape', () => {
    const definitions = plan.dossiers.activities.map(({ definition }) => definition);
    const kinds: ActivityKind[] = ['meal', 'beforeSchool', 'afterSchool', 'wednesday', 'holidays'];
    expect(new Set(definitions.map(({ kind }) => kind))).to.deep.equal(new Set(kinds));
    const rulesOf = definitions.flatMap(({ terms }) => [terms.booking, terms.promotion]);
    expect(new Set(rulesOf.map(({ rule }) => rule.type))).to.deep.equal(
      new Set(['weekdayTable', 'daysBefore', 'weekdayBefore', 'sameDay', 'monthBefore', 'none']),
    );
    const meals = definitions.filter(({ kind }) => kind === 'meal');
    expect(meals.map(({ terms }) => terms.priceCents)).to.deep.equal([299, 299, 315]);
    const staffed = definitions.filter(({ terms }) => terms.validation === 'staff');
    expect(staffed.map(({ terms }) => terms.groups.length)).to.deep.equal([2, 2, 2, 2]);
  });

  it('has families with one parent and with two, from here and from elsewhere, and shared children', () => {
    const parents = plan.dossiers.families.map(({ family }) => family.household.guardians.length);
    expect(parents.filter((of) => of === 2).length).to.be.within(220, 320);
    expect(plan.dossiers.families.filter(({ family }) => !family.resident).length).to.be.within(
      15,
      50,
    );
    expect(plan.dossiers.secondHouseholds).to.have.length(3);
    for (const { childId } of plan.dossiers.secondHouseholds) {
      const booked = reservations.filter(({ ref }) => ref.childId === childId);
      expect(new Set(booked.map(({ ref }) => ref.familyId)).size, childId).to.equal(2);
    }
  });

  it('has children of 3 to 11 in the class of their age, and diverse names', () => {
    const identities = plan.dossiers.children.map(({ child }) => child.identity);
    for (const { birthDate, schoolClass } of identities) {
      expect(ageOn(birthDate, today), birthDate).to.be.within(3, 11);
      expect(schoolClass === 'CE1').to.equal(birthDate.startsWith('2019'));
    }
    expect(new Set(identities.map(({ firstName }) => firstName)).size).to.be.above(150);
    expect(new Set(identities.map(({ lastName }) => lastName)).size).to.be.above(80);
  });

  it('has no address or telephone of a real person', () => {
    for (const { family } of plan.dossiers.families)
      for (const { email, phone } of family.household.guardians) {
        expect(email).to.match(/^[a-z0-9.]+@example\.fr$/);
        expect(phone).to.match(/^06 00 00 00 \d\d$/);
      }
    const emails = plan.dossiers.families.flatMap(({ family }) =>
      family.household.guardians.map(({ email }) => email),
    );
    expect(new Set(emails).size).to.equal(emails.length);
  });

  it("has the demo guardian's three children, of the classes of the sketches", () => {
    const children = demoPeople.guardian.children.map(
      ({ childId }) => town.children.get(childId)!.identity,
    );
    expect(
      children.map(({ firstName, schoolClass }) => `${firstName} ${schoolClass}`),
    ).to.deep.equal(['Léa CE1', 'Hugo PS', 'Zoé CM2']);
  });

  it('leaves twenty to thirty requests for the agents to answer, none of them in the past', () => {
    const awaiting = reservations.filter(({ status }) => status === 'awaitingValidation');
    expect(awaiting.length).to.be.within(20, 30);
    expect(awaiting.every(({ date }) => date > today)).to.equal(true);
  });

  it('has a life: refusals with a reason, cancellations in time and late, waiting lists that moved', () => {
    expect(count('refused')).to.be.above(100);
    expect(ofKind('refuse').every(({ reason }) => reason.length > 30)).to.equal(true);
    const timings = reservations.map((r) => (r.status === 'cancelled' ? r.timing : undefined));
    expect(timings.filter((timing) => timing === 'inTime').length).to.be.above(500);
    expect(timings.filter((timing) => timing === 'late').length).to.be.above(200);
    const promoted = reservations.filter((r) => 'freeUntil' in r);
    expect(promoted.length).to.be.above(20);
    const waiting = reservations.filter((r) => r.status === 'waitlisted' && r.date > today);
    expect(waiting.length).to.be.at.least(4);
  });

  it('closes sessions not long ago and soon, with bookings in them', () => {
    const dates = [...new Set(ofKind('close').map(({ date }) => date))];
    expect(dates.filter((date) => date < today)).to.have.length(1);
    expect(dates.filter((date) => date > today)).to.have.length(1);
    expect(count('cancelledByTown')).to.be.above(100);
  });

  it('has families that book the year, the month, or now and then', () => {
    const visits = new Map<string, Map<number, number>>();
    for (const { by, at } of ofKind('reserve')) {
      const family = visits.get(by.familyId) ?? new Map<number, number>();
      family.set(at, (family.get(at) ?? 0) + 1);
      visits.set(by.familyId, family);
    }
    const largest = [...visits.values()].map((family) => Math.max(...family.values()));
    expect(largest.filter((size) => size >= 100).length, 'the year').to.be.above(60);
    expect(largest.filter((size) => size >= 15 && size < 60).length, 'the month').to.be.above(60);
    expect(largest.filter((size) => size < 8).length, 'now and then').to.be.above(60);
  });

  it('is told in order of time, after the dossiers, and ends with a sending of the guardian', () => {
    const moments = plan.acts.map(({ at }) => at);
    expect(moments.every((at, i) => i === 0 || (moments[i - 1] ?? 0) <= at)).to.equal(true);
    const papers = Object.values(plan.dossiers).flatMap((list) =>
      (list as readonly { at: number }[]).map(({ at }) => at),
    );
    expect(Math.max(...papers)).to.be.below(moments[0]!);
    const last = plan.acts.at(-1);
    expect(last?.kind === 'submit' && last.by.familyId).to.equal(demoPeople.guardian.familyId);
    expect(ofKind('submit').every(({ book }) => book.length <= 400)).to.equal(true);
    expect(ofKind('submit').length).to.be.above(5);
  });
});
