import { expect } from 'chai';
import {
  compileLatePickup,
  latePickup,
  latePickupFaults,
  latePickupLines,
  type LatePickup,
  type PickupFacts,
} from '../../../../../src/domain/activity/ruleset/pickup/latePickup.ts';
import type { PriceStep } from '../../../../../src/domain/activity/ruleset/price/priceRule.ts';
import type { Report } from '../../../../../src/domain/activity/ruleset/schema/schema.ts';
import { exactOf } from '../../../../../src/domain/kernel/exact.ts';
import { hour } from '../../../../support/townFacts.ts';

const flat = { type: 'flat', cents: 600 };
const slices = { type: 'slices', sliceMinutes: 15, centsPerSlice: 1000, counts: 'started' };
const tiers = {
  type: 'tiers',
  tiers: [
    { untilMinutes: 15, cents: 1000 },
    { untilMinutes: null, cents: 5000 },
  ],
  cumulative: false,
};
/** Closes at half past six, without grace, from the first time, unless told. */
const pickup = (mode: object, more: object = {}): object => ({
  close: '18:30',
  graceMinutes: 0,
  boundary: 'inclusive',
  countedFrom: 'close',
  fromOccurrence: 1,
  mode,
  ...more,
});

const context = { serviceDays: [], starts: [], periods: {} };
function faultsOf(written: unknown): string[] {
  const faults: string[] = [];
  const report: Report = (path, reason) => faults.push(`${path.join('/')}: ${reason}`);
  latePickup.check(written, [], report);
  if (faults.length === 0) latePickupFaults(written as LatePickup, [], context, report);
  return faults;
}
const ruleOf = (written: object) => {
  expect(faultsOf(written)).to.eql([]);
  return compileLatePickup(written as LatePickup, ['garderie', 'latePickup']);
};
/** Cents for departures at these times. */
const centsAt = (written: object, ...times: string[]): unknown[] =>
  times.map((time) => {
    const amount = ruleOf(written).amount({ departure: hour(time), occurrence: 9 }, undefined);
    return 'unpriced' in amount ? amount : Number(amount.n) / Number(amount.d);
  });
const linesOf = (written: object) => latePickupLines(written as LatePickup);

