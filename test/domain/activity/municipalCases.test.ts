import { expect } from 'chai';
import { deadlineFor, type ActDeadline } from '../../../src/domain/activity/deadline.ts';
import { asInstant } from '../../../src/domain/kernel/parisTime.ts';
import { isBefore } from '../../../src/domain/kernel/sessionTerms.ts';
import { before, daysBefore } from '../../support/activityFacts.ts';
import { day, hour, paris, townCalendar } from '../../support/townFacts.ts';

/** Meals of Monday and Tuesday close on the Friday before at 9 h, those of Thursday and Friday on Tuesday at 9 h. */
const vailhauques = before({
  type: 'weekdayTable',
  rows: {
    MON: { weekday: 'FRI', weeks: 1 },
    TUE: { weekday: 'FRI', weeks: 1 },
    THU: { weekday: 'TUE', weeks: 0 },
    FRI: { weekday: 'TUE', weeks: 0 },
  },
  at: hour('09:00'),
});
/** Three days before: until the end of D-3. */
const lamagistere = before(daysBefore(3, '24:00'));
/** Eight days before, « dimanche minuit » for the Monday of the week after next. */
const leCres = before(daysBefore(8, '24:00'));

/** Worked cases of municipal regulations: id, rule, day served, moment of the act, in time or not, limit if told. */
const cases: readonly [string, ActDeadline, string, string, boolean, string?][] = [
  ['VAI-1', vailhauques, '2026-11-16', '2026-11-13T08:59:59+01:00', true, '2026-11-13T09:00+01:00'],
  ['VAI-2', vailhauques, '2026-11-17', '2026-11-13T09:00:00+01:00', false],
  ['VAI-3', vailhauques, '2026-11-12', '2026-11-10T08:30:00+01:00', true, '2026-11-10T09:00+01:00'],
  ['VAI-8', vailhauques, '2027-03-30', '2027-03-26T08:00:00Z', false, '2027-03-26T09:00+01:00'],
  ['LAM-6', lamagistere, '2026-11-19', '2026-11-16T23:00:00+01:00', true],
  ['LAM-7', lamagistere, '2026-11-19', '2026-11-17T08:00:00+01:00', false],
  ['CRE-1', leCres, '2026-11-02', '2026-10-25T23:30:00+01:00', true, '2026-10-26T00:00+01:00'],
  ['CRE-2', leCres, '2026-11-02', '2026-10-26T00:00:00+01:00', false],
  ['CRE-3', leCres, '2026-11-26', '2026-11-18T23:00:00+01:00', true],
  ['CRE-4', leCres, '2026-11-26', '2026-11-19T07:00:00+01:00', false],
];

describe('municipal regulations, their worked cases', () => {
  for (const [id, rule, served, act, inTime, limit] of cases)
    it(`${id}: an act for ${served} at ${act} is ${inTime ? 'in time' : 'late'}`, () => {
      const closes = deadlineFor(rule, day(served), paris(`${served} 12:00`), townCalendar());
      expect(isBefore(asInstant(act), closes)).to.equal(inTime);
      if (limit !== undefined) expect(closes.at).to.equal(asInstant(limit));
    });
});
