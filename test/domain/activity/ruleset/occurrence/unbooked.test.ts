import { expect } from 'chai';
import {
  compileUnbooked,
  unbooked,
  unbookedFaults,
  unbookedLines,
  type Unbooked,
} from '../../../../../src/domain/activity/ruleset/occurrence/unbooked.ts';
import type {
  PriceContext,
  PriceFacts,
  PriceStep,
} from '../../../../../src/domain/activity/ruleset/price/priceRule.ts';
import type { Report } from '../../../../../src/domain/activity/ruleset/schema/schema.ts';
import { exactOf } from '../../../../../src/domain/kernel/exact.ts';

const deadlines = { serviceDays: [], starts: [], periods: {} };
const prices = { units: {} } as unknown as PriceContext;
const facts: PriceFacts = {
  units: [],
  qf: 'highest',
  resident: true,
  rank: { enrolled_children: 1, same_activity: 1, same_day: 1 },
  ownMeal: false,
};

function faultsOf(written: unknown): string[] {
  const faults: string[] = [];
  const report: Report = (path, reason) => faults.push(`${path.join('/')}: ${reason}`);
  unbooked.check(written, ['unbooked'], report);
  if (faults.length === 0)
    unbookedFaults(written as Unbooked, ['unbooked'], deadlines, prices, report);
  return faults;
}
const ruleOf = (written: object) => {
  expect(faultsOf(written)).to.eql([]);
  return compileUnbooked(written as Unbooked, ['unbooked'], prices);
};
/** What a price becomes the how-many-th time. */
const becomes = (written: object, cents: number, occurrence?: number): unknown => {
  const rule = ruleOf(written)(occurrence);
  return typeof rule === 'string' ? rule : rule(exactOf(cents), facts, undefined);
};

const free = { op: 'add', cents: 0 };
/** Repeated presence without booking costs 5 € more. */
const leSourn = {
  window: 'school_year',
  per: 'child',
  rows: [
    { fromOccurrence: 1, toOccurrence: 1, adjust: free },
    { fromOccurrence: 2, adjust: { op: 'add', cents: 500 } },
  ],
};
/** Three strikes. */
const strikes = {
  window: 'month',
  per: 'family',
  rows: [
    { fromOccurrence: 1, toOccurrence: 3, adjust: { op: 'multiply', factor: '2' } },
    { fromOccurrence: 4, adjust: { op: 'refuse' } },
  ],
};

describe('presence without a booking', () => {
  it('another price: 10 € flat, the cost price', () => {
    expect(becomes({ op: 'replace', cents: 1000 }, 299)).to.eql(exactOf(1000));
    expect(becomes({ op: 'replace', cents: 549 }, 350, 7)).to.eql(exactOf(549));
  });

  it('SOU-6, SOU-7: the first time at the ordinary price, 5 € more from the second', () => {
    expect(becomes(leSourn, 190, 1)).to.eql(exactOf(190));
    expect(becomes(leSourn, 190, 2)).to.eql(exactOf(690));
    expect(becomes(leSourn, 190, 30)).to.eql(exactOf(690));
  });

  it('refused, always or from the fourth time', () => {
    expect(becomes({ op: 'refuse' }, 190)).to.equal('refuse');
    expect(becomes(strikes, 190, 3)).to.eql(exactOf(380));
    expect(becomes(strikes, 190, 4)).to.equal('refuse');
  });

  it('asks how often it has happened, when it matters', () => {
    expect(becomes(leSourn, 190)).to.equal('untold');
    const always = { ...leSourn, rows: [{ fromOccurrence: 1, adjust: { op: 'add', cents: 500 } }] };
    expect(becomes(always, 190)).to.eql(exactOf(690));
  });

  it('says where its rule stands', () => {
    const trace: PriceStep[] = [];
    for (const [rule, occurrence] of [
      [ruleOf(leSourn), 2],
      [ruleOf({ op: 'replace', cents: 1000 }), 1],
    ] as const) {
      const made = rule(occurrence);
      if (typeof made !== 'string') made(exactOf(190), facts, trace);
    }
    expect(trace.map(({ rule }) => rule)).to.eql(['unbooked/rows/1/adjust', 'unbooked']);
  });

  it('refuses rows that overlap, leave a hole or an end', () => {
    const rows = (...all: object[]) => faultsOf({ ...leSourn, rows: all });
    expect(rows({ fromOccurrence: 2, adjust: free })).to.eql([
      'unbooked/rows/0/fromOccurrence: La première ligne doit partir de la 1re fois.',
    ]);
    expect(
      rows(
        { fromOccurrence: 1, toOccurrence: 2, adjust: free },
        { fromOccurrence: 2, adjust: free },
      ),
    ).to.eql(['unbooked/rows/1/fromOccurrence: Cette ligne recouvre la précédente.']);
    expect(
      rows(
        { fromOccurrence: 1, toOccurrence: 2, adjust: free },
        { fromOccurrence: 4, adjust: free },
      ),
    ).to.eql([
      'unbooked/rows/1/fromOccurrence: Des fois manquent entre la ligne précédente et celle-ci.',
    ]);
    expect(rows({ fromOccurrence: 1, toOccurrence: 2, adjust: free })).to.eql([
      'unbooked/rows/0/toOccurrence: Aucune ligne ne dit ce qui vient ensuite.',
    ]);
  });

  it('refuses an unknown word, a factor nobody bills, and what is no rule', () => {
    expect(faultsOf({ op: 'double' })).to.eql([
      'unbooked/op: Il faut l’un de : replace, add, multiply, tariff, retain_percent, refuse.',
    ]);
    expect(faultsOf({ op: 'multiply', factor: '101' })).to.eql([
      'unbooked/factor: Ce facteur dépasse 100.',
    ]);
    expect(faultsOf(null)).to.eql(['unbooked: Un objet { … } est attendu ici.']);
    expect(faultsOf({ rows: [] })).to.include(
      'unbooked/window: Il manque : cette règle est obligatoire.',
    );
  });

  it('in French', () => {
    const lines = (rule: object) => unbookedLines(rule as Unbooked, prices);
    expect(lines({ op: 'refuse' })).to.eql(['l’enfant n’est pas accueilli']);
    expect(lines({ op: 'replace', cents: 1000 })).to.eql(['10,00\u00a0€ au lieu du tarif']);
    expect(lines(leSourn).at(-1)).to.equal(
      'compté par année scolaire et par enfant\u00a0; le compte repart de zéro le 1er septembre',
    );
    expect(lines(strikes)[1]).to.match(/ la 4e fois\u00a0: refus$/);
  });
});
