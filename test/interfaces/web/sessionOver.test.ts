import { expect } from 'chai';
import { agent } from '../../support/apiTown.ts';
import { fieldsOf, read } from '../../support/htmlFacts.ts';
import { paris } from '../../support/townFacts.ts';
import { openPage, pagesOf, webTown, type WebTown } from '../../support/webTown.ts';
import { signIn } from '../../../src/interfaces/web/routes/visitor.ts';
import { SignInChoicePage } from '../../../src/interfaces/web/pages/signInChoicePage.tsx';
import { demoSignIn } from '../../../src/interfaces/web/demo/demoSignIn.ts';
import { render } from '../../support/htmlFacts.ts';
import type { Express } from 'express';
import type { Services } from '../../../src/application/services.ts';

const hour = 3_600_000;
const monday = paris('2026-11-16 10:00');

describe('a session that ends while its family fills in the agenda', () => {
  let town: WebTown;
  beforeEach(async () => {
    town = await webTown({
      mountFirst(app: Express, services: Services) {
        // The sign-in of the day: production has none of its own yet.
        app.get('/essai/:who', (request, response) => {
          const { guardian } = town.martin;
          signIn(pagesOf(services), response, request.params.who === 'agent' ? agent : guardian);
          response.end();
        });
      },
    });
    await town.portal.settled();
  });
  afterEach(() => town.close());

  const sessionIn = (response: Response): string | undefined =>
    response.headers
      .getSetCookie()
      .filter((cookie) => cookie.startsWith('session='))
      .at(-1);
  const cookieOf = (set: string | undefined): string => set?.split(';')[0] ?? '';
  const enter = async (who = 'guardian'): Promise<string> =>
    cookieOf(sessionIn(await fetch(`${town.portal.url}/essai/${who}`)));
  const get = (path: string, cookie: string): Promise<Response> =>
    fetch(town.portal.url + path, { headers: { cookie }, redirect: 'manual' });
  const post = (path: string, cookie: string, fields: readonly (readonly [string, string])[]) =>
    fetch(town.portal.url + path, {
      method: 'POST',
      headers: { cookie },
      redirect: 'manual',
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    });
  const tick = (date: string) => `${town.martin.children[0]}|cantine|${date}`;

  for (const path of ['/reservations/verification', '/reservations/envoi', '/reservations'])
    it(`keeps the ticks sent to ${path}, and says that nothing was done`, async () => {
      const cookie = await enter();
      town.portal.clock.advance(13 * hour);
      const sent = await post(path, cookie, [
        ['reserver', tick('2026-11-19')],
        ['reserver', tick('2026-11-26')],
        ['mot', 'Bonjour Zoé.'],
      ]);
      expect(sent.status).to.equal(303);
      const address = sent.headers.get('location') ?? '';
      expect(address).to.match(/^\/connexion\?fin=1&suite=/);
      expect(address).not.to.match(/Zo|Bonjour/);
      const told = await (await get(address, '')).text();
      expect(read(told)).to.include('Rien n’a été envoyé : connectez-vous, vos jours cochés');

      const again = await enter();
      const back = await get(address, again);
      expect(back.status).to.equal(303);
      const agenda = await (await get(back.headers.get('location') ?? '', again)).text();
      const ticked = fieldsOf(agenda, 'reserver').filter(
        ({ attributes }) => 'checked' in attributes,
      );
      expect(ticked.map(({ attributes }) => attributes['value'])).to.deep.equal([
        tick('2026-11-19'),
        tick('2026-11-26'),
      ]);
    });

  it('tells staff that their decision was not recorded', async () => {
    const cookie = await enter('agent');
    town.portal.clock.advance(13 * hour);
    const sent = await post('/agents/validation/r1', cookie, [['decision', 'accepter']]);
    expect(sent.headers.get('location')).to.equal('/connexion?fin=1');
    const told = await (await get('/connexion?fin=1', '')).text();
    expect(read(told)).to.include('Rien n’a été enregistré : connectez-vous, puis recommencez.');
  });

  it('lasts as long as pages are opened, up to a week; forms outlive the token of their page', async () => {
    let cookie = await enter();
    const page = await (await get('/reservations', cookie)).text();
    const csrf = fieldsOf(page, 'csrf')[0]?.attributes['value'] ?? '';
    town.portal.clock.advance(4 * 60_000);
    expect(sessionIn(await get('/', cookie))).to.equal(undefined);
    town.portal.clock.moveTo(monday);
    for (let n = 0; n < 19; n += 1) {
      town.portal.clock.advance(8 * hour);
      for (const path of ['/assets/nothing.css', '/.well-known/security.txt'])
        expect(sessionIn(await get(path, cookie)), path).to.equal(undefined);
      const renewed = sessionIn(await get('/', cookie));
      expect(renewed, `after ${8 * (n + 1)} hours`).to.match(/Max-Age=43200;.*HttpOnly/);
      cookie = cookieOf(renewed);
    }
    const sent = await post('/reservations/verification', cookie, [
      ['csrf', csrf],
      ['reserver', tick('2026-11-26')],
    ]);
    expect(sent.status).to.equal(200);
    town.portal.clock.advance(8 * hour);
    const last = sessionIn(await get('/', cookie));
    expect(last).to.match(/Max-Age=28800;/);
    town.portal.clock.advance(7 * hour);
    expect(sessionIn(await get('/', cookieOf(last)))).to.equal(undefined);
    town.portal.clock.advance(hour);
    expect((await get('/', cookieOf(last))).status).to.equal(303);
    expect(Date.parse(town.portal.services.clock.now()) - Date.parse(monday)).to.equal(168 * hour);
  });

  it('ends twelve hours after the last page, whenever that was', async () => {
    const cookie = await enter();
    town.portal.clock.advance(hour);
    const renewed = cookieOf(sessionIn(await get('/', cookie)));
    town.portal.clock.advance(12 * hour - 1);
    expect((await get('/', renewed)).status).to.equal(200);
    town.portal.clock.advance(1);
    expect((await get('/', renewed)).status).to.equal(303);
  });

  it('leads to an agenda of the portal, and nowhere else', async () => {
    const cookie = await enter();
    for (const suite of [
      'https://ailleurs.example/reservations?a=1',
      '//ailleurs.example/?a',
      '/reservations/../agents?x=1',
      '/reservations?mois=2026-11"><script>',
      '/agents/validation?fait=refusee',
    ]) {
      const query = new URLSearchParams({ fin: '1', suite });
      const answer = await get(`/connexion?${query.toString()}`, cookie);
      expect([answer.status, answer.headers.get('location')], suite).to.deep.equal([200, null]);
      expect(await answer.text()).not.to.include('ailleurs');
    }
  });

  it('keeps the ticks of an address that is opened too late, or before the way in was taken', async () => {
    const sent = await post('/reservations', await enter(), [['reserver', tick('2026-11-19')]]);
    const agenda = sent.headers.get('location') ?? '';
    expect(agenda).to.include('coches=');
    const turnedAway = (await get(agenda, '')).headers.get('location') ?? '';
    expect(turnedAway).to.match(/^\/connexion\?fin=1&suite=/);
    const back = (await get(turnedAway, await enter())).headers.get('location') ?? '';
    const ticked = fieldsOf(await (await get(back, await enter())).text(), 'reserver').filter(
      ({ attributes }) => 'checked' in attributes,
    );
    expect(ticked.map(({ attributes }) => attributes['value'])).to.deep.equal([tick('2026-11-19')]);
  });

  it('still takes whoever never signed in to the plain sign-in', async () => {
    const answer = await get('/reservations', '');
    expect(answer.headers.get('location')).to.equal('/connexion');
    const { html } = await openPage(town, '/connexion', town.martin.guardian);
    expect(read(html)).to.include('Ouvrir votre compte').and.include('sur rendez-vous :');
    // What to do next; home would lead back here.
    expect(html).to.include('href="tel:0565000000" class="button button--primary"');
    expect(read(html)).not.to.include('Revenir à l’accueil');
  });
});

