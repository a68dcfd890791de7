import { expect } from 'chai';
import { apiTown, booking, type ApiTown, type ReceiptBody } from '../../support/apiTown.ts';

interface Book {
  readonly status: string;
  readonly closedBecause?: string;
  readonly groups: readonly { readonly held: number; readonly waiting: number }[];
  readonly reservations: readonly { readonly reservationId: string; readonly status: string }[];
}

const session = '/api/sessions/mercredi/2026-11-18';

describe('sessions over the API', () => {
  let town: ApiTown;
  let reservations: readonly string[];
  beforeEach(async () => {
    town = await apiTown();
    const { martin } = town;
    const { body } = await martin.api.post<ReceiptBody>(
      `/api/families/${martin.familyId}/submissions`,
      { book: martin.children.map((id) => booking(id, '2026-11-18', 'mercredi')), cancel: [] },
    );
    reservations = body.lines.map(({ result }) => result.reservationId ?? '');
    await town.portal.settled();
  });
  afterEach(() => town.close());

  it('tells staff the sessions of a day and how full they are', async () => {
    const { body } = await town.agent.get<{
      sessions: { activity: { activityId: string }; awaiting: number }[];
    }>('/api/sessions?date=2026-11-18');
    expect(body.sessions).to.have.length(1);
    expect(body.sessions[0]).to.deep.include({ awaiting: 2 });
    expect(body.sessions[0]?.activity.activityId).to.equal('mercredi');
    const sunday = await town.agent.get('/api/sessions?date=2026-11-22');
    expect(sunday.body).to.deep.equal({ date: '2026-11-22', sessions: [] });
  });

  it('gives the book of a session with its revision', async () => {
    const { body, headers } = await town.agent.get<Book>(session);
    expect(headers.get('etag')).to.equal('"1"');
    expect(body.groups[0]).to.include({ held: 2, waiting: 0 });
    expect(body.reservations.map(({ reservationId }) => reservationId)).to.have.members(
      reservations,
    );
  });

  it('gives the book of a session that nobody has booked as of revision -1', async () => {
    const { body, headers } = await town.agent.get<Book>('/api/sessions/mercredi/2026-11-25');
    expect(headers.get('etag')).to.equal('"-1"');
    expect(body).to.include({ status: 'open' });
  });

  it('has no book for a day without a session, nor for an unknown activity', async () => {
    for (const path of ['/api/sessions/mercredi/2026-11-19', '/api/sessions/poney/2026-11-18'])
      expect(await town.agent.refused('GET', path)).to.include({
        status: 404,
        code: 'SESSION.UNKNOWN',
      });
  });

  it('decides at the revision read, and refuses to decide on what has changed since', async () => {
    const { agent } = town;
    const [first = '', second = ''] = reservations;
    const read = (await agent.get(session)).headers.get('etag') ?? '';
    const validate = (id: string) => `${session}/reservations/${id}/validation`;
    const done = await agent.post(validate(first), undefined, { 'if-match': read });
    expect(done.headers.get('etag')).to.equal('"2"');

    const late = await agent.post(validate(second), undefined, { 'if-match': read });
    expect(late.status).to.equal(412);
    expect(late.headers.get('etag')).to.equal('"2"');
    expect(late.body).to.include({ code: 'REVISION.STALE' });
    expect((await agent.get<Book>(session)).body.reservations[1]?.status).to.equal(
      'awaitingValidation',
    );

    const again = await agent.post(validate(second), undefined, { 'if-match': '"2"' });
    expect(again.status).to.equal(200);
  });

  it('takes `*` as no expectation, and refuses an If-Match that it can’t read', async () => {
    const { agent } = town;
    const path = `${session}/reservations/${reservations[0] ?? ''}/validation`;
    for (const header of ['2', 'W/"1"', '"1", "2"', '"abc"', '"-2"', '""']) {
      const problem = await agent.refused('POST', path, undefined, { 'if-match': header });
      expect(problem, header).to.include({ status: 400, code: 'REQUEST.INVALID' });
      expect(problem.errors?.[0], header).to.include({ in: 'header', field: 'If-Match' });
    }
    expect((await agent.post(path, undefined, { 'if-match': '*' })).status).to.equal(200);
  });

  it('answers a decision repeated as the first time', async () => {
    const { agent } = town;
    const path = `${session}/reservations/${reservations[0] ?? ''}/validation`;
    const first = await agent.post(path);
    const second = await agent.post(path);
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers.get('etag')).to.equal(first.headers.get('etag'));
  });

  it('refuses to decide on a reservation that is not there', async () => {
    const path = `${session}/reservations/nobody/validation`;
    expect(await town.agent.refused('POST', path)).to.include({
      status: 404,
      code: 'RESERVATION.UNKNOWN',
    });
  });

  it('closes a session: everybody is freed, and told why', async () => {
    const { agent, martin } = town;
    const closed = await agent.post(`${session}/closure`, { reason: 'Grève' });
    expect(closed.body).to.deep.equal({ status: 'closed', closedBecause: 'Grève' });
    const { body } = await agent.get<Book>(session);
    expect(body).to.include({ status: 'closed', closedBecause: 'Grève' });
    expect(body.groups[0]).to.include({ held: 0 });
    expect(body.reservations.map(({ status }) => status)).to.deep.equal([
      'cancelledByTown',
      'cancelledByTown',
    ]);
    const receipt = await martin.api.post<ReceiptBody>(
      `/api/families/${martin.familyId}/submissions`,
      { book: [booking(martin.children[0], '2026-11-18', 'mercredi')], cancel: [] },
    );
    expect(receipt.body.lines[0]?.result.message).to.equal(
      'La commune a annulé cette séance\u00a0: Grève. Rien ne sera facturé pour ce jour.',
    );
  });

  it('closes no session that does not take place', async () => {
    const { agent } = town;
    const reason = { reason: 'Neige' };
    expect(
      await agent.refused('POST', '/api/sessions/mercredi/2026-11-19/closure', reason),
    ).to.include({ status: 422, code: 'RESERVATION.NO_SESSION' });
    expect(
      await agent.refused('POST', '/api/sessions/poney/2026-11-18/closure', reason),
    ).to.include({ status: 404, code: 'ACTIVITY.UNKNOWN' });
  });

  it('pages through the queue', async () => {
    const { agent } = town;
    interface Page {
      readonly total: number;
      readonly bookings: readonly { readonly reservationId: string; readonly child?: object }[];
    }
    const first = (await agent.get<Page>('/api/validation-queue?limit=1')).body;
    const second = (await agent.get<Page>('/api/validation-queue?limit=1&skip=1')).body;
    expect([first.total, second.total]).to.deep.equal([2, 2]);
    const ids = [...first.bookings, ...second.bookings].map(({ reservationId }) => reservationId);
    expect(ids).to.have.members([...reservations]);
    expect(first.bookings[0]?.child).to.have.keys('firstName', 'lastName', 'schoolClass');
    for (const query of ['limit=0', 'limit=201', 'limit=1.5', 'limit=x', 'skip=-1', 'limit='])
      expect(await agent.refused('GET', `/api/validation-queue?${query}`), query).to.include({
        code: 'REQUEST.INVALID',
      });
  });
});
