import { expect } from 'chai';
import { StoreUnavailableError } from '../../../src/application/ports/eventStore.ts';
import type { Principal } from '../../../src/application/principal.ts';
import { booking, type ReceiptBody } from '../../support/apiTown.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { storeLike } from '../../support/storeDoubles.ts';
import { paris } from '../../support/townFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const thursday = '2026-11-19';
const friday = '2026-11-20';
const wednesday = '2026-11-25';

describe('a sending from the check page', () => {
  let town: WebTown;
  /** Appends that fail, by the start of the stream's name and how many to let through first. */
  let failing: { prefix: string; after: number } | undefined;
  beforeEach(async () => {
    failing = undefined;
    town = await webTown({
      around: (store) =>
        storeLike(store, {
          append: (stream, events, expected) => {
            if (failing && stream.startsWith(failing.prefix) && failing.after-- <= 0)
              throw new StoreUnavailableError('down');
            return store.append(stream, events, expected);
          },
        }),
    });
    await town.portal.settled();
  });
  afterEach(() => town.close());

  const tick = (date: string, activity = 'cantine') =>
    `${town.martin.children[0]}|${activity}|${date}`;
  const send = async (fields: Readonly<Record<string, string>> | URLSearchParams) => {
    const form = new URLSearchParams(fields);
    if (!form.has('demande')) form.set('demande', 'one-page');
    return town.send('/reservations/envoi', form, town.martin.guardian);
  };
  const receiptAt = async (response: Response, who: Principal = town.martin.guardian) => {
    expect(response.status).to.equal(303);
    const address = response.headers.get('location') ?? '';
    return { address, words: read((await openPage(town, address, who)).html) };
  };

  it('twice from one page is one receipt; with other days or consents it is another', async () => {
    const first = await receiptAt(await send({ reserver: tick(thursday) }));
    expect(await receiptAt(await send({ reserver: tick(thursday) }))).to.deep.equal(first);
    const both = new URLSearchParams([
      ['reserver', tick(thursday)],
      ['reserver', tick(friday)],
    ]);
    const second = await receiptAt(await send(both));
    expect(second.address).to.not.equal(first.address);
    expect(second.words).to.include('2 acceptées.');
  });

  it('refused for want of a consent is done once the consent is given on the same page', async () => {
    await send({ reserver: tick(thursday), demande: 'earlier' });
    await town.portal.settled();
    // The page was read at 8:59; the sending is decided at 9:00, on read models that still say 8:59.
    const { services, clock } = town.portal;
    const decide = services.submissions.submit.bind(services.submissions);
    clock.moveTo(paris('2026-11-18 08:59'));
    services.submissions.submit = async (submission, request) =>
      decide(submission, { ...request, now: paris('2026-11-18 09:00') });
    const refused = await receiptAt(await send({ annuler: tick(thursday) }));
    expect(refused.words).to.include('L’annulation sans frais n’est plus possible');
    clock.moveTo(paris('2026-11-18 09:01'));
    services.submissions.submit = decide;
    const done = await receiptAt(await send({ annuler: tick(thursday), accepter: tick(thursday) }));
    expect(done.words).to.include('Annulé tard').and.include('3,50');
    expect(done.words).to.include('Limite : mercredi 18 novembre à 9 h. Règle appliquée');
  });

  it('says that a page has served when only the word is another', async () => {
    const asked = { reserver: tick(wednesday, 'mercredi') };
    const first = await receiptAt(await send({ ...asked, mot: 'Son grand-père viendra.' }));
    expect(first.words)
      .to.include('Votre mot pour l’équipe')
      .and.include('Son grand-père viendra.');
    const other = await send({ ...asked, mot: 'Sa tante viendra.' });
    expect(other.status).to.equal(422);
    expect(read(await other.text())).to.include('Cette page a déjà servi à un envoi');
  });

  for (const [name, prefix, after] of [
    ['the receipt', 'receipt', 1],
    ['the days', 'reservation', 0],
  ] as const)
    it(`that loses ${name} says so, can be sent again as it is, and is finished by the portal`, async () => {
      failing = { prefix, after };
      const lost = await send({ reserver: tick(wednesday, 'mercredi'), mot: 'Bonjour.' });
      expect(lost.status).to.equal(503);
      const html = await lost.text();
      expect(read(html)).to.include(
        'Certains jours sont peut-être déjà enregistrés : votre agenda fait foi. Vous pouvez renvoyer la demande, rien ne sera compté deux fois.',
      );
      failing = undefined;
      await town.portal.settled();
      expect(await town.portal.services.submissionFinishing.run()).to.equal(1);
      await town.portal.settled();
      expect(await town.portal.services.submissionFinishing.run()).to.equal(0);

      const fields = ['demande', 'reserver', 'mot'].map((field) => [
        field,
        fieldsOf(html, field)[0]?.attributes['value'] ?? '',
      ]);
      const again = await receiptAt(await send(new URLSearchParams(fields)));
      expect(again.words).to.include('1 en attente de validation.');
      const queue = await town.agent.get<{ total: number }>('/api/validation-queue');
      expect(queue.body.total).to.equal(1);
    });

  it('leaves a receipt that names who sent it', async () => {
    const { martin, agent, portal } = town;
    const household = await portal.services.familyDirectory.household(martin.guardian.familyId!);
    const id = household?.guardians[0]?.guardianId ?? '';
    const camille: Principal = { ...martin.guardian, actor: { kind: 'guardian', id } };
    const response = await town.send(
      '/reservations/envoi',
      { reserver: tick(thursday), demande: 'p' },
      camille,
    );
    const own = await receiptAt(response, camille);
    expect(own.words).to.include('Reçu lundi 16 novembre 2026 à 10 h, envoyé par Camille Martin.');
    const { body } = await agent.post<ReceiptBody>(`/api/families/${martin.familyId}/submissions`, {
      book: [booking(martin.children[0], friday)],
      cancel: [],
    });
    const { html } = await openPage(town, `/reservations/recus/${body.receiptId}`, camille);
    expect(read(html)).to.include('envoyé par le service Espace Accueil Famille.');
    expect(read(html)).to.include('Règle appliquée : version 1.');
  });

  it('leaves a receipt that promises no more than the service keeps', async () => {
    const { words } = await receiptAt(await send({ reserver: tick(wednesday, 'mercredi') }));
    expect(words).not.to.include('48 heures');
    expect(words).to.include('Tant qu’elle n’a pas répondu, rien n’est accepté ni facturé');
    expect(words).to.include('Sans réponse la veille, appelez le service');
    expect(words).not.to.include('silence');
    for (const part of ['Espace Accueil Famille', '12, allée des Tilleuls', '05 65 00 00 00'])
      expect(words).to.include(part);
  });
});
