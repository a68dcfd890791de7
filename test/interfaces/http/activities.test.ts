import { expect } from 'chai';
import { apiTown, definition, wednesdays, type ApiTown } from '../../support/apiTown.ts';
import { before, group, terms, workingDays } from '../../support/activityFacts.ts';

interface Versions {
  readonly activityId: string;
  readonly versions: readonly { readonly version: number; readonly effectiveFrom: string }[];
}

describe('activities over the API', () => {
  let town: ApiTown;
  beforeEach(async () => {
    town = await apiTown();
  });
  afterEach(() => town.close());

  it('reads what was defined, for anybody signed in', async () => {
    const all = await town.martin.api.get<{ activities: Versions[] }>('/api/activities');
    expect(all.body.activities.map(({ activityId }) => activityId)).to.have.members([
      'cantine',
      'mercredi',
    ]);
    const one = await town.martin.api.get<Versions>('/api/activities/cantine');
    expect(one.headers.get('etag')).to.equal('"0"');
    expect(one.body.versions).to.deep.equal([
      { version: 1, effectiveFrom: '2026-09-01', terms: terms() },
    ]);
    expect(await town.martin.api.refused('GET', '/api/activities/poney')).to.include({
      status: 404,
      code: 'ACTIVITY.UNKNOWN',
    });
  });

  it('takes every shape of deadline', async () => {
    const hour = { at: '09:00' };
    const rules = [
      { type: 'daysBefore', days: 2, unit: 'working', ...hour },
      { type: 'weekdayBefore', weekday: 'FRI', weeks: 1, ...hour },
      { type: 'weekdayTable', rows: { WED: { weekday: 'MON', weeks: 0 } }, ...hour },
      { type: 'monthBefore', day: 31, ...hour },
      { type: 'sameDay', at: '24:00' },
      { type: 'none' },
    ];
    for (const [index, rule] of rules.entries()) {
      const defined = definition(`activite-${index}`, wednesdays);
      const body = {
        ...defined,
        terms: { ...defined.terms, booking: { rule, boundary: 'inclusive' } },
      };
      const { status, headers } = await town.supervisor.post('/api/activities', body);
      expect(status).to.equal(201);
      const stored = await town.agent.get<{ versions: { terms: { booking: object } }[] }>(
        headers.get('location') ?? '',
      );
      expect(stored.body.versions[0]?.terms.booking).to.deep.equal({ rule, boundary: 'inclusive' });
    }
  });

  it('refuses terms that could not be obeyed, with the rule at fault', async () => {
    const faults: Readonly<Record<string, object>> = {
      'ACTIVITY.BAD_HOURS': {
        schedule: { ...terms().schedule, startsAt: '14:00', endsAt: '12:00' },
      },
      'ACTIVITY.BAD_AGE_GROUP': { groups: [group('tous', 12, 2, 10)] },
      'ACTIVITY.AGE_GROUPS_OVERLAP': { groups: [group('a', 2, 6, 10), group('b', 6, 9, 10)] },
      'ACTIVITY.NO_DEADLINE_FOR_WEEKDAY': {
        booking: {
          rule: { type: 'weekdayTable', rows: {}, at: '09:00' },
          boundary: 'exclusive',
        },
      },
    };
    for (const [code, fault] of Object.entries(faults)) {
      const defined = definition('poney');
      const body = { ...defined, terms: { ...defined.terms, ...fault } };
      expect(await town.supervisor.refused('POST', '/api/activities', body)).to.include({
        status: 422,
        code,
      });
    }
    expect(
      await town.supervisor.refused('POST', '/api/activities', definition('cantine')),
    ).to.include({ status: 409, code: 'ACTIVITY.ALREADY_DEFINED' });
  });

  it('schedules new terms on the revision read, and on no other', async () => {
    const { supervisor } = town;
    const path = '/api/activities/cantine/terms';
    const change = {
      effectiveFrom: '2027-01-04',
      terms: terms({ booking: before(workingDays(2, '10:00')) }),
    };
    expect(await supervisor.refused('POST', path, change)).to.include({
      status: 428,
      code: 'REVISION.REQUIRED',
    });
    const done = await supervisor.post<Versions>(path, change, { 'if-match': '"0"' });
    expect(done.status).to.equal(201);
    expect(done.headers.get('etag')).to.equal('"1"');
    expect(done.body.versions.map(({ effectiveFrom }) => effectiveFrom)).to.deep.equal([
      '2026-09-01',
      '2027-01-04',
    ]);
    const later = { ...change, effectiveFrom: '2027-02-01' };
    expect(await supervisor.refused('POST', path, later, { 'if-match': '"0"' })).to.include({
      status: 412,
      code: 'REVISION.STALE',
    });
    const earlier = { ...change, effectiveFrom: '2026-12-01' };
    expect(await supervisor.refused('POST', path, earlier, { 'if-match': '"1"' })).to.include({
      status: 409,
      code: 'ACTIVITY.TERMS_OUT_OF_ORDER',
    });
    const today = { ...change, effectiveFrom: '2026-11-16' };
    const past = await supervisor.refused('POST', path, today, { 'if-match': '"1"' });
    expect(past).to.include({ status: 422, code: 'ACTIVITY.TERMS_IN_THE_PAST' });
    expect(past.detail).to.include('et non le lundi\u00a016 novembre 2026');
  });

  it('answers a repeated definition as the first one, and refuses its key for another', async () => {
    const { supervisor } = town;
    const key = { 'idempotency-key': 'poney-1' };
    const first = await supervisor.post('/api/activities', definition('poney'), key);
    const second = await supervisor.post('/api/activities', definition('poney'), key);
    expect(second.status).to.equal(201);
    expect(second.body).to.deep.equal(first.body);
    const other = { ...definition('poney'), name: 'Poney club' };
    expect(await supervisor.refused('POST', '/api/activities', other, key)).to.include({
      status: 422,
      code: 'REQUEST.KEY_REUSED',
    });
  });
});
