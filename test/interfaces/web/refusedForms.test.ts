import { expect } from 'chai';
import { webTown, type WebTown } from '../../support/webTown.ts';
import { read } from '../../support/htmlFacts.ts';

describe('a form that the portal does not take', () => {
  let town: WebTown;
  before(async () => {
    town = await webTown();
  });
  after(async () => town.close());

  const send = async (path: string, fields: URLSearchParams) => {
    const response = await town.send(path, fields, town.martin.guardian);
    return { status: response.status, words: read(await response.text()) };
  };
  const days = (count: number, activity = 'cantine'): string[][] =>
    Array.from({ length: count }, (_, index) => {
      const date = new Date(Date.UTC(2026, 10, 30 + index)).toISOString().slice(0, 10);
      return ['reserver', `${town.martin.children[0]}|${activity}|${date}`];
    });
  const form = (fields: readonly string[][], more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams([
      ...fields.map(([name = '', value = '']) => [name, value]),
      ...Object.entries(more),
    ]);

  for (const [name, fields] of [
    ['too many bytes', () => form([], { mot: 'x'.repeat(300_000) })],
    ['too many fields', () => form(Array.from({ length: 2_000 }, () => ['reserver', 'x']))],
  ] as const)
    it(`says that it is too long: ${name}`, async () => {
      const { status, words } = await send('/reservations/verification', fields());
      expect(status).to.equal(413);
      expect(words).to.include('Votre envoi est trop long').and.not.include('n’existe pas');
    });

  it('says that it can’t be read', async () => {
    const response = await fetch(`${town.portal.url}/reservations/verification`, {
      method: 'POST',
      headers: {
        ...town.portal.inBrowser(town.martin.guardian),
        'content-type': 'application/x-www-form-urlencoded; charset=klingon',
      },
      body: 'a=b',
    });
    expect(response.status).to.equal(400);
    expect(read(await response.text())).to.include('Nous n’avons pas pu lire votre envoi');
  });

  it('says that there are too many days at once, and how many there may be', async () => {
    const { status, words } = await send('/reservations/envoi', form(days(401)));
    expect(status).to.equal(422);
    expect(words).to.include('Trop de jours à la fois').and.include('au plus 400 jours');
    expect(words).to.include('Rien n’a été enregistré');
  });

  it('says that the page has served already when another word is sent from it', async () => {
    const wednesday = [['reserver', `${town.martin.children[0]}|mercredi|2026-12-02`]];
    const asked = (mot: string) => form(wednesday, { demande: 'une-page', mot });
    const sent = await send('/reservations/envoi', asked('Bonjour.'));
    expect(sent.status).to.equal(303);
    const { status, words } = await send('/reservations/envoi', asked('Bonsoir.'));
    expect(status).to.equal(422);
    expect(words).to.include('Cette page a déjà servi à un envoi');
    expect(words).not.to.include('Idempotency-Key');
  });

  it('still says that an address does not exist', async () => {
    const headers = town.portal.inBrowser(town.martin.guardian);
    const response = await fetch(`${town.portal.url}/%ff`, { headers });
    expect(response.status).to.equal(404);
    expect(read(await response.text())).to.include('Cette page n’existe pas');
  });
});
