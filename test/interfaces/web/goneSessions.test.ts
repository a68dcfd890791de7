import { expect } from 'chai';
import {
  agent,
  booking,
  cancellation,
  definition,
  type ReceiptBody,
} from '../../support/apiTown.ts';
import { group } from '../../support/activityFacts.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { paris } from '../../support/townFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const friday = '2026-11-27';
const session = `/api/sessions/cantine/${friday}`;

describe('a reservation whose session new rules have dropped, over HTTP', () => {
  let town: WebTown;
  /** Léa's box on Friday 27. */
  let box: string;

  beforeEach(async () => {
    town = await webTown();
    const { martin, supervisor } = town;
    const [lea] = martin.children;
    box = `${lea}|cantine|${friday}`;
    await martin.api.post(`/api/families/${martin.familyId}/submissions`, {
      book: [booking(lea, friday)],
      cancel: [],
    });
    const { terms } = definition('cantine');
    const schedule = { ...terms.schedule, weekdays: ['MON', 'TUE', 'THU'] };
    const read = await supervisor.get('/api/activities/cantine');
    const body = { effectiveFrom: '2026-11-20', terms: { ...terms, schedule } };
    const etag = read.headers.get('etag') ?? '';
    await supervisor.post('/api/activities/cantine/terms', body, { 'if-match': etag });
    await town.portal.settled();
  });
  afterEach(() => town.close());

  const agendaPage = async (): Promise<string> => {
    await town.portal.settled();
    const { martin } = town;
    return (await openPage(town, '/reservations?mois=2026-11&enfant=tous', martin.guardian)).html;
  };

  it('stays in the family’s agenda, with why and a box to let go of it, and leaves by the usual way', async () => {
    const { martin } = town;
    const before = await agendaPage();
    expect(read(before)).to.include('N’a plus lieu');
    expect(read(before)).to.include(
      'Cette activité n’a pas lieu ce jour de la semaine. Rien n’est facturé.',
    );
    expect(fieldsOf(before, 'annuler').map(({ attributes }) => attributes['value'])).to.include(
      box,
    );

    const check = await town.send('/reservations/verification', { annuler: box }, martin.guardian);
    const words = await check.text();
    expect(read(words)).to.include('Annulation sans frais');
    const demande = fieldsOf(words, 'demande')[0]?.attributes['value'] ?? '';
    const fields = { annuler: box, demande };
    const sent = await town.send('/reservations/envoi', fields, martin.guardian);
    expect(sent.status).to.equal(303);
    const receipt = await openPage(town, sent.headers.get('location') ?? '', martin.guardian);
    expect(read(receipt.html)).to.include('Annulé, sans frais');
    const after = await agendaPage();
    expect(read(after)).to.include('Annulé à temps').and.not.include('N’a plus lieu');
  });

  it('is told on the family’s first page', async () => {
    const { portal, martin } = town;
    portal.clock.moveTo(paris('2026-11-24 10:00'));
    const { html } = await openPage(town, '/', martin.guardian);
    expect(read(html)).to.include('N’a plus lieu');
  });

  it('is told by the API, and let go no more once the day is over', async () => {
    const { martin, portal } = town;
    const path = `/api/families/${martin.familyId}`;
    type Cells = { days: { date: string; cells: { session?: object; gone?: object }[] }[] };
    const { body } = await martin.api.get<Cells>(`${path}/agenda?month=2026-11`);
    const [cell] = body.days.find(({ date }) => date === friday)?.cells ?? [];
    expect(cell).to.deep.include({
      gone: {
        code: 'RESERVATION.NO_SESSION',
        message: 'Cette activité n’a pas lieu ce jour de la semaine. Choisissez un autre jour.',
      },
    });
    expect(cell).to.not.have.property('session');

    portal.clock.moveTo(paris('2026-11-28 08:00'));
    const late = await martin.api.post<ReceiptBody>(`${path}/submissions`, {
      book: [],
      cancel: [cancellation(martin.children[0], friday)],
    });
    expect(late.body.lines[0]?.result).to.include({
      outcome: 'refused',
      code: 'RESERVATION.DAY_OVER',
      message:
        'Trop tard pour annuler\u00a0: le vendredi\u00a027 novembre 2026 est passé. Si ce jour vous était facturé, appelez l’accueil des familles.',
    });
    expect(fieldsOf(await agendaPage(), 'annuler')).to.deep.equal([]);
  });

  it('stays in its book and among the sessions of the day, where staff close it', async () => {
    const { body } = await town.agent.get<{ reservations: object[]; gone: object }>(session);
    expect(body.reservations).to.have.length(1);
    expect(body.gone).to.include({ code: 'RESERVATION.NO_SESSION' });
    const list = await openPage(town, `/agents/seances?jour=${friday}`, agent);
    expect(read(list.html)).to.include('N’a plus lieu : 1 réservation à annuler');
    const closing = `/agents/seances/cantine/${friday}/fermeture`;
    expect(list.html).to.include(`href="${closing}"`);
    const form = await openPage(town, closing, agent);
    expect(read(form.html)).to.include('1 famille est concernée');
    const closed = await town.send(closing, { motif: 'Plus de vendredis' }, agent);
    expect(closed.status).to.equal(303);
    expect(read(await agendaPage())).to.include('Séance annulée : Plus de vendredis');
    const again = await openPage(town, `/agents/seances?jour=${friday}`, agent);
    expect(read(again.html)).to.include('Aucune séance ce jour-là');
  });
});

