import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { addDays } from '../../src/domain/kernel/localDate.ts';
import { title, words } from '../support/browser/agenda.ts';
import { browsing, desktop, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import {
  come,
  expectFromTheTop,
  forStaff,
  go,
  goesOnIn,
  stop,
  walkTo,
} from '../support/browser/keyboard.ts';
import { SmallTown } from '../support/browser/smallTown.ts';
import { agent, request, supervisor } from '../support/commandSide.ts';
import { activityId, day } from '../support/townFacts.ts';

const wednesday = '2026-11-25';

describe('staff with a keyboard alone', function () {
  this.timeout(90_000);
  const open = browsing();
  let town: SmallTown;

  /** More requests than a page lists: five families, two children, the Wednesdays from January on. */
  async function fillTheQueue(): Promise<void> {
    const { reservationCommands } = town.portal.services;
    const wednesdays = Array.from({ length: 24 }, (_, week) =>
      addDays(day('2027-01-06'), 7 * week),
    );
    for (let n = 0; n < 5; n += 1) {
      const { child, brother, first } = await household(town, `file-${n}`, ['Alix', 'Noa']);
      for (const childId of [child, brother])
        for (const date of wednesdays) {
          const place = { familyId: first.familyId!, activityId: activityId('mercredi') };
          const asked = request(first, `${childId}-${date}`, town.clock.now());
          await reservationCommands.reserve({ ...place, childId, date }, asked);
        }
    }
    const { child } = await household(town, 'file-cherchee', ['Ondine', 'Tom'], 'Quercy');
    await town.book(child, 'mercredi', wednesday);
  }

  before(async () => {
    town = await SmallTown.open();
    await fillTheQueue();
  });
  after(() => town.close());

  const walk = (page: Page, told: RegExp, key?: 'Shift+Tab'): Promise<void> =>
    walkTo(page, told, forStaff, key);

  /** Presses Enter on a link to a file: its name and its lines. The focus stays where it was. */
  async function download(page: Page): Promise<{ name: string; lines: string[] }> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const text = await readFile(await file.path(), 'utf8');
    expect((await stop(page)).words).to.equal('Télécharger (CSV)');
    return { name: file.suggestedFilename(), lines: text.split('\r\n') };
  }

  for (const [name, size] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    it(`search a name, open what was found, and clear the search, on a ${name}`, async () => {
      const { page } = await open(town, agent, { size });
      await come(page, '/agents/validation');
      await walk(page, /^Enfant ou responsable/);
      await page.keyboard.type('querc');
      await go(page);
      expect((await stop(page)).words).to.equal('1 demande trouvée pour « querc ».');
      expect((await stop(page)).inSight).to.equal(true);
      await walk(page, /^Ondine Quercy/);
      await walk(page, /^Toutes les demandes$/, 'Shift+Tab');
      await go(page);
      expect(await words(page.locator('.queue__more').first())).to.match(
        /^De 1 à 200, sur 2\d\d\./,
      );

      await walk(page, /^Enfant ou responsable/);
      await page.keyboard.type('zorro');
      await go(page);
      expect((await stop(page)).words).to.equal('Aucune demande trouvée pour « zorro ».');
      expect(await words(page.locator('.empty'))).to.include('Essayez le début du nom');
      await walk(page, /^Enfant ou responsable/, 'Shift+Tab');
    });

    it(`open a case without passing 200 others, on a ${name}`, async () => {
      const { page } = await open(town, agent, { size });
      await come(page, '/agents/validation');
      await walk(page, /^Ondine Quercy/);
      await go(page);
      expect(await goesOnIn(page, '#demande')).to.equal(true);
      await walk(page, /^Accepter/);
      await walk(page, /^Valider et suivant$/);
    });

    it(`rebuild a reading once they have read what that does, on a ${name}`, async () => {
      const { page } = await open(town, supervisor, { size });
      await come(page, '/agents/etat');
      expect(await words(page.locator('.lead'))).to.equal(
        'Tout va bien : les pages montrent tout ce qui a été enregistré.',
      );
      await walk(page, /^Reconstruire : Les accusés de réception/);
      await walk(page, /^Reconstruire : Les activités/, 'Shift+Tab');
      await go(page);
      await expectFromTheTop(page);
      expect(await words(page.locator('.banner'))).to.include(
        'À faire quand une page ne montre pas ce qui a été enregistré.',
      );
      await walk(page, /^Ne rien changer$/);
      await walk(page, /^Reconstruire$/, 'Shift+Tab');
      await go(page, 'Space');
      expect(await words(page.locator('.banner'))).to.equal(
        'Reconstruction demandée : Les activités et leurs règles Rechargez cette page pour la suivre.',
      );
      await expectFromTheTop(page);
    });
  }

  it('keep to a part of the queue, and go from page to page', async () => {
    const { page } = await open(town, agent);
    await come(page, '/agents/validation');
    await walk(page, /^Activité/);
    await page.keyboard.type('Mercredi');
    await walk(page, /^Afficher$/);
    await go(page);
    expect(new URL(page.url()).search).to.include('pour=mercredi');
    await expectFromTheTop(page);
    await walk(page, /^Les suivantes$/);
    await go(page);
    await expectFromTheTop(page);
    expect(await words(page.locator('.queue__more').first())).to.match(
      /^De 201 à (2\d\d), sur \1\./,
    );
    await walk(page, /^Les précédentes$/);
    await walk(page, /^Toutes les demandes$/, 'Shift+Tab');
    await go(page);
    expect(await title(page)).to.equal('Réservations à valider');
    expect(new URL(page.url()).search).to.equal('');
  });

  it('take the queue and the sessions of a day away as files', async () => {
    const { page } = await open(town, agent);
    await come(page, '/agents/validation');
    await walk(page, /^Télécharger/);
    const queue = await download(page);
    expect(queue.name).to.equal('reservations-a-valider.csv');
    expect(queue.lines.slice(0, 2)).to.deep.equal([
      '\ufeffSéance;Début;Activité;Lieu;Nom;Prénom;Âge ce jour-là;Demandé;État',
      '2026-11-25;08:30;Mercredi loisirs;Accueil de loisirs de Luzech;Quercy;Ondine;7;2026-11-16 10:00;À valider',
    ]);
    // All of it, not the page that is listed.
    expect(queue.lines.length).to.be.above(202);

    await come(page, `/agents/seances?jour=${wednesday}`);
    await walk(page, /^Télécharger/);
    const sessions = await download(page);
    expect(await words(page.locator('.table'))).to.include('1 tous groupes');
    expect(sessions.name).to.equal(`seances-${wednesday}.csv`);
    expect(sessions.lines).to.deep.equal([
      '\ufeffJour;Début;Fin;Séance;Lieu;Groupe;Places prises;Places;À valider;En attente;État',
      `${wednesday};08:30;17:30;Mercredi loisirs;Accueil de loisirs de Luzech;3-5 ans;0;12;1;0;Ouverte`,
      `${wednesday};08:30;17:30;Mercredi loisirs;Accueil de loisirs de Luzech;6-11 ans;1;16;0;0;Ouverte`,
      '',
    ]);
  });
});
