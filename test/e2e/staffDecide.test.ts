import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { button, follow, openAgenda, slotOf, title, words } from '../support/browser/agenda.ts';
import { browsing, desktop, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';
import { agent } from '../support/commandSide.ts';

const [wednesday, other] = ['2026-11-25', '2026-12-09'];
const ready = 'Toutes les places de ce jour sont prises.';

/** Opens the case of a child from the queue. */
async function openCase(page: Page, child: string, date = 'mercredi 25 novembre'): Promise<void> {
  await page.goto('/agents/validation');
  await follow(page.locator('.queue__item', { hasText: child }).filter({ hasText: date }));
}

describe('staff who answer bookings in the browser', function () {
  this.timeout(60_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  const stateFor = async (page: Page, child: string, date: string): Promise<string> => {
    await openAgenda(page, child, date);
    return words(slotOf(page, date, 'Mercredi'));
  };

  for (const [name, size] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    it(`accept one and refuse another with a ready sentence on a ${name}, and the family reads it`, async () => {
      const names = [`Ambre-${name}`, `Basile-${name}`] as const;
      const { child, brother, first } = await household(town, `demande-${name}`, names);
      await town.book(child, 'mercredi', wednesday, { note: 'Ambre sortira à 17 h.' });
      await town.book(brother, 'mercredi', wednesday);

      const { page } = await open(town, agent, { size });
      await openCase(page, names[0]);
      expect(await words(page.locator('.case__head'))).to.include(`${names[0]} Lebrun`);
      expect(await words(page.locator('.case__note'))).to.include('Ambre sortira à 17 h.');
      expect(await words(page.locator('.facts'))).to.include('enfant de 7 ans ce jour-là');
      await page.getByText('Accepter', { exact: true }).click();
      await follow(button(page, 'Valider et suivant'));
      expect(await words(page.locator('.banner'))).to.include('Réservation acceptée');
      expect(await page.locator('.queue__item', { hasText: names[0] }).count()).to.equal(0);

      await openCase(page, names[1]);
      await page.getByText('Refuser', { exact: true }).click();
      await page.getByLabel(ready).check();
      await follow(button(page, 'Valider et suivant'));
      expect(await words(page.locator('.banner'))).to.include('Réservation refusée');

      const family = await open(town, first, { size });
      expect(await stateFor(family.page, child, wednesday)).to.include('Réservé');
      const refused = await stateFor(family.page, brother, wednesday);
      expect(refused).to.include('Refusé');
      expect(refused).to.include(ready);
    });
  }

  it('answer with the keyboard alone: A, R, Enter', async () => {
    const { child, brother, first } = await household(town, 'clavier', ['Célia', 'Denis']);
    await town.book(child, 'mercredi', other);
    await town.book(brother, 'mercredi', other);
    const { page } = await open(town, agent);
    await openCase(page, 'Célia', 'mercredi 9 décembre');
    await page.keyboard.press('a');
    expect(await page.locator('#accepter').isChecked()).to.equal(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/fait=acceptee/);
    await openCase(page, 'Denis', 'mercredi 9 décembre');
    await page.keyboard.press('r');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.waitForURL(/fait=refusee/);
    const family = await open(town, first);
    expect(await stateFor(family.page, child, other)).to.include('Réservé');
    expect(await stateFor(family.page, brother, other)).to.include(ready);
  });

  it('must choose, and must say why they refuse', async () => {
    const { child } = await household(town, 'sans-motif', ['Elsa', 'Fabio']);
    await town.book(child, 'mercredi', other);
    const { page } = await open(town, agent);
    await openCase(page, 'Elsa', 'mercredi 9 décembre');
    await page.evaluate('document.querySelector("#demande").noValidate = true');
    await follow(button(page, 'Valider et suivant'));
    expect(await words(page.locator('.case'))).to.include('Choisissez d’accepter ou de refuser.');
    await page.getByText('Refuser', { exact: true }).click();
    await follow(button(page, 'Valider et suivant'));
    expect(await title(page)).to.equal('Réservations à valider');
    expect(await page.getByLabel('Ou la vôtre').getAttribute('aria-invalid')).to.equal('true');
    await page.getByLabel('Ou la vôtre').fill('Le groupe des grands est en sortie ce jour-là.');
    await follow(button(page, 'Valider et suivant'));
    expect(await words(page.locator('.banner'))).to.include('Réservation refusée');
  });

  it('are told when somebody has answered before them', async () => {
    const { child } = await household(town, 'deux-agents', ['Gaël', 'Hana']);
    await town.book(child, 'mercredi', other);
    const here = await open(town, agent);
    const there = await open(town, agent);
    for (const { page } of [here, there]) {
      await openCase(page, 'Gaël', 'mercredi 9 décembre');
      await page.getByText('Accepter', { exact: true }).click();
    }
    await follow(button(here.page, 'Valider et suivant'));
    expect(await words(here.page.locator('.banner'))).to.include('Réservation acceptée');
    await follow(button(there.page, 'Valider et suivant'));
    expect(await words(there.page.locator('.banner'))).to.include(
      'Cette demande n’attend plus de réponse',
    );
  });

  it('close a session with a reason that the families read', async () => {
    const { child, first } = await household(town, 'greve', ['Iris', 'Jules']);
    const monday = '2026-12-14';
    await town.book(child, 'soir', monday);
    const { page } = await open(town, agent);
    await page.goto(`/agents/seances?jour=${monday}`);
    await follow(page.getByRole('link', { name: /Fermer Garderie du soir/ }));
    expect(await words(page.locator('.banner'))).to.include('1 famille est concernée');
    await page.getByLabel('Motif').fill('Grève');
    await follow(button(page, 'Fermer la séance'));
    expect(await words(page.locator('.banner'))).to.include('La séance est fermée');
    const family = await open(town, first, { size: phone });
    await openAgenda(family.page, child, monday);
    expect(await words(slotOf(family.page, monday, 'Garderie'))).to.match(
      /Séance annulée : Grève.*rien n’est facturé/,
    );
  });
});
