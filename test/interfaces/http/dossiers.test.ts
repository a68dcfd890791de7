import { expect } from 'chai';
import { apiTown, type ApiTown } from '../../support/apiTown.ts';

describe('dossiers over the API', () => {
  let town: ApiTown;
  before(async () => {
    town = await apiTown();
  });
  after(() => town.close());

  const family = {
    resident: true,
    address: '1, rue du Pont',
    guardians: [
      { firstName: 'Inès', lastName: 'Roux', email: 'ines@example.org', phone: '06 00 00 00 00' },
      { firstName: 'Paul', lastName: 'Roux', email: 'paul@example.org' },
    ],
  };
  const child = { firstName: 'Noé', lastName: 'Roux', birthDate: '2020-02-29' };

  it('opens a family, its child, an enrolment and a second household', async () => {
    const { agent, petit } = town;
    const opened = await agent.post<{ familyId: string; guardianIds: string[] }>(
      '/api/families',
      family,
    );
    expect(opened.status).to.equal(201);
    expect(opened.body.guardianIds).to.have.length(2);
    const { familyId } = opened.body;
    const { body, headers } = await agent.post<{ childId: string }>(
      `/api/families/${familyId}/children`,
      child,
    );
    expect(headers.get('etag')).to.equal('"0"');
    const { childId } = body;
    const enrolment = { activityId: 'cantine', from: '2026-09-01', to: '2027-07-03' };
    const enrolled = await agent.post(`/api/children/${childId}/enrolments`, enrolment, {
      'if-match': '"0"',
    });
    expect(enrolled.body).to.deep.include({ childId, enrolments: [enrolment] });
    const linked = await agent.post(`/api/children/${childId}/families`, {
      familyId: petit.familyId,
    });
    expect(linked.body).to.deep.include({ familyIds: [familyId, petit.familyId] });
    expect(linked.headers.get('etag')).to.equal('"2"');
  });

  it('refuses what the rules refuse', async () => {
    const { agent, martin } = town;
    const [lea] = martin.children;
    const children = `/api/families/${martin.familyId}/children`;
    const enrolments = `/api/children/${lea}/enrolments`;
    const enrolment = { activityId: 'cantine', from: '2026-09-01' };
    const cases = [
      ['/api/families/nobody/children', child, 404, 'FAMILY.UNKNOWN'],
      [children, { ...child, birthDate: '2026-11-17' }, 422, 'CHILD.BORN_IN_THE_FUTURE'],
      ['/api/children/nobody/enrolments', enrolment, 404, 'CHILD.UNKNOWN'],
      ['/api/children/nobody/families', { familyId: martin.familyId }, 404, 'CHILD.UNKNOWN'],
      [`/api/children/${lea}/families`, { familyId: 'nobody' }, 404, 'FAMILY.UNKNOWN'],
      [enrolments, { ...enrolment, activityId: 'poney' }, 404, 'ACTIVITY.UNKNOWN'],
      [enrolments, { ...enrolment, to: '2026-08-31' }, 422, 'CHILD.BAD_PERIOD'],
    ] as const;
    for (const [path, body, status, code] of cases)
      expect(await agent.refused('POST', path, body)).to.include({ status, code });
    const stale = await agent.refused(
      'POST',
      enrolments,
      { activityId: 'cantine', from: '2026-08-01' },
      { 'if-match': '"0"' },
    );
    expect(stale).to.include({ status: 412, code: 'REVISION.STALE' });
  });
});
