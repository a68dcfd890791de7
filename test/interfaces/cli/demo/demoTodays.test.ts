import { expect } from 'chai';
import { addDays, type LocalDate } from '../../../../src/domain/kernel/localDate.ts';
import { dayNumberOf } from '../../../../src/interfaces/cli/demo/townDays.ts';
import { calendar, planOf, sharedRules } from './demoFacts.ts';
import { guardianAgenda } from './guardianAgenda.ts';
import { PaperTown } from './paperTown.ts';

const special: Readonly<Record<string, string>> = {
  '2025-09-01': 'the first day of school',
  '2026-09-01': 'the first day of school, a Tuesday',
  '2026-08-31': 'the eve of the rentrée',
  '2026-07-04': 'the first day of the summer holidays',
  '2026-08-10': 'the middle of August',
  '2026-10-17': 'the first day of the autumn holidays',
  '2026-11-01': 'the last day of the autumn holidays, a public holiday and a Sunday',
  '2026-11-14': 'a Saturday',
  '2026-12-24': 'Christmas Eve',
  '2026-12-31': 'the last day of the year',
  '2027-01-01': 'New Year',
  '2027-03-28': 'the day when clocks go forward, Easter too',
  '2027-10-31': 'the day when clocks go back',
  '2027-05-06': 'Ascension Day',
  '2026-05-15': 'a bridge',
  '2028-02-29': 'a leap day',
  '2028-08-31': 'the last day that the file of holidays knows',
  '2028-09-01': 'the day after',
  '2029-02-15': 'the winter after',
  '2030-07-20': 'a summer long after',
};
const everyElevenDays = Array.from({ length: 67 }, (_, i) =>
  addDays('2026-09-03' as LocalDate, 11 * i),
);

describe("a newcomer's demo town", () => {
  const rules = sharedRules();

  function check(today: string): void {
    const town = new PaperTown(planOf(today, 12, rules), rules);
    const cells = guardianAgenda(town);
    const states = new Set(cells.map(({ state }) => state));
    expect([...states], today).to.include.members(
      [
        'free to book',
        'too late',
        'booked',
        'awaiting',
        'rank 2',
        'refused',
        'cancelled in time',
        'cancelled late, billed',
        'closed with a booking',
      ].filter((state) => state !== 'free to book' || !states.has('free to ask')),
    );
    const ahead = cells.filter(({ date }) => date >= today);
    const count = (...wanted: string[]) =>
      ahead.filter(({ state }) => wanted.includes(state)).length;
    expect(count('free to book', 'free to ask'), `${today}, free`).to.be.at.least(8);
    expect(count('booked'), `${today}, booked`).to.be.at.least(3);
    expect(count('closed with a booking'), `${today}, closed soon`).to.be.at.least(1);

    for (const [key, book] of town.books) {
      const [activityId = '', date = ''] = key.split('/');
      const statuses = [...book.reservations.values()].map(({ status }) => status);
      if (date < today) expect(statuses, key).not.to.include('awaitingValidation');
      const { definition } = town.plan.dossiers.activities.find(
        ({ definition: d }) => d.activityId === activityId,
      )!;
      for (const { minAge, maxAge, places } of definition.terms.groups) {
        let held = 0;
        for (let age = minAge; age <= maxAge; age += 1) held += book.held[age] ?? 0;
        expect(held, key).to.be.at.most(places);
      }
    }
    expect(
      town.plan.acts.every(({ at }) => at < rules.days.at(dayNumberOf(today as LocalDate))),
    ).to.equal(true);
  }

  for (const [today, what] of Object.entries(special))
    it(`shows every state on ${today}, ${what}`, () => check(today));

  it('shows every state every eleven days over two years', function () {
    this.timeout(90_000);
    for (const today of everyElevenDays) check(today);
  });

  it('has a closed day of the town in each year', () => {
    const closed = Array.from({ length: 366 }, (_, i) =>
      addDays('2026-09-01' as LocalDate, i),
    ).filter((date) => calendar.closure(date));
    expect(closed).to.include('2027-05-07');
  });
});
