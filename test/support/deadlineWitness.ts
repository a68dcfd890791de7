import type { Deadline } from '../../src/domain/activity/ruleset/deadline/deadline.ts';
import { holidayCentre, opening, saidOf } from './deadlineFacts.ts';

// Prints what deadlines of every shape say around both changes of time, for a reader in any zone to compare.
const dated = { boundary: 'exclusive', holidayShift: 'previous_working_day' };
const offset = { type: 'offset', ...dated };
const days = { ...offset, anchor: 'service_day' };
const period = {
  opens: [{ audience: 'all', at: '2026-08-31T00:00' }],
  closes: '2026-10-25T02:30',
};
const row = { closes: 'SUN', weeksBefore: 1 };
const deadlines = [
  { type: 'none' },
  { ...days, n: 1, unit: 'calendar_day', at: '02:30' },
  { ...days, n: 2, unit: 'working_day', at: '24:00' },
  { ...days, n: 2, unit: 'service_day', at: '00:00' },
  { ...offset, n: 30, unit: 'hour', anchor: 'slot_start' },
  { ...offset, n: 30, unit: 'hour_excl_weekend', anchor: 'slot_start' },
  { type: 'clear_days', n: 7, anchor: 'service_day', ...dated },
  {
    type: 'weekday_table',
    rows: { MON: row, TUE: row, WED: row, THU: row, FRI: row },
    at: '02:30',
    ...dated,
  },
  { type: 'week_before', weekday: 'SUN', weeks: 1, at: '24:00', ...dated },
  { type: 'month_cutoff', dayOfPreviousMonth: 31, at: '24:00', ...dated },
  {
    type: 'date_list',
    per: 'month',
    limits: { '2026-10': '2026-10-25T02:30' },
    otherwise: 'never',
    boundary: 'exclusive',
  },
  { type: 'window', periods: { 'TOUSSAINT-2026': period }, boundary: 'exclusive' },
  { type: 'same_day', from: '00:00', until: '07:59', boundary: 'exclusive' },
] as unknown as Deadline[];

const dates = ['2026-03-30', '2026-10-19', '2026-10-26', '2026-11-12', '2027-01-04', '2028-03-01'];
const told = deadlines.map((deadline) => [
  saidOf(deadline, holidayCentre),
  ...dates.map((date) => opening(deadline, date, { context: holidayCentre })),
]);
process.stdout.write(JSON.stringify({ offset: new Date(2026, 6, 1).getTimezoneOffset(), told }));
