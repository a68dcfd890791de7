import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { absences } from '../../../../src/domain/activity/ruleset/absence/absence.ts';
import { adjustmentDefinitions } from '../../../../src/domain/activity/ruleset/adjustment/adjustment.ts';
import { allocation } from '../../../../src/domain/activity/ruleset/allocation/allocation.ts';
import { deadlineDefinitions } from '../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { unbooked } from '../../../../src/domain/activity/ruleset/occurrence/unbooked.ts';
import { latePickup } from '../../../../src/domain/activity/ruleset/pickup/latePickup.ts';
import { priceDefinitions } from '../../../../src/domain/activity/ruleset/price/price.ts';
import { qfPolicy } from '../../../../src/domain/activity/ruleset/qf/qfPolicy.ts';
import { conforms, type Schema } from '../../../../src/domain/activity/ruleset/schema/schema.ts';
import { published } from '../../../../src/domain/activity/ruleset/schema/structures.ts';
import { excuses } from '../../../support/absenceFacts.ts';

const definitions = { ...deadlineDefinitions, ...adjustmentDefinitions, ...priceDefinitions() };
const within = { n: 48, unit: 'hour', from: 'first_day', at: '08:00', boundary: 'inclusive' };
const waiting = { n: 2, unit: 'service_day', from: 'notice' };
const proof = (more: object = {}) => [
  excuses({ evidence: { kinds: ['certificate'], within, ...more } }),
];
const pickup = (mode: object, more: object = {}) => ({
  close: '18:30',
  graceMinutes: 5,
  boundary: 'inclusive',
  countedFrom: 'close',
  fromOccurrence: 1,
  mode,
  ...more,
});
const qf = {
  missing: 'highest',
  outsideUsesQf: true,
  changeEffective: 'immediate',
  retroactive: true,
};

/** For each schema, what conforms and what doesn't. */
const samples: readonly [string, Schema<unknown>, readonly unknown[], readonly unknown[]][] = [
  [
    'absences',
    absences,
    [
      [],
      [{ ground: 'school_trip', relief: 'none' }, excuses({ relief: { retainPercent: '10' } })],
      proof({ ifLate: 'refuse', ifMissing: { waiting }, names: ['child'] }),
      proof({ within: null }),
      proof({ within: { n: 0, unit: 'working_day', from: 'return' } }),
      [excuses({ notice: { deadline: { type: 'none' }, from: 'each_day' }, waiting })],
      [
        excuses({
          freeFirst: {
            n: 2,
            unit: 'service_day',
            billedNext: null,
            unlessNotice: { type: 'none' },
          },
          minConsecutive: { n: 4, unit: 'calendar_day' },
        }),
      ],
    ],
    [
      {},
      [{}],
      [{ ground: 'illness', relief: 'none', scope: 'child' }],
      [excuses({ relief: 'none' })],
      [excuses({ relief: 'half' })],
      [excuses({ scope: undefined })],
      proof({ within: { n: 2, unit: 'calendar_day', from: 'first_day', at: '08:00' } }),
      proof({ within: { ...within, boundary: undefined } }),
      proof({ ifLate: 'accept' }),
      proof({ ifLate: {} }),
    ],
  ],
  [
    'latePickup',
    latePickup,
    [
      pickup({ type: 'flat', cents: 600 }),
      pickup({ type: 'slices', sliceMinutes: 15, centsPerSlice: 1000, counts: 'started' }),
      pickup({ type: 'tiers', tiers: [{ untilMinutes: null, cents: 1 }], cumulative: true }),
      pickup({ type: 'flat', cents: 1 }, { fromOccurrence: 2, window: 'ever', per: 'family' }),
    ],
    [
      pickup({ type: 'flat' }),
      pickup({ type: 'flat', cents: 1.5 }),
      pickup({ type: 'tiers', tiers: [], cumulative: true }),
      pickup({ type: 'flat', cents: 1 }, { countedFrom: undefined }),
      pickup({ type: 'flat', cents: 1 }, { close: '25:00' }),
    ],
  ],
  [
    'unbooked',
    unbooked,
    [
      { op: 'refuse' },
      { op: 'replace', cents: 1000 },
      { window: 'month', per: 'child', rows: [{ fromOccurrence: 1, adjust: { op: 'refuse' } }] },
    ],
    [{ op: 'double' }, { rows: [] }, { op: 'refuse', cents: 1 }, null],
  ],
  [
    'qf',
    qfPolicy,
    [qf, { ...qf, missing: { band: '900' }, source: ['CAF'], referenceDate: '03-31' }],
    [{}, { ...qf, missing: {} }, { ...qf, missing: 'lowest' }, { ...qf, source: [] }],
  ],
  [
    'allocation',
    allocation,
    [
      { order: ['request_instant'], waitlistOptIn: false },
      {
        order: ['score', 'rotation'],
        scores: [{ criterion: 'sibling', points: 2, words: 'fratrie' }],
        rotation: { mustDecline: 2 },
        offer: { ttlHours: 48, boundary: 'inclusive' },
        answerBy: { n: 8, unit: 'calendar_day', before: 'period_start' },
        waitlistOptIn: true,
      },
    ],
    [
      { order: [], waitlistOptIn: false },
      { order: ['luck'], waitlistOptIn: false },
      { order: ['residents'] },
    ],
  ],
];

describe('the published schema and the check agree', () => {
  for (const [name, schema, good, bad] of samples)
    it(`on ${name}`, () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const accepts = ajv.compile(published(`urn:test:${name}`, schema, definitions));
      for (const [values, wanted] of [
        [good, true],
        [bad, false],
      ] as const)
        for (const value of values) {
          const written = JSON.parse(JSON.stringify(value)) as unknown;
          const told = JSON.stringify(value);
          expect(conforms(schema, written), `check ${told}`).to.equal(wanted);
          expect(accepts(written), `schema ${told}`).to.equal(wanted);
        }
    });
});
