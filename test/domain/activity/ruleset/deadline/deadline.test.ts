import { expect } from 'chai';
import type { Deadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { before, faultsIn, inTime, opening, upTo } from '../../../../support/deadlineFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const until = (at: string, boundary: 'exclusive' | 'inclusive' = 'inclusive'): Deadline => ({
  type: 'same_day',
  until: hour(at),
  boundary,
});

describe('any deadline', () => {
  it('closes at its limit while that comes before the session', () => {
    expect(opening(until('11:59'), '2026-11-19')).to.deep.equal({
      closes: upTo('2026-11-19 11:59'),
    });
  });

  it('never closes after the session begins, whatever is written', () => {
    for (const at of ['12:00', '12:01', '24:00'])
      expect(opening(until(at), '2026-11-19'), at).to.deep.equal({
        closes: before('2026-11-19 12:00'),
      });
    expect(inTime(until('18:00'), '2026-11-19', '2026-11-19 11:59')).to.equal(true);
    expect(inTime(until('18:00'), '2026-11-19', '2026-11-19 12:00')).to.equal(false);
  });

  it('keeps its opening when the session’s start closes it', () => {
    const between: Deadline = { ...until('18:00'), from: hour('07:00') } as Deadline;
    expect(opening(between, '2026-11-19')).to.deep.equal({
      opensAt: before('2026-11-19 07:00').at,
      closes: before('2026-11-19 12:00'),
    });
  });

  it('is one of the known shapes', () => {
    expect(faultsIn({ type: 'someday' })).to.deep.equal([
      [
        'type',
        'Il faut l’un de : none, never, offset, clear_days, weekday_table, week_before, month_cutoff, date_list, window, same_day.',
      ],
    ]);
  });
});
