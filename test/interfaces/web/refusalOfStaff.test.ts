import { expect } from 'chai';
import { reject } from '../../../src/domain/kernel/rejection.ts';
import { slotStateOf } from '../../../src/interfaces/web/views/slotStates.ts';
import { activityId, childId, day, paris } from '../../support/townFacts.ts';
import { agent, booking, type ReceiptBody } from '../../support/apiTown.ts';
import { fieldsOf, read, tagsOf } from '../../support/htmlFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const wednesday = '2026-11-25';
const path = (child: string, activity = 'mercredi', date = wednesday) =>
  `/reservations/refus/${child}/${activity}/${date}`;

describe('a booking that staff refused', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
    const [lea, hugo] = town.martin.children;
    const { body } = await town.martin.api.post<ReceiptBody>(
      `/api/families/${town.martin.familyId}/submissions`,
      {
        book: [booking(lea, wednesday, 'mercredi'), booking(hugo, wednesday, 'mercredi')],
        cancel: [],
      },
    );
    await town.portal.settled();
    const motif = 'La sortie demande un brevet de natation.';
    const refused = body.lines[0]!.result.reservationId!;
    await town.send(`/agents/validation/${refused}`, { decision: 'refuser', motif }, agent);
    await town.portal.settled();
  });
  after(() => town.close());

  const open = (address: string, who = town.martin.guardian) => openPage(town, address, who);

  it('leads from its day, and from no other, to the ways of contesting it', async () => {
    const [lea] = town.martin.children;
    const { html } = await open('/reservations?mois=2026-11&enfant=tous');
    const links = tagsOf(html).filter(({ attributes }) =>
      attributes['href']?.startsWith('/reservations/refus/'),
    );
    expect(links.map(({ attributes }) => attributes['href'])).to.deep.equal([path(lea)]);
    expect(read(html)).to.include('Contester ce refus');
    // The boxes around it are what they were: one id, one value, one label each.
    const boxes = fieldsOf(html, 'reserver').filter(({ attributes }) =>
      attributes['value']?.endsWith(wednesday),
    );
    const values = boxes.map(({ attributes }) => attributes['value']);
    expect(values).to.include(`${lea}|mercredi|${wednesday}`);
    for (const { attributes } of boxes) expect(html).to.include(`for="${attributes['id'] ?? ''}"`);
  });

  it('is told with its reason, the service, its address, and the two months (CRPA L211-5)', async () => {
    const { status, html } = await open(path(town.martin.children[0]));
    expect(status).to.equal(200);
    const words = read(html);
    for (const part of [
      'Activité mercredi de Léa',
      'mercredi 25 novembre 2026',
      'La sortie demande un brevet de natation.',
      'Décision du service Espace Accueil Famille, Vallée du Lot.',
      '12, allée des Tilleuls',
      '05 65 00 00 00',
      'dans les deux mois qui suivent le jour où vous l’avez lue',
      'tribunal administratif',
    ])
      expect(words).to.include(part);
  });

  it('is told of no other day, and to no other family', async () => {
    const [lea, hugo] = town.martin.children;
    for (const address of [
      path(hugo),
      path(lea, 'cantine'),
      path(lea, 'mercredi', '2026-12-02'),
      path(lea, 'mercredi', '2026-13-99'),
      path('nobody'),
    ])
      expect((await open(address)).status, address).to.equal(404);
    const theirs = await open(path(lea), town.petit.guardian);
    expect(theirs.status).to.equal(404);
    expect(theirs.html).not.to.include('natation');
    expect((await open(path(lea), agent)).status).to.equal(403);
  });
});

describe('a session that is not for a child', () => {
  const cell = {
    childId: childId('ana'),
    activity: {
      activityId: activityId('cantine'),
      name: 'Cantine',
      kind: 'meal',
      facility: { facilityId: 'jules-ferry', name: 'École Jules-Ferry' },
    },
    date: day(wednesday),
  } as const;
  const state = (code: string) =>
    slotStateOf({ ...cell, offer: reject(code) } as never, paris('2026-11-16 10:00'));

  it('says whether its age or its erased data are the reason', () => {
    expect(state('RESERVATION.AGE')).to.deep.equal({ kind: 'notFor', because: 'age' });
    expect(state('RESERVATION.CHILD_ERASED')).to.deep.equal({ kind: 'notFor', because: 'erased' });
  });
});
