import { expect } from 'chai';
import { exactFrom, plus, rounded, zero } from '../../../../../src/domain/kernel/exact.ts';
import { asLocalDate } from '../../../../../src/domain/kernel/localDate.ts';
import { asInstant } from '../../../../../src/domain/kernel/parisTime.ts';
import type { ActivityRules } from '../../../../../src/domain/activity/ruleset/activityRules.ts';
import {
  compileActivity,
  type Charge,
} from '../../../../../src/domain/activity/ruleset/decision/compiledActivity.ts';
import type { PriceFacts } from '../../../../../src/domain/activity/ruleset/price/priceRule.ts';
import type { Ruleset } from '../../../../../src/domain/activity/ruleset/ruleset.ts';
import { paris, period, townCalendar } from '../../../../support/townFacts.ts';

const day = asLocalDate;
const family: PriceFacts = {
  units: [],
  qf: 'highest',
  resident: true,
  rank: { enrolled_children: 1, same_activity: 1, same_day: 1 },
  ownMeal: false,
};
const canteen: ActivityRules = {
  name: 'Cantine',
  kind: 'meal',
  serviceDays: ['MON', 'TUE', 'THU', 'FRI'],
  season: 'school_term',
  slot: { start: '12:00', end: '13:30' } as NonNullable<ActivityRules['slot']>,
  book: { deadline: { type: 'none' }, late: { outcome: 'refuse' } },
  cancel: {
    deadline: { type: 'never' },
    late: { outcome: 'accept', adjust: { op: 'multiply', factor: '1' } },
  },
  absence: [
    { ground: 'illness', relief: { retainPercent: '10' }, form: 'not_billed', scope: 'child' },
  ],
  price: { type: 'effort_rate', rate: '0.0055', ceiling: 400 },
};
const town = townCalendar({ schoolHolidays: [period('Noël', '2026-12-19', '2027-01-03')] });
const rounding = { mode: 'half_up', at: 'line' } as const;
const compiled = (rules: Partial<ActivityRules> = {}, calendar: Ruleset['calendar'] = {}) =>
  compileActivity({ rounding, calendar }, 'cantine', { ...canteen, ...rules }, town);
const act = (at: string, more = {}) => ({
  at: asInstant(at),
  audience: 'resident' as const,
  steps: [],
  ...more,
});
const early = act('2026-09-01T08:00:00Z');
const centsOf = (charge: Charge | undefined) =>
  charge && 'cents' in charge ? charge.cents : expect.fail(JSON.stringify(charge));
const added = (charge: Charge | undefined) =>
  charge && 'steps' in charge
    ? rounded(
        charge.steps.reduce((sum, { adds }) => plus(sum, adds), zero),
        'down',
      )
    : expect.fail('no amount');

describe('the days of an activity', () => {
  const why = (date: string, ...of: Parameters<typeof compiled>) =>
    compiled(...of).book(early, day(date), family).noService;

  it('are the weekdays served, in school time, without public holidays', () => {
    expect(why('2026-11-16')).to.equal(undefined);
    expect(why('2026-11-18')).to.equal('weekday');
    expect(why('2026-11-11', { serviceDays: ['WED'] })).to.equal('public_holiday');
    expect(why('2026-12-21')).to.equal('school_calendar');
    expect(why('2026-12-21', { season: 'all_year' })).to.equal(undefined);
    expect(why('2026-12-21', { season: 'school_holidays' })).to.equal(undefined);
    expect(why('2026-11-16', { season: 'school_holidays' })).to.equal('school_calendar');
  });

  it('leave out closures, of all activities or of those named', () => {
    const closed = (activities?: string[]) => ({
      closures: [
        {
          from: day('2026-11-16'),
          to: day('2026-11-17'),
          reason: 'Travaux',
          ...(activities && { activities }),
        },
      ],
    });
    expect(why('2026-11-17', {}, closed())).to.equal('closure');
    expect(why('2026-11-17', {}, closed(['cantine']))).to.equal('closure');
    expect(why('2026-11-17', {}, closed(['garderie']))).to.equal(undefined);
    expect(why('2026-11-19', {}, closed())).to.equal(undefined);
  });

  it('gain the extra days that the town adds', () => {
    const extraServiceDays = [{ date: day('2026-11-18'), reason: 'Rattrapage du lundi' }];
    expect(why('2026-11-18', {}, { extraServiceDays })).to.equal(undefined);
  });

  it('stand in a period, where there are any', () => {
    const periods = {
      AUTOMNE: { name: 'Automne', from: day('2026-11-16'), to: day('2026-11-20') },
    };
    expect(why('2026-11-20', { periods })).to.equal(undefined);
    expect(why('2026-11-23', { periods })).to.equal('period');
  });
});