describe('what staff do after a session, over HTTP', () => {
  let town: WebTown;
  const wednesday = '2026-11-18';
  beforeEach(async () => {
    town = await webTown();
    const { martin } = town;
    await martin.api.post(`/api/families/${martin.familyId}/submissions`, {
      book: [booking(martin.children[0], wednesday, 'mercredi')],
      cancel: [],
    });
    await town.portal.settled();
    town.portal.clock.moveTo(paris('2026-11-20 10:00'));
  });
  afterEach(() => town.close());

  it('closes nothing: what was booked stays due', async () => {
    const path = `/api/sessions/mercredi/${wednesday}/closure`;
    expect(await town.agent.refused('POST', path, { reason: 'Grève' })).to.include({
      status: 409,
      code: 'SESSION.TOO_LATE_TO_CLOSE',
      detail:
        'Une séance se ferme avant de commencer\u00a0: la limite était mercredi\u00a018 novembre à 12\u00a0h. Ses réservations n’ont pas changé.',
    });
    const list = await openPage(town, `/agents/seances?jour=${wednesday}`, agent);
    expect(list.html).to.not.include('/fermeture');
    const form = `/agents/seances/mercredi/${wednesday}/fermeture`;
    const sent = await town.send(form, { motif: 'Grève' }, agent);
    expect(sent.status).to.equal(422);
    expect(read(await sent.text())).to.include('Une séance se ferme avant de commencer');
  });

  it('accepts nothing any more, and may refuse with a sentence that is true', async () => {
    const { html } = await openPage(town, '/agents/validation', agent);
    expect(read(html)).to.include('La séance a déjà commencé');
    expect(fieldsOf(html, 'decision').map(({ attributes }) => attributes['value'])).to.deep.equal([
      'refuser',
    ]);
    const [ready] = fieldsOf(html, 'phrase');
    expect(ready?.attributes['value']).to.match(/pas pu vous répondre avant cette séance/);
    const queue = await town.agent.get<{ bookings: { reservationId: string }[] }>(
      '/api/validation-queue',
    );
    const id = queue.body.bookings[0]?.reservationId ?? '';
    const path = `/api/sessions/mercredi/${wednesday}/reservations/${id}`;
    expect(await town.agent.refused('POST', `${path}/validation`)).to.include({
      status: 409,
      code: 'RESERVATION.TOO_LATE_TO_ACCEPT',
    });
    const accepted = await town.send(`/agents/validation/${id}`, { decision: 'accepter' }, agent);
    expect(accepted.status).to.equal(422);
    const refused = await town.agent.post(`${path}/refusal`, { reason: 'Sans réponse à temps.' });
    expect(refused.status).to.equal(200);
  });
});

describe('who waits in an age group that is no more', () => {
  it('is told so without a rank', async () => {
    const town = await webTown();
    const { martin, petit, supervisor, portal } = town;
    try {
      const terms = definition('cantine', { groups: [group('tous', 2, 12, 1)] }).terms;
      const change = async (effectiveFrom: string, changed: object, now: string) => {
        portal.clock.moveTo(paris(now));
        const { headers } = await supervisor.get('/api/activities/cantine');
        const body = { effectiveFrom, terms: { ...terms, ...changed } };
        const etag = headers.get('etag') ?? '';
        await supervisor.post('/api/activities/cantine/terms', body, { 'if-match': etag });
      };
      await change('2026-11-17', {}, '2026-11-16 10:00');
      for (const { api, familyId, children } of [petit, martin])
        await api.post(`/api/families/${familyId}/submissions`, {
          book: [booking(children[0], friday)],
          cancel: [],
        });
      const agenda = '/reservations?mois=2026-11&enfant=tous';
      await portal.settled();
      const ranked = await openPage(town, agenda, martin.guardian);
      expect(read(ranked.html)).to.include('Liste d’attente, rang 1');
      await change('2026-11-18', { groups: [group('petits', 2, 5, 9)] }, '2026-11-16 11:00');
      await portal.settled();
      const { html } = await openPage(town, agenda, martin.guardian);
      expect(read(html)).to.include('Sur liste d’attente').and.not.include('rang');
      const { body } = await town.agent.get<{ reservations: object[] }>(session);
      expect(body.reservations.every((one) => !('rank' in one))).to.equal(true);
    } finally {
      await town.close();
    }
  });
});