describe('the demonstration’s sign-in after a session that ended', () => {
  it('says so, and takes the guardian back to the ticks', async () => {
    const people = [{ id: 'g', name: 'Camille', role: 'guardian', detail: '' } as const];
    const form = { action: '/demo/entrer', csrf: '' };
    const comeBack = '/reservations?mois=2026-11&enfant=tous&coches=a*b';
    const html = render(SignInChoicePage, { people, form, ended: { comeBack } });
    expect(read(html)).to.include('vos jours cochés vous attendent dans l’agenda');
    expect(fieldsOf(html, 'suite')[0]?.attributes['value']).to.equal(comeBack);
    expect(read(render(SignInChoicePage, { people, form }))).not.to.include('pris fin');

    const town = await webTown({
      mountFirst: (app, services) => {
        const context = pagesOf(services);
        const account = { ...people[0]!, principal: guardian };
        const staff = { ...people[0]!, id: 'a', role: 'agent', principal: agent } as const;
        const accounts = [account, staff];
        app.use(
          (request, _response, next) => {
            const query = new URL(request.url, 'http://localhost').searchParams;
            request.body = Object.fromEntries(query);
            next();
          },
          demoSignIn(context, accounts),
        );
      },
    });
    try {
      const enter = async (personne: string, suite: string) => {
        const query = new URLSearchParams({ personne, fin: '1', suite });
        const address = `${town.portal.url}/demo/entrer?${query.toString()}`;
        const answer = await fetch(address, { method: 'POST', redirect: 'manual' });
        return answer.headers.get('location');
      };
      expect(await enter('g', comeBack)).to.equal(comeBack);
      expect(await enter('g', 'https://ailleurs.example')).to.equal('/');
      expect(await enter('a', comeBack)).to.equal('/agents/validation');
    } finally {
      await town.close();
    }
  });

  const guardian = { actor: { kind: 'guardian', id: 'g' } } as const;
});
