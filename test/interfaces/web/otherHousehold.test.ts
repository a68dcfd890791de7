import { expect } from 'chai';
import { booking, cancellation, type ReceiptBody } from '../../support/apiTown.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const thursday = '2026-11-19';

describe('a day that the other household of a child has booked', () => {
  let town: WebTown;
  let lea: string;
  before(async () => {
    town = await webTown();
    const { martin, petit, agent } = town;
    [lea] = martin.children;
    await agent.post(`/api/children/${lea}/families`, { familyId: petit.familyId });
    await martin.api.post(`/api/families/${martin.familyId}/submissions`, {
      book: [booking(lea, thursday)],
      cancel: [],
    });
    await town.portal.settled();
  });
  after(() => town.close());

  const tick = () => `${lea}|cantine|${thursday}`;
  const agenda = () =>
    openPage(town, `/reservations?mois=2026-11&enfant=${lea}`, town.petit.guardian);

  it('is told in the agenda, and offers neither to book it nor to cancel it', async () => {
    const { html } = await agenda();
    expect(read(html)).to.include('Réservé par l’autre foyer');
    const values = ['reserver', 'annuler'].flatMap((name) =>
      fieldsOf(html, name).map(({ attributes }) => attributes['value']),
    );
    expect(values).to.not.include(tick());
  });

  it('is told to the API without price, id or cancellation', async () => {
    const { petit } = town;
    interface Agenda {
      readonly days: readonly {
        readonly date: string;
        readonly cells: readonly { readonly childId: string; readonly standing?: object }[];
      }[];
    }
    const { body } = await petit.api.get<Agenda>(
      `/api/families/${petit.familyId}/agenda?month=2026-11&childId=${lea}`,
    );
    const cell = body.days
      .find(({ date }) => date === thursday)
      ?.cells.find(({ childId }) => childId === lea);
    expect(cell?.standing).to.deep.equal({ status: 'confirmed', bookedBy: 'otherHousehold' });
    expect(cell).to.not.have.any.keys('cancellation', 'offer');
  });

  it('is told on the check page, as what sending would not change', async () => {
    const { petit } = town;
    const fields = { reserver: tick(), annuler: tick() };
    const response = await town.send('/reservations/verification', fields, petit.guardian);
    const words = read(await response.text());
    expect(words).to.include('Déjà réservé par l’autre foyer');
    expect(words).to.include('seul lui peut l’annuler').and.not.include('a commencé');
  });

  it('is on the receipt without price or id, and the other household stays the one that is billed', async () => {
    const { petit } = town;
    const { body } = await petit.api.post<ReceiptBody>(
      `/api/families/${petit.familyId}/submissions`,
      { book: [booking(lea, thursday)], cancel: [] },
    );
    expect(body.lines[0]?.result).to.deep.equal({ outcome: 'heldByOtherHousehold' });
    const { html } = await openPage(town, `/reservations/recus/${body.receiptId}`, petit.guardian);
    expect(read(html)).to.include('Réservé par l’autre foyer');
    expect(read(html)).to.include('Rien n’est facturé au vôtre.').and.not.include('3,50');
  });

  it('can be booked once the other household has given it back, and tells nothing of its cancellation', async () => {
    const { martin, petit, portal } = town;
    await martin.api.post(`/api/families/${martin.familyId}/submissions`, {
      book: [],
      cancel: [cancellation(lea, thursday)],
    });
    await portal.settled();
    const { html } = await agenda();
    expect(read(html)).to.not.include('Annulé à temps');
    expect(fieldsOf(html, 'reserver').map(({ attributes }) => attributes['value'])).to.include(
      tick(),
    );
    const { body } = await petit.api.post<ReceiptBody>(
      `/api/families/${petit.familyId}/submissions`,
      { book: [booking(lea, thursday)], cancel: [] },
    );
    expect(body.lines[0]?.result).to.include({ outcome: 'accepted' });
  });
});
