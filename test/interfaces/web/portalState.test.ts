import { expect } from 'chai';
import { agent, supervisor } from '../../support/apiTown.ts';
import { read } from '../../support/htmlFacts.ts';
import { openPage, webTown, type WebTown } from '../../support/webTown.ts';

const page = '/agents/etat';
const rebuild = `${page}/lectures/agenda/reconstruction`;

describe('the supervisor’s page on the portal', () => {
  let town: WebTown;
  let away = false;
  before(async () => {
    town = await webTown({
      probing: (probes) => ({
        ...probes,
        keys: async () => {
          if (away) throw new Error('mongodb://portail:secret@serveur');
          return probes.keys();
        },
      }),
    });
  });
  afterEach(() => {
    away = false;
  });
  after(() => town.close());

  it('tells every reading, up to date, and that the stores answer', async () => {
    await town.portal.settled();
    const { status, html } = await openPage(town, page, supervisor);
    expect(status).to.equal(200);
    const words = read(html);
    expect(words).to.contain('Tout va bien : les pages montrent tout ce qui a été enregistré.');
    expect(words.match(/\bRépond\b/g)).to.have.length(3);
    for (const label of [
      'L’agenda des enfants',
      'Les dossiers des familles',
      'Les envois à finir',
      'Les accusés de réception',
    ])
      expect(words).to.contain(label);
    expect(words).to.contain('depuis lundi 16 novembre à 10 h');
  });

  it('names a store that is away, without its secrets', async () => {
    away = true;
    const { status, html } = await openPage(town, page, supervisor);
    expect(status).to.equal(200);
    expect(read(html)).to.match(/Stockage des clés\s+Ne répond pas/);
    expect(html).to.not.contain('secret');
  });

  it('opens while the readings can’t be asked, and nothing waits for them', async () => {
    const { readSide, validationQueue } = town.portal.services;
    const known = readSide.status.bind(readSide);
    const count = validationQueue.count.bind(validationQueue);
    const gone = async (): Promise<never> => {
      throw new Error('gone');
    };
    Object.assign(readSide, { status: gone });
    Object.assign(validationQueue, { count: gone });
    try {
      const { status, html } = await openPage(town, page, supervisor);
      expect(status).to.equal(200);
      expect(read(html)).to.contain('Les lectures ne disent pas où elles en sont');
      expect(read(html)).to.contain('Réservations à valider');
    } finally {
      Object.assign(readSide, { status: known });
      Object.assign(validationQueue, { count });
    }
  });

  it('stands in the menu of supervisors, and of nobody else', async () => {
    const { html } = await openPage(town, '/agents/seances', supervisor);
    expect(html).to.contain(`href="${page}"`);
    const other = await openPage(town, '/agents/seances', agent);
    expect(other.html).to.not.contain(page);
    for (const path of [page, rebuild]) {
      expect((await openPage(town, path, agent)).status).to.equal(403);
      expect((await openPage(town, path, town.martin.guardian)).status).to.equal(403);
    }
  });

  it('rebuilds a reading once that is confirmed, and says when it was asked', async () => {
    const { html } = await openPage(town, rebuild, supervisor);
    expect(read(html)).to.contain('Les pages restent lisibles pendant ce temps');
    expect(html).to.contain(`method="post" action="${rebuild}"`);
    expect(read((await openPage(town, page, supervisor)).html)).to.not.contain('demandée');
    const sent = await town.send(rebuild, {}, supervisor);
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([
      303,
      `${page}?demandee=agenda`,
    ]);
    const after = read((await openPage(town, `${page}?demandee=agenda`, supervisor)).html);
    expect(after).to.contain('Reconstruction demandée : L’agenda des enfants');
    expect(after).to.contain('demandée lundi 16 novembre à 10 h');
  });

  it('announces a rebuild to whoever asked for it, not to each who opens the address', async () => {
    const opened = async (name: string): Promise<string> =>
      read((await openPage(town, `${page}?demandee=${name}`, supervisor)).html);
    expect(await opened('dossiers')).to.not.contain('Reconstruction demandée');
    expect(await opened('poney')).to.not.contain('Reconstruction demandée');
    await town.send(`${page}/lectures/dossiers/reconstruction`, {}, supervisor);
    expect(await opened('dossiers')).to.contain('Reconstruction demandée');
    town.portal.clock.advance(61_000);
    expect(await opened('dossiers')).to.not.contain('Reconstruction demandée');
  });

  it('rebuilds nothing without the proof of a form, for others, or under another name', async () => {
    const asked: string[] = [];
    const { readSide } = town.portal.services;
    const real = readSide.rebuild.bind(readSide);
    Object.assign(readSide, { rebuild: async (name: string) => void asked.push(name) });
    try {
      const headers = town.portal.inBrowser(supervisor);
      const forged = await fetch(town.portal.url + rebuild, { method: 'POST', headers });
      expect(forged.status).to.equal(403);
      expect((await town.send(rebuild, {}, agent)).status).to.equal(403);
      const unknown = `${page}/lectures/poney/reconstruction`;
      expect((await town.send(unknown, {}, supervisor)).status).to.equal(404);
      expect((await openPage(town, unknown, supervisor)).status).to.equal(404);
      expect(asked).to.deep.equal([]);
    } finally {
      Object.assign(readSide, { rebuild: real });
    }
  });
});
