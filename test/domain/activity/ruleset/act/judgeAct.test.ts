import { expect } from 'chai';
import type { ActRule } from '../../../../../src/domain/activity/ruleset/act/actRule.ts';
import type { Deadline } from '../../../../../src/domain/activity/ruleset/deadline/deadline.ts';
import { atCentre, judged } from '../../../../support/actFacts.ts';
import { before, upTo } from '../../../../support/deadlineFacts.ts';
import { hour } from '../../../../support/townFacts.ts';

const eve = (at: string, boundary: 'exclusive' | 'inclusive' = 'exclusive'): Deadline => ({
  type: 'offset',
  n: 1,
  unit: 'calendar_day',
  at: hour(at),
  anchor: 'service_day',
  boundary,
  holidayShift: 'none',
});
const sameDay = (until: string, from?: string): Deadline => ({
  type: 'same_day',
  until: hour(until),
  boundary: 'exclusive',
  ...(from && { from: hour(from) }),
});
const rule = (changes: Partial<ActRule> = {}): ActRule => ({
  deadline: eve('09:00'),
  late: { outcome: 'refuse' },
  ...changes,
});
/** Called before 9 h the same day, and wrote: nothing is due. */
const secondChance: ActRule['secondChance'] = {
  deadline: sameDay('09:00'),
  requires: ['phone', 'letter'],
  adjust: { op: 'replace', cents: 0 },
};
const done = { steps: ['letter', 'phone'] };
const status = (...asked: Parameters<typeof judged>): string => judged(...asked).status;

describe('an act', () => {
  const thursday = '2026-11-19';

  it('is in time before the limit, late from it on', () => {
    const window = { closes: before('2026-11-18 09:00') };
    expect(judged(rule(), thursday, '2026-11-18 08:59')).to.deep.equal({
      status: 'in_time',
      window,
    });
    expect(judged(rule(), thursday, '2026-11-18 09:00')).to.deep.equal({ status: 'late', window });
    const held = rule({ deadline: eve('09:00', 'inclusive') });
    expect(judged(held, thursday, '2026-11-18 09:00')).to.deep.equal({
      status: 'in_time',
      window: { closes: upTo('2026-11-18 09:00') },
    });
    expect(status(held, thursday, '2026-11-18 09:01')).to.equal('late');
  });

  it('without a limit is in time until the session begins', () => {
    const open = rule({ deadline: { type: 'none' } });
    const window = { closes: before('2026-11-19 12:00') };
    expect(judged(open, thursday, '2026-11-19 11:59')).to.deep.equal({ status: 'in_time', window });
    expect(judged(open, thursday, '2026-11-19 12:00')).to.deep.equal({ status: 'late', window });
  });

  it('may never be done', () => {
    const closed = rule({ deadline: { type: 'never' } });
    expect(judged(closed, thursday, '2026-09-01 09:00')).to.deep.equal({
      status: 'never',
      window: 'never',
    });
  });

  it('is too early before the opening, in time from it on', () => {
    const between = rule({ deadline: sameDay('09:00', '07:00') });
    expect(status(between, thursday, '2026-11-19 06:59')).to.equal('not_open');
    expect(status(between, thursday, '2026-11-19 07:00')).to.equal('in_time');
    expect(status(between, thursday, '2026-11-19 08:59')).to.equal('in_time');
    expect(status(between, thursday, '2026-11-19 09:00')).to.equal('late');
  });

  it('opens to residents first', () => {
    const opens = [
      { audience: 'resident', at: '2026-08-31T09:00' },
      { audience: 'all', at: '2026-09-07T09:00' },
    ];
    const deadline = {
      type: 'window',
      periods: { 'TOUSSAINT-2026': { opens, closes: '2026-09-18T24:00' } },
      boundary: 'exclusive',
    } as unknown as Deadline;
    const at = (moment: string, audience: 'resident' | 'outside') =>
      status(rule({ deadline }), '2026-10-19', moment, { audience }, atCentre);
    expect(at('2026-09-01 10:00', 'resident')).to.equal('in_time');
    expect(at('2026-09-01 10:00', 'outside')).to.equal('not_open');
    expect(at('2026-09-07 09:00', 'outside')).to.equal('in_time');
    expect(at('2026-09-19 00:00', 'resident')).to.equal('late');
  });
});

describe('the channel of an act', () => {
  const written = rule({ channels: ['portal', 'paper', 'email'] });
  it('must be one that the town takes; where it is not told, it is', () => {
    const at = '2026-11-18 08:00';
    expect(judged(written, '2026-11-19', at, { channel: 'phone' })).to.deep.equal({
      status: 'wrong_channel',
      window: { closes: before('2026-11-18 09:00') },
    });
    for (const channel of ['portal', 'paper', 'email'] as const)
      expect(status(written, '2026-11-19', at, { channel })).to.equal('in_time');
    expect(status(written, '2026-11-19', at)).to.equal('in_time');
    expect(status(rule(), '2026-11-19', at, { channel: 'phone' })).to.equal('in_time');
  });

  it('is looked at first, whatever the hour', () => {
    expect(status(written, '2026-11-19', '2026-11-18 10:00', { channel: 'desk' })).to.equal(
      'wrong_channel',
    );
  });
});