describe('a late pick-up', () => {
  it('a flat amount, however late; nothing at closing time sharp', () => {
    expect(centsAt(pickup(flat), '17:00', '18:29', '18:30', '18:31', '23:59')).to.eql([
      0, 0, 0, 600, 600,
    ]);
  });

  it('closing time sharp is late where the town leaves it out', () => {
    const strict = pickup(flat, { boundary: 'exclusive' });
    expect(centsAt(strict, '18:29', '18:30', '18:31')).to.eql([0, 600, 600]);
  });

  it('nothing inside grace; its last minute held or left out', () => {
    expect(centsAt(pickup(flat, { graceMinutes: 5 }), '18:34', '18:35', '18:36')).to.eql([
      0, 0, 600,
    ]);
    const fromFive = pickup(flat, { graceMinutes: 5, boundary: 'exclusive' });
    expect(centsAt(fromFive, '18:34', '18:35', '18:36')).to.eql([0, 600, 600]);
  });

  describe('by slices', () => {
    it('started', () => {
      expect(centsAt(pickup(slices), '18:30', '18:31', '18:45', '18:46', '19:00', '19:01')).to.eql([
        0, 1000, 1000, 2000, 2000, 3000,
      ]);
    });
    it('started, a minute on a bound begins the next', () => {
      const next = pickup(slices, { boundary: 'exclusive' });
      expect(centsAt(next, '18:29', '18:30', '18:44', '18:45', '19:00')).to.eql([
        0, 1000, 1000, 2000, 3000,
      ]);
    });
    it('completed', () => {
      const whole = pickup({ ...slices, counts: 'completed' });
      expect(centsAt(whole, '18:31', '18:44', '18:45', '18:46', '19:00')).to.eql([
        0, 0, 1000, 1000, 2000,
      ]);
    });
    it('counted from closing time, or from the end of grace', () => {
      const times = ['18:40', '18:41', '18:45', '18:46', '18:55', '18:56'] as const;
      const graced = { graceMinutes: 10 };
      expect(centsAt(pickup(slices, graced), ...times)).to.eql([0, 1000, 1000, 2000, 2000, 2000]);
      const fromGrace = pickup(slices, { ...graced, countedFrom: 'grace_end' });
      expect(centsAt(fromGrace, ...times)).to.eql([0, 1000, 1000, 1000, 1000, 2000]);
    });
  });

  describe('by tiers', () => {
    it('10 € up to a quarter of an hour, then 50 €', () => {
      expect(centsAt(pickup(tiers), '18:30', '18:31', '18:45', '18:46', '20:00')).to.eql([
        0, 1000, 1000, 5000, 5000,
      ]);
      const next = pickup(tiers, { boundary: 'exclusive' });
      expect(centsAt(next, '18:30', '18:44', '18:45')).to.eql([1000, 1000, 5000]);
    });
    it('that add up', () => {
      const sums = pickup({ ...tiers, cumulative: true });
      expect(centsAt(sums, '18:45', '18:46')).to.eql([1000, 6000]);
    });
    it('counted from the end of grace', () => {
      const late = pickup(tiers, { graceMinutes: 20, countedFrom: 'grace_end' });
      expect(centsAt(late, '18:50', '18:51', '19:05', '19:06')).to.eql([0, 1000, 1000, 5000]);
    });
  });

  describe('only when repeated', () => {
    const repeated = pickup(
      { type: 'flat', cents: 1500 },
      { fromOccurrence: 2, window: 'school_year', per: 'family' },
    );
    const at = (facts: PickupFacts) => ruleOf(repeated).amount(facts, undefined);
    const late = hour('18:45');

    it('SOU-8, SOU-9: nothing the first time, 15 € from the second', () => {
      expect(at({ departure: late, occurrence: 1 })).to.eql(exactOf(0));
      expect(at({ departure: late, occurrence: 2 })).to.eql(exactOf(1500));
      expect(at({ departure: late, occurrence: 3 })).to.eql(exactOf(1500));
    });
    it('asks how many there were, when it matters', () => {
      expect(at({ departure: late })).to.eql({ unpriced: 'occurrence' });
      expect(at({ departure: hour('18:30') })).to.eql(exactOf(0));
      expect(at({ occurrence: 2 })).to.eql({ unpriced: 'departure' });
      expect(ruleOf(pickup(flat)).amount({ departure: late }, undefined)).to.eql(exactOf(600));
    });
    it('says which departures count', () => {
      const { isLate } = ruleOf(pickup(flat, { graceMinutes: 5 }));
      expect([isLate(hour('18:35')), isLate(hour('18:36'))]).to.eql([false, true]);
    });
  });

  it('explains itself', () => {
    const trace: PriceStep[] = [];
    const rule = ruleOf(
      pickup(slices, { graceMinutes: 5, fromOccurrence: 2, window: 'month', per: 'child' }),
    );
    for (const [time, occurrence] of [
      ['18:20', 0],
      ['18:33', 0],
      ['18:50', 1],
      ['18:50', 2],
    ] as const)
      rule.amount({ departure: hour(time), occurrence }, trace);
    rule.amount({ departure: hour('18:30') }, trace);
    const step = (adds: number, values: object) => ({
      rule: 'garderie/latePickup',
      shape: 'late_pickup_slices',
      adds: exactOf(adds),
      values: { close: '18:30', fromOccurrence: 2, ...values },
    });
    expect(trace).to.eql([
      step(0, { departure: '18:20', outcome: 'in_time', minutes: 0, occurrence: 0 }),
      step(0, { departure: '18:33', outcome: 'grace', minutes: 0, occurrence: 0 }),
      step(0, { departure: '18:50', outcome: 'forgiven', minutes: 20, occurrence: 1 }),
      step(2000, { departure: '18:50', outcome: 'late', minutes: 20, occurrence: 2 }),
      step(0, { departure: '18:30', outcome: 'in_time', minutes: 0 }),
    ]);
  });

  describe('refuses', () => {
    it('a grace that ends at midnight or later', () => {
      const fault = 'Passé minuit, plus personne ne peut être en retard.';
      expect(faultsOf(pickup(flat, { close: '24:00' }))).to.eql([`close: ${fault}`]);
      expect(faultsOf(pickup(flat, { close: '23:50', graceMinutes: 10 }))).to.eql([
        `graceMinutes: ${fault}`,
      ]);
      expect(faultsOf(pickup(flat, { close: '23:50', graceMinutes: 9 }))).to.eql([]);
    });
    it('times counted without a window, and a window where nothing is counted', () => {
      const missing = 'Pour compter les retards, il faut dire sur quelle durée et pour qui.';
      expect(faultsOf(pickup(flat, { fromOccurrence: 2 }))).to.eql([
        `window: ${missing}`,
        `per: ${missing}`,
      ]);
      const idle = 'Dès le premier retard, rien n’est compté : cette ligne est de trop.';
      expect(faultsOf(pickup(flat, { window: 'month', per: 'child' }))).to.eql([
        `window: ${idle}`,
        `per: ${idle}`,
      ]);
    });
    it('times counted by period, where there is none', () => {
      expect(faultsOf(pickup(flat, { fromOccurrence: 2, window: 'period', per: 'child' }))).to.eql([
        'window: Cette activité n’a pas de période.',
      ]);
    });
    it('what the texts leave silent', () => {
      expect(faultsOf({ mode: flat })).to.eql(
        ['close', 'graceMinutes', 'boundary', 'countedFrom', 'fromOccurrence'].map(
          (name) => `${name}: Il manque : cette règle est obligatoire.`,
        ),
      );
      expect(faultsOf(pickup({ type: 'daily' }))).to.eql([
        'mode/type: Il faut l’un de : flat, slices, tiers.',
      ]);
      expect(faultsOf(pickup({ ...slices, sliceMinutes: 0 }))).to.eql([
        'mode/sliceMinutes: 0 n’est pas un nombre entier de 1 à 240.',
      ]);
    });
    it('tiers in disorder, without an end, or inside grace', () => {
      const rows = (...until: (number | null)[]) => ({
        type: 'tiers',
        tiers: until.map((untilMinutes) => ({ untilMinutes, cents: 100 })),
        cumulative: false,
      });
      const order = 'Les paliers doivent se suivre, du plus court au plus long.';
      expect(faultsOf(pickup(rows(30, 15, 15, null)))).to.eql([
        `mode/tiers/1/untilMinutes: ${order}`,
        `mode/tiers/2/untilMinutes: ${order}`,
      ]);
      expect(faultsOf(pickup(rows(15)))).to.eql([
        'mode/tiers/0/untilMinutes: Rien n’est dit au-delà : le dernier palier doit être sans fin (null).',
      ]);
      expect(faultsOf(pickup(rows(null, null)))).to.eql([
        'mode/tiers/0/untilMinutes: Seul le dernier palier peut être sans fin (null).',
      ]);
      const idle = [
        'mode/tiers/0/untilMinutes: Ce palier est tout entier dans la tolérance : il ne sert jamais.',
      ];
      expect(faultsOf(pickup(rows(15, null), { graceMinutes: 15 }))).to.eql(idle);
      expect(faultsOf(pickup(rows(16, null), { graceMinutes: 15 }))).to.eql([]);
      expect(
        faultsOf(pickup(rows(15, null), { graceMinutes: 15, countedFrom: 'grace_end' })),
      ).to.eql([]);
      expect(faultsOf(pickup(rows()))).to.eql(['mode/tiers: Il en faut au moins 1.']);
    });
  });

  describe('in French', () => {
    it('the amount, from when, how often', () => {
      expect(linesOf(pickup(flat))).to.eql(['départ après 18\u00a0h\u00a030\u00a0: 6,00\u00a0€']);
      expect(linesOf(pickup(flat, { boundary: 'exclusive', graceMinutes: 5 }))).to.eql([
        'départ à partir de 18\u00a0h\u00a035\u00a0: 6,00\u00a0€',
      ]);
      expect(
        linesOf(pickup(flat, { fromOccurrence: 2, window: 'school_year', per: 'family' })),
      ).to.eql([
        'départ après 18\u00a0h\u00a030, dès la 2e fois (par année scolaire et par famille)\u00a0: 6,00\u00a0€',
      ]);
    });
    it('slices', () => {
      expect(linesOf(pickup(slices, { graceMinutes: 10 }))).to.eql([
        'départ après 18\u00a0h\u00a040\u00a0: 10,00\u00a0€ par tranche de 15\u00a0min commencée',
        'le retard se compte à partir de 18\u00a0h\u00a030',
      ]);
      expect(
        linesOf(
          pickup({ ...slices, counts: 'completed' }, { graceMinutes: 5, countedFrom: 'grace_end' }),
        ),
      ).to.eql([
        'départ après 18\u00a0h\u00a035\u00a0: 10,00\u00a0€ par tranche de 15\u00a0min entière',
        'le retard se compte à partir de 18\u00a0h\u00a035',
      ]);
    });
    it('tiers', () => {
      const head = 'départ après 18\u00a0h\u00a030\u00a0: ';
      expect(linesOf(pickup(tiers))).to.eql([
        `${head}10,00\u00a0€ jusqu’à 15\u00a0min de retard`,
        `${head}50,00\u00a0€ au-delà`,
      ]);
      expect(linesOf(pickup({ ...tiers, cumulative: true }, { boundary: 'exclusive' }))).to.eql([
        'départ à partir de 18\u00a0h\u00a030\u00a0: 10,00\u00a0€ pour moins de 15\u00a0min de retard',
        'départ à partir de 18\u00a0h\u00a030\u00a0: 50,00\u00a0€ de plus au-delà',
      ]);
      expect(
        linesOf(
          pickup({
            type: 'tiers',
            tiers: [{ untilMinutes: null, cents: 1500 }],
            cumulative: false,
          }),
        ),
      ).to.eql([`${head}15,00\u00a0€`]);
    });
  });
});