describe('what an act costs', () => {
  const monday = day('2026-11-16');

  it('is rounded once, and its steps add up to it', () => {
    const { charge } = compiled().book(early, monday, { ...family, qf: exactFrom('579') });
    expect(centsOf(charge)).to.equal(318);
    expect(added(charge)).to.equal(318);
  });

  it('is over when the session begins', () => {
    const before = act(paris('2026-11-16 11:59'));
    const sharp = act(paris('2026-11-16 12:00'));
    expect(compiled().book(before, monday, family).status).to.equal('accepted');
    expect(compiled().book(sharp, monday, family).status).to.equal('refused_late');
    const { slot, ...withoutHours } = canteen;
    expect(slot?.start).to.equal('12:00');
    const open = compileActivity({ rounding, calendar: {} }, 'cantine', withoutHours, town);
    expect(open.book(act(paris('2026-11-16 23:59')), monday, family).status).to.equal('accepted');
  });

  it('of a cancellation that is never free stays the price', () => {
    const { status, charge, judgement } = compiled().cancel(early, monday, family);
    expect([status, centsOf(charge), judgement?.window]).to.deep.equal(['late', 400, 'never']);
  });

  it('loses the quotient where the rule says so', () => {
    const qf = exactFrom('100');
    const late = { outcome: 'accept', adjust: { op: 'add', cents: 0 } } as const;
    const book = { deadline: { type: 'never' } as const, late };
    const losing = { ...book, late: { ...late, losesQf: true } };
    expect(centsOf(compiled({ book }).book(early, monday, { ...family, qf }).charge)).to.equal(55);
    expect(
      centsOf(compiled({ book: losing }).book(early, monday, { ...family, qf }).charge),
    ).to.equal(400);
  });

  it('goes by how often it has happened, up to a refusal', () => {
    const late = {
      outcome: 'accept',
      adjust: {
        window: 'month',
        per: 'child',
        rows: [
          { fromOccurrence: 1, toOccurrence: 1, adjust: { op: 'add', cents: 100 } },
          { fromOccurrence: 2, adjust: { op: 'refuse' } },
        ],
      },
    } as const;
    const { book } = compiled({ book: { deadline: { type: 'never' }, late } });
    const nth = (occurrence: number) => book({ ...early, occurrence }, monday, family);
    expect(centsOf(nth(1).charge)).to.equal(500);
    expect(nth(2)).to.deep.include({ status: 'refused_late' }).and.not.to.have.property('charge');
  });

  it('is not said where the town asks a proof, or decides by hand', () => {
    const by = (outcome: 'waitlist' | 'manual') =>
      compiled({ book: { deadline: { type: 'never' }, late: { outcome } } }).book(
        early,
        monday,
        family,
      );
    expect(by('waitlist'))
      .to.deep.include({ status: 'waitlisted' })
      .and.not.to.have.property('charge');
    expect(by('manual').status).to.equal('manual');
  });

  it('of an excused absence is what the town keeps; of another one, what a no-show costs', () => {
    const week = { from: monday, to: day('2026-11-17') };
    const ill = compiled().absence({ ground: 'illness', ...week }, family);
    expect([ill.cents, ill.billed]).to.deep.equal([80, ['2026-11-16', '2026-11-17']]);
    ill.charges.forEach(({ charge }) => expect(added(charge)).to.equal(40));
    const noShow = { op: 'add', cents: 50 } as const;
    expect(compiled({ noShow }).absence({ ground: 'none', ...week }, family).cents).to.equal(900);
    expect(compiled({ noShow }).absence({ ground: 'illness', ...week }, family).cents).to.equal(80);
  });

  it('of a child who was not expected is its price, where no rule says otherwise', () => {
    expect(compiled().unbooked(family)).to.deep.include({ cents: 400 });
    expect(compiled({ unbooked: { op: 'refuse' } }).unbooked(family)).to.equal('refused');
  });

  it('of a late pick-up comes on top', () => {
    const latePickup = {
      close: '18:30',
      graceMinutes: 5,
      boundary: 'inclusive',
      countedFrom: 'close',
      fromOccurrence: 1,
      mode: { type: 'flat', cents: 1000 },
    } as NonNullable<ActivityRules['latePickup']>;
    const at = (departure: string) => {
      const { penalty, charge } = compiled({ latePickup }).pickup(family, {
        departure: departure as NonNullable<PriceFacts['departure']>,
      });
      expect(added(charge)).to.equal(centsOf(charge));
      return [centsOf(penalty), centsOf(charge)];
    };
    expect(at('18:35')).to.deep.equal([0, 400]);
    expect(at('18:36')).to.deep.equal([1000, 1400]);
  });
});