describe('a second chance', () => {
  const twice = rule({ secondChance });
  it('is given to who did all that is asked, before its limit', () => {
    expect(judged(twice, '2026-11-16', '2026-11-16 08:45', done)).to.deep.equal({
      status: 'second_chance',
      window: { closes: before('2026-11-15 09:00') },
    });
    expect(status(twice, '2026-11-16', '2026-11-16 08:59', done)).to.equal('second_chance');
    expect(status(twice, '2026-11-16', '2026-11-16 09:00', done)).to.equal('late');
    expect(status(twice, '2026-11-16', '2026-11-16 08:45', { steps: ['phone'] })).to.equal('late');
    expect(status(twice, '2026-11-16', '2026-11-16 08:45')).to.equal('late');
  });

  it('is not needed in time', () => {
    expect(status(twice, '2026-11-16', '2026-11-15 08:59', done)).to.equal('in_time');
  });

  it('saves what may otherwise never be done', () => {
    const closed = rule({ deadline: { type: 'never' }, secondChance });
    expect(status(closed, '2026-11-16', '2026-11-16 08:59', done)).to.equal('second_chance');
    expect(status(closed, '2026-11-16', '2026-11-16 09:00', done)).to.equal('never');
  });

  it('does not open the door before its time', () => {
    const from7 = rule({ secondChance: { ...secondChance, deadline: sameDay('09:00', '07:00') } });
    expect(status(from7, '2026-11-16', '2026-11-16 06:59', done)).to.equal('late');
    expect(status(from7, '2026-11-16', '2026-11-16 07:00', done)).to.equal('second_chance');
    const between = rule({ deadline: sameDay('09:00', '07:00'), secondChance });
    expect(status(between, '2026-11-16', '2026-11-16 06:59', done)).to.equal('not_open');
  });
});

describe('a free quota', () => {
  const twoFree = rule({ freeQuota: { n: 2, window: 'period', per: 'child' } });
  const quota = (facts: { occurrence?: number }, act = '2026-11-18 09:00') =>
    judged(twoFree, '2026-11-19', act, facts).quota;

  it('frees the first acts out of time', () => {
    expect(quota({ occurrence: 1 })).to.equal('free');
    expect(quota({ occurrence: 2 })).to.equal('free');
    expect(quota({ occurrence: 3 })).to.equal('used_up');
    expect(quota({})).to.equal('not_told');
  });

  it('is not told of an act in time, or where there is none', () => {
    expect(quota({ occurrence: 1 }, '2026-11-18 08:59')).to.equal(undefined);
    expect(
      judged(rule(), '2026-11-19', '2026-11-18 09:00', { occurrence: 1 }),
    ).to.not.have.property('quota');
  });

  it('frees what may otherwise never be done, not what comes by a second chance', () => {
    const never = rule({ ...twoFree, deadline: { type: 'never' } });
    expect(judged(never, '2026-11-19', '2026-11-18 09:00', { occurrence: 2 }).quota).to.equal(
      'free',
    );
    const twice = rule({ ...twoFree, secondChance });
    expect(judged(twice, '2026-11-19', '2026-11-19 08:00', { ...done, occurrence: 1 }))
      .to.include({ status: 'second_chance' })
      .and.not.have.property('quota');
  });
});

describe('an exception', () => {
  const overrides: ActRule['overrides'] = [
    { when: { unit: 'day', audience: 'outside' }, deadline: { type: 'never' } },
    { when: { unit: 'day' }, deadline: sameDay('08:00') },
    { when: { weekdayIsHoliday: 'MON', regime: 'planning' }, deadline: eve('18:00') },
  ];
  const withExceptions = rule({ overrides });
  const matched = (date: string, facts: object) => {
    const { matchedOverride, window } = judged(withExceptions, date, '2026-09-01 09:00', facts);
    return [matchedOverride, window];
  };

  it('sets the deadline where all that it says is true; the first that holds wins', () => {
    expect(matched('2026-11-19', { unit: 'meal' })).to.deep.equal([
      undefined,
      { closes: before('2026-11-18 09:00') },
    ]);
    expect(matched('2026-11-19', { unit: 'day' })).to.deep.equal([
      1,
      { closes: before('2026-11-19 08:00') },
    ]);
    expect(matched('2026-11-19', { unit: 'day', audience: 'outside' })).to.deep.equal([0, 'never']);
    expect(matched('2026-11-19', { audience: 'outside' })[0]).to.equal(undefined);
    expect(matched('2026-11-19', {})[0]).to.equal(undefined);
  });

  it('holds in the weeks whose Monday is a public holiday', () => {
    // Easter Monday is 29 March 2027.
    const planning = { regime: 'planning' };
    expect(matched('2027-03-30', planning)).to.deep.equal([
      2,
      { closes: before('2027-03-29 18:00') },
    ]);
    expect(matched('2027-04-02', planning)[0]).to.equal(2);
    expect(matched('2027-04-05', planning)[0]).to.equal(undefined);
    expect(matched('2027-03-26', planning)[0]).to.equal(undefined);
    expect(matched('2027-03-30', { regime: 'occasional' })[0]).to.equal(undefined);
  });

  it('holds in one period', () => {
    const inAutumn = rule({
      overrides: [{ when: { period: 'TOUSSAINT-2026' }, deadline: { type: 'never' } }],
    });
    const at = (date: string) => judged(inAutumn, date, '2026-09-01 09:00', {}, atCentre);
    expect(at('2026-10-19')).to.include({ status: 'never', matchedOverride: 0 });
    expect(at('2026-12-21'))
      .to.include({ status: 'in_time' })
      .and.not.have.property('matchedOverride');
    expect(at('2026-11-16').status).to.equal('in_time');
  });
});
