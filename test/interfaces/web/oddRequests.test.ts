import { expect } from 'chai';
import { agent } from '../../support/apiTown.ts';
import { read } from '../../support/htmlFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

describe('odd requests to the pages', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
  });
  after(async () => town.close());

  const post = (path: string, init: RequestInit, who = town.martin.guardian) =>
    fetch(town.portal.url + path, {
      ...init,
      method: 'POST',
      headers: {
        ...town.portal.inBrowser(who),
        ...(init.headers as Readonly<Record<string, string>> | undefined),
      },
      redirect: 'manual',
    });
  const json = { headers: { 'content-type': 'application/json' }, body: '{"reserver":[]}' };

  for (const path of ['/deconnexion', '/reservations/verification', '/reservations/envoi'])
    it(`to ${path} that carry no form lack its proof`, async () => {
      for (const init of [{}, json]) {
        const response = await post(path, init);
        expect(response.status).to.equal(403);
        expect(read(await response.text())).to.include('Cette page était ouverte depuis longtemps');
      }
    });

  it('of a family that asks for another month without a form lead there', async () => {
    const response = await post('/reservations?mois=2026-12', json);
    expect(response.status).to.equal(303);
    expect(response.headers.get('location')).to.include('mois=2026-12');
  });

  it('of staff that carry no form lack its proof too', async () => {
    for (const path of ['/agents/validation/r-1', '/agents/seances/cantine/2026-11-19/fermeture'])
      expect((await post(path, json, agent)).status, path).to.equal(403);
  });

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    it(`for « ${name} », which every object has, are for what does not exist`, async () => {
      const sessions = await openPage(town, `/agents/seances?tri=${name}&jour=2026-11-19`, agent);
      expect(sessions.status).to.equal(200);
      const usual = await openPage(town, '/agents/seances?tri=heure&jour=2026-11-19', agent);
      expect(sessions.html === usual.html).to.equal(true);
      const queue = await openPage(town, `/agents/validation?fait=${name}`, agent);
      expect(queue.status).to.equal(200);
      expect(queue.html).not.to.include('undefined').and.not.include('class="banner');
    });

  it('for the declaration of accessibility name the day when it was made, whatever the day', async () => {
    const declared = 'établie le lundi 23 novembre 2026';
    for (const months of [0, 8]) {
      town.portal.clock.advance(months * 31 * 86_400_000);
      const { html } = await openPage(town, '/accessibilite', agent);
      expect(read(html)).to.include(declared).and.include('Schéma pluriannuel 2026-2028');
    }
  });
});
