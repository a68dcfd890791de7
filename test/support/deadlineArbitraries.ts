import fc from 'fast-check';
import type { Deadline } from '../../src/domain/activity/ruleset/deadline/deadline.ts';
import type { DeadlineContext } from '../../src/domain/activity/ruleset/deadline/deadlineRule.ts';
import { addDays, weekdays } from '../../src/domain/kernel/localDate.ts';
import { faultsIn, holidayCentre } from './deadlineFacts.ts';
import { day } from './townFacts.ts';

const two = (n: number): string => String(n).padStart(2, '0');
/** Quarter hours, the first minutes of a day and its end. */
const time = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
    .map(([h, m]) => `${two(h)}:${two(m)}`),
  fc.constant('24:00'),
);
/** A day of 2026 to 2032; every other one in the autumn and winter of the periods. */
export const anyDay = fc
  .oneof(fc.integer({ min: 0, max: 2556 }), fc.integer({ min: 285, max: 370 }))
  .map((days) => addDays(day('2026-01-01'), days));
const boundary = fc.constantFrom('exclusive', 'inclusive');
const holidayShift = fc.oneof(
  fc.constantFrom('none', 'previous_working_day', 'previous_service_day'),
  fc.record({
    explicit: fc.array(
      fc
        .tuple(anyDay, fc.integer({ min: 0, max: 40 }), time)
        .map(([date, days, at]) => ({ date, limit: `${addDays(date, -days)}T${at}` })),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);
const weekday = fc.constantFrom(...weekdays);
const anchor = fc.constantFrom('service_day', 'period_start');
const dated = { boundary, holidayShift };
const of = <T extends string>(type: T) => fc.constant(type);

const row = fc.record(
  { closes: weekday, weeksBefore: fc.integer({ min: 0, max: 3 }), at: time },
  { requiredKeys: ['closes', 'weeksBefore'] },
);
/** A day before the end of a period, some days back. */
const ahead = (code: string, most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), time)
    .map(([days, at]) => `${addDays(holidayCentre.periods[code]!.to, -days)}T${at}`);
/** Residents first, by some days or none; the opening may come too late for the closing. */
const windowOf = (code: string) =>
  fc
    .tuple(ahead(code, 90), fc.integer({ min: 0, max: 20 }), ahead(code, 40))
    .map(([first, days, closes]) => ({
      opens: [
        { audience: 'resident', at: first },
        { audience: 'all', at: `${addDays(day(first.slice(0, 10)), days)}${first.slice(10)}` },
      ],
      closes,
    }));
const everyPeriod = <T>(item: (code: string) => fc.Arbitrary<T>) =>
  fc.record(
    Object.fromEntries(Object.keys(holidayCentre.periods).map((code) => [code, item(code)])),
  );
/** For a slot that begins at 8. */
const early = fc
  .integer({ min: 0, max: 8 * 60 + 10 })
  .map((m) => `${two(Math.floor(m / 60))}:${two(m % 60)}`);

/** Anything that a town may write, right or wrong. */
const written = fc.oneof(
  fc.constantFrom({ type: 'none' }, { type: 'never' }),
  fc.record({
    type: of('offset'),
    n: fc.integer({ min: 0, max: 40 }),
    unit: fc.constantFrom('calendar_day', 'working_day', 'service_day'),
    at: time,
    anchor,
    ...dated,
  }),
  fc.record({
    type: of('offset'),
    n: fc.integer({ min: 1, max: 400 }),
    unit: fc.constantFrom('hour', 'hour_excl_weekend'),
    anchor: of('slot_start'),
    ...dated,
  }),
  fc.record({ type: of('clear_days'), n: fc.integer({ min: 1, max: 40 }), anchor, ...dated }),
  fc.record({
    type: of('weekday_table'),
    rows: fc.record({ MON: row, TUE: row, WED: row, THU: row, FRI: row }),
    at: time,
    ...dated,
  }),
  fc.record({
    type: of('week_before'),
    weekday,
    weeks: fc.integer({ min: 0, max: 3 }),
    at: time,
    ...dated,
  }),
  fc.record({
    type: of('month_cutoff'),
    dayOfPreviousMonth: fc.integer({ min: 1, max: 31 }),
    at: time,
    ...dated,
  }),
  fc.record({
    type: of('date_list'),
    per: of('month'),
    limits: fc
      .array(fc.tuple(anyDay, fc.integer({ min: 0, max: 40 }), time), {
        minLength: 1,
        maxLength: 3,
      })
      .map((rows) =>
        Object.fromEntries(
          rows.map(([date, days, at]) => [date.slice(0, 7), `${addDays(date, -days)}T${at}`]),
        ),
      ),
    otherwise: fc.constantFrom('none', 'never'),
    boundary,
  }),
  fc.record({
    type: of('date_list'),
    per: of('period'),
    limits: everyPeriod((code) => ahead(code, 90)),
    otherwise: fc.constantFrom('none', 'never'),
    boundary,
  }),
  fc.record({ type: of('window'), periods: everyPeriod(windowOf), boundary }),
  fc.record(
    { type: of('same_day'), from: early, until: early, boundary },
    { requiredKeys: ['type', 'until', 'boundary'] },
  ),
);

/** Any deadline that has no fault in an activity. */
export const soundDeadline = (context: DeadlineContext = holidayCentre): fc.Arbitrary<Deadline> =>
  written.filter((one) => faultsIn(one, context).length === 0) as unknown as fc.Arbitrary<Deadline>;
