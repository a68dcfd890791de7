import fc from 'fast-check';
import { expect } from 'chai';
import {
  absenceFaultsOf,
  absenceLinesOf,
  excuses,
  fourDays,
  judged,
} from '../../../../support/absenceFacts.ts';
import { addDays, type LocalDate } from '../../../../../src/domain/kernel/localDate.ts';
import { instantOf } from '../../../../../src/domain/kernel/parisTime.ts';
import { day } from '../../../../support/townFacts.ts';

const unit = fc.constantFrom('calendar_day', 'working_day', 'service_day');
const maybe = <T>(name: string, some: fc.Arbitrary<T>) =>
  fc.option(some).map((value) => (value === null ? {} : { [name]: value }));
const waiting = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  unit,
  from: fc.constantFrom('notice', 'first_absence'),
});
const from = fc.constantFrom('first_day', 'each_day', 'last_day', 'return', 'month_end');
const boundary = fc.constantFrom('exclusive', 'inclusive');
const within = fc.oneof(
  fc.record({ n: fc.integer({ min: 0, max: 9 }), unit, from }),
  fc.record({
    n: fc.integer({ min: 1, max: 99 }),
    unit: fc.constant('hour'),
    from,
    at: fc.constantFrom('08:00', '24:00'),
    boundary,
  }),
);
const sameDay = fc.record({
  type: fc.constant('weekday_table'),
  rows: fc.constant(
    Object.fromEntries(fourDays.map((one) => [one, { closes: one, weeksBefore: 0 }])),
  ),
  at: fc.constantFrom('09:00', '15:00'),
  boundary,
  holidayShift: fc.constantFrom('none', 'previous_working_day'),
});
const deadline = fc.oneof(sameDay, fc.constant({ type: 'none' }));
const evidence = fc
  .tuple(
    fc.record({ kinds: fc.constant(['certificate']), within: fc.option(within) }),
    maybe('ifLate', fc.record({ waiting })),
    maybe('ifMissing', fc.record({ waiting })),
  )
  .map((parts) => Object.assign({}, ...parts) as object);
const rule = fc
  .tuple(
    maybe('notice', fc.record({ deadline, from: fc.constantFrom('first_day', 'each_day') })),
    maybe('evidence', evidence),
    maybe('waiting', waiting),
    maybe(
      'freeFirst',
      fc.record({
        n: fc.integer({ min: 1, max: 3 }),
        unit,
        billedNext: fc.option(fc.integer({ min: 1, max: 3 })),
        unlessNotice: fc.option(deadline),
      }),
    ),
    maybe('minConsecutive', fc.record({ n: fc.integer({ min: 2, max: 5 }), unit })),
  )
  .map((parts) => [excuses(Object.assign({}, ...parts) as object)])
  .filter((rules) => absenceFaultsOf(rules).length === 0);

const start = Date.parse('2026-10-19T00:00:00Z');
const moment = fc.integer({ min: -9_000, max: 40_000 }).map((minutes) => start + minutes * 60_000);
const told = fc.record({
  from: fc.integer({ min: 0, max: 30 }).map((n) => addDays(day('2026-10-19'), n)),
  length: fc.integer({ min: 0, max: 12 }),
  notice: fc.option(moment),
  evidence: fc.option(moment),
});
const at = (milliseconds: number | null): string | undefined =>
  milliseconds === null ? undefined : instantOf(milliseconds);

/** The days due for these facts. */
function due(
  rules: object[],
  spell: { readonly from: LocalDate; readonly length: number },
  notice: number | null,
  evidence: number | null,
): readonly LocalDate[] {
  const [warned, proved] = [at(notice), at(evidence)];
  return judged(rules, {
    from: spell.from,
    to: addDays(spell.from, spell.length),
    ...(warned !== undefined && { notice: warned }),
    ...(proved !== undefined && { evidence: proved }),
  }).billed;
}

describe('any rule that has no fault', () => {
  it('decides any absence; a warning or a proof that comes earlier never adds a day', () => {
    fc.assert(
      fc.property(rule, told, fc.nat(20_000), (rules, spell, minutes) => {
        const earlier = (one: number | null) => (one === null ? null : one - minutes * 60_000);
        const later = due(rules, spell, spell.notice, spell.evidence);
        expect(later).to.include.members([
          ...due(rules, spell, earlier(spell.notice), spell.evidence),
        ]);
        expect(later).to.include.members([
          ...due(rules, spell, spell.notice, earlier(spell.evidence)),
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it('decides the same once written and read again, and has its sentence', () => {
    fc.assert(
      fc.property(rule, told, (rules, spell) => {
        const again = JSON.parse(JSON.stringify(rules)) as object[];
        expect(due(again, spell, spell.notice, spell.evidence)).to.eql(
          due(rules, spell, spell.notice, spell.evidence),
        );
        expect(absenceLinesOf(rules)[0]).to.match(
          /^Maladie\u00a0: absence non facturée[^.]+[^.;]$/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
