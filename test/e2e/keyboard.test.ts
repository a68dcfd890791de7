import { expect } from 'chai';
import { openAgenda, slotOf, title, words } from '../support/browser/agenda.ts';
import { browsing, desktop, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import { tabTo } from '../support/browser/measures.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';

describe('the portal with a keyboard alone', function () {
  this.timeout(90_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  for (const [name, size] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const)
    it(`books a day on a ${name}, each stop of the focus in sight`, async () => {
      const { child, first } = await household(town, `clavier-${name}`);
      const { page } = await open(town, first, { size });
      const { keyboard } = page;
      await page.goto('/');
      await tabTo(page, /Réserver ou annuler/);
      await keyboard.press('Enter');
      await page.waitForURL(/reservations/);
      await tabTo(page, /^Lou/);
      await keyboard.press('Enter');
      await page.waitForURL(new RegExp(child));
      await tabTo(page, new RegExp(`${child}.cantine.2026-11-24`));
      await keyboard.press('Space');
      await tabTo(page, /Vérifier/);
      await keyboard.press('Enter');
      await page.waitForURL(/verification/);
      await tabTo(page, /Envoyer/);
      await keyboard.press('Enter');
      await page.waitForURL(/recus/);
      expect(await words(page.locator('.banner'))).to.include('1 acceptée');
      await openAgenda(page, child, '2026-11-24');
      expect(await words(slotOf(page, '2026-11-24', 'Cantine'))).to.include('Réservé');
    });

  it('offers first to jump over the menu', async () => {
    const { first } = await household(town, 'clavier-saut');
    const { page } = await open(town, first, { size: phone });
    await page.goto('/reservations');
    const skip = page.getByRole('link', { name: 'Aller au contenu' });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).to.equal('skip');
    const shown = await skip.boundingBox();
    expect(shown?.y).to.be.at.least(0);
    expect(shown?.height).to.be.at.least(44);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate('document.querySelector("main").contains(document.activeElement)'),
    ).to.equal(true);
    expect(await title(page)).to.equal('Réservations');
  });

  it('opens and closes the menu, and gives the focus back', async () => {
    const { first } = await household(town, 'clavier-menu');
    const { page } = await open(town, first, { size: phone });
    await page.goto('/');
    await tabTo(page, /^Menu/);
    await page.keyboard.press('Enter');
    const menu = page.locator('.fold__panel');
    expect(await menu.isVisible()).to.equal(true);
    await tabTo(page, /^Réservations/);
    await page.keyboard.press('Escape');
    expect(await menu.isVisible()).to.equal(false);
    expect(await page.evaluate('document.activeElement.tagName')).to.equal('SUMMARY');
  });
});
