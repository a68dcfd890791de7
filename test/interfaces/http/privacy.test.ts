import { expect } from 'chai';
import { apiTown, booking, type ApiTown, type ReceiptBody } from '../../support/apiTown.ts';
import { everythingIn } from '../../support/storeDoubles.ts';

/** What families and staff write in these tests, and tokens: none of it belongs into a log. */
const personal =
  /Léa|Hugo|Martin|Petit|Camille|Tilleuls|example\.org|porc|piscine|CE2|2018-05-02|Bearer|eyJ/;

describe('what is kept of a request', () => {
  let town: ApiTown;
  before(async () => {
    town = await apiTown();
    const { martin, agent, portal } = town;
    const path = `/api/families/${martin.familyId}/submissions`;
    const [lea, hugo] = martin.children;
    const wednesday = '2026-11-18';
    const { body } = await martin.api.post<ReceiptBody>(path, {
      book: [
        { ...booking(lea, wednesday, 'mercredi'), note: 'Sans porc.' },
        booking(hugo, wednesday, 'mercredi'),
      ],
      cancel: [],
    });
    const [first = '', second = ''] = body.lines.map(({ result }) => result.reservationId);
    const session = `/api/sessions/mercredi/${wednesday}/reservations`;
    await agent.post(`${session}/${first}/validation`);
    await agent.post(`${session}/${second}/refusal`, { reason: 'Hugo a déjà piscine.' });
    await portal.settled();
    await martin.api.get(`/api/families/${martin.familyId}/agenda?month=2026-11`);
    await agent.get('/api/validation-queue');
    await martin.api.post(path, { book: [{ childId: 'Léa Martin' }], 'Hugo Martin': 1 });
    await martin.api.post(path, '{"Léa Martin');
    await martin.api.get('/api/families/L%C3%A9a%20Martin/agenda?month=Martin');
    await martin.api.get('/api/activities/martin-tilleuls', { 'x-request-id': 'Camille.Martin' });
  });
  after(() => town.close());

  it('is logged without a name, a text or a token', () => {
    const { lines } = town.portal;
    expect(lines).to.have.length.greaterThan(20);
    for (const line of lines) expect(JSON.stringify(line)).to.not.match(personal);
  });

  it('is logged with its reference, route, status and code', () => {
    const refused = town.portal.lines.find(({ fields }) => fields['code'] === 'REQUEST.INVALID');
    expect(refused?.fields).to.include({
      method: 'POST',
      route: '/api/families/{familyId}/submissions',
      status: 400,
    });
    expect(refused?.fields['correlationId']).to.match(/^[0-9a-f-]{36}$/);
    expect(refused?.fields['ms']).to.be.a('number');
  });

  it('is stored with personal data sealed, and no name that a client put in its reference', async () => {
    for (const { data, metadata } of await everythingIn(town.portal.services.events))
      expect(data + metadata).to.not.match(
        /Léa|Hugo|Martin|Petit|Camille|Tilleuls|example\.org|porc/,
      );
  });

  it('carries the same reference in the answer, the log and the events', async () => {
    const { martin, portal } = town;
    const reference = '0193a1c2-7d3e-7b1a-9c55-2f61c0de4a10';
    await martin.api.post(
      `/api/families/${martin.familyId}/submissions`,
      { book: [booking(martin.children[0], '2026-11-19')], cancel: [] },
      { 'x-request-id': reference },
    );
    expect(portal.lines.at(-1)?.fields).to.include({ correlationId: reference, status: 201 });
    const [last] = (await everythingIn(portal.services.events)).slice(-1);
    expect(JSON.parse(last?.metadata ?? '{}')).to.include({ correlationId: reference });
  });
});
