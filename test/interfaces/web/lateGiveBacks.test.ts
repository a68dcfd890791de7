import { expect } from 'chai';
import type { ActivityTerms } from '../../../src/domain/activity/activityTerms.ts';
import type { PlaceRef } from '../../../src/application/reservation/reservationCommands.ts';
import type { FamilyId } from '../../../src/domain/kernel/ids.ts';
import { before, daysBefore, group, sameDay } from '../../support/activityFacts.ts';
import { agent, booking, cancellation, definition } from '../../support/apiTown.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { paris } from '../../support/townFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const thursday = '2026-11-19';
const morning = paris('2026-11-19 08:00');

describe('a family that gives places back too late', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown();
  });
  afterEach(() => town.close());

  /** An activity of its own for every child of the town. */
  const opened = async (activityId: string, terms: Partial<ActivityTerms>): Promise<void> => {
    await town.supervisor.post('/api/activities', definition(activityId, terms));
    for (const child of [...town.martin.children, ...town.petit.children])
      await town.agent.post(`/api/children/${child}/enrolments`, {
        activityId,
        from: '2026-09-01',
      });
  };
  const sent = async (
    { familyId, api }: WebTown['martin'],
    asked: { readonly book?: object[]; readonly cancel?: object[] },
  ): Promise<void> => {
    await api.post(`/api/families/${familyId}/submissions`, { book: [], cancel: [], ...asked });
    await town.portal.settled();
  };
  const check = async (fields: URLSearchParams): Promise<string> => {
    const page = await town.send('/reservations/verification', fields, town.martin.guardian);
    return page.text();
  };
  const page = async (path: string) =>
    read((await openPage(town, path, town.martin.guardian)).html);
  const receiptOf = async (fields: URLSearchParams): Promise<string> => {
    fields.set('demande', `page-${String(fields)}`);
    const answer = await town.send('/reservations/envoi', fields, town.martin.guardian);
    expect(answer.status, await answer.clone().text()).to.equal(303);
    await town.portal.settled();
    return page(answer.headers.get('location') ?? '');
  };

  describe('of one session, where one family waits', () => {
    let places: string[];
    beforeEach(async () => {
      await opened('poney', {
        lateGiveBackFree: true,
        groups: [group('tous', 2, 14, 2)],
        cancellation: before(daysBefore(1, '09:00')),
        promotion: before(sameDay('11:00')),
      });
      const { martin, petit, portal } = town;
      await sent(martin, { book: martin.children.map((one) => booking(one, thursday, 'poney')) });
      await sent(petit, { book: [booking(petit.children[0], thursday, 'poney')] });
      places = martin.children.map((one) => `${one}|poney|${thursday}`);
      portal.clock.moveTo(morning);
    });
    const fields = (more: readonly (readonly [string, string])[] = []) =>
      new URLSearchParams([...places.map((one) => ['annuler', one]), ...more] as string[][]);

    it('reads before sending that one goes free, and what the other costs', async () => {
      const html = await check(fields());
      const words = read(html);
      expect(words.split('Annulation sans frais')).to.have.length(2);
      expect(words).to.include('ce jour reste facturé 3,50');
      expect(words).to.match(/Annulations tardives, qui restent facturées\s+3,50/);
      const boxes = fieldsOf(html, 'accepter').map(({ attributes }) => attributes['value']);
      expect(boxes).to.deep.equal(places.slice(1));
    });

    it('is asked for the consent that the second needs, and gets what it read', async () => {
      const unsure = await town.send('/reservations/envoi', fields(), town.martin.guardian);
      expect(unsure.status).to.equal(422);
      expect(read(await unsure.text())).to.include('Cochez « J’ai compris »');
      const words = await receiptOf(fields([['accepter', places[1] ?? '']]));
      expect(words).to.include('2 annulées.').and.include('Annulé, sans frais');
      expect(words).to.include('Annulé tard');
    });

    it('reads for one alone that it goes free, whichever it is', async () => {
      for (const one of places) {
        const words = read(await check(new URLSearchParams([['annuler', one]])));
        expect(words).to.include('Annulation sans frais').and.not.include('J’ai compris');
      }
    });
  });

  describe('and books the day again', () => {
    let place: string;
    beforeEach(async () => {
      await opened('soir', {
        booking: before(sameDay('11:00')),
        cancellation: before(daysBefore(1, '09:00')),
      });
      const { martin, portal } = town;
      const [lea] = martin.children;
      await sent(martin, { book: [booking(lea, thursday, 'soir')] });
      portal.clock.moveTo(morning);
      const cancel = [{ ...cancellation(lea, thursday, true), activityId: 'soir' }];
      await sent(martin, { cancel });
      place = `${lea}|soir|${thursday}`;
    });
    const again = () => new URLSearchParams([['reserver', place]]);
    const back = () => new URLSearchParams([['annuler', place]]);
    const agenda = () => page('/reservations?mois=2026-11');

    it('reads in the agenda, before sending and on the receipt that nothing more is to pay', async () => {
      expect(await agenda())
        .to.include('Annulé tard')
        .and.include('facturé 3,50')
        .and.include('à réserver de nouveau, rien de plus à payer');
      const told =
        'Votre annulation tardive a déjà été facturée 3,50 € pour ce jour : rien de plus à payer.';
      const checked = read(await check(again()));
      expect(checked).to.include(told);
      expect(checked).to.match(/Total pour 1 réservation\s+0,00/);
      const receipt = await receiptOf(again());
      expect(receipt).to.include('Accepté').and.include(told);
      expect(receipt).to.include('rien de plus ne sera facturé');
      expect(await agenda()).to.include('annulation tardive déjà facturée 3,50');
    });

    it('gives it back once more at no cost, and is told what stays due', async () => {
      await receiptOf(again());
      const words = read(await check(back()));
      expect(words).to.include('Rien de plus à payer');
      expect(words).to.include('Votre annulation tardive d’avant reste facturée 3,50');
      const receipt = await receiptOf(back());
      expect(receipt).to.include('Annulé, rien de plus à payer');
      expect(receipt).to.include('Votre annulation tardive d’avant reste facturée 3,50');
      expect(await agenda())
        .to.include('Annulé tard')
        .and.include('facturé 3,50');
    });

    it('owes nothing at all once the town has closed the session', async () => {
      const due = async () => {
        const cells = await town.portal.services.agenda.cells(
          town.martin.familyId as FamilyId,
          [booking(town.martin.children[0], thursday, 'soir') as PlaceRef],
          morning,
        );
        return cells[0]?.dueCents;
      };
      expect(await due()).to.equal(350);
      const closing = { motif: 'Neige' };
      const address = `/agents/seances/soir/${thursday}/fermeture`;
      expect((await town.send(address, closing, agent)).status).to.equal(303);
      await town.portal.settled();
      expect(await agenda())
        .to.include('Séance annulée : Neige')
        .and.not.include('Annulé tard');
      expect(await due()).to.equal(undefined);
      expect(read(await check(again()))).to.include('Rien ne sera facturé pour ce jour.');
    });
  });
});
