import { expect } from 'chai';
import {
  bar,
  button,
  check,
  dayLines,
  openAgenda,
  press,
  send,
  slotOf,
  title,
  words,
} from '../support/browser/agenda.ts';
import { browsing, desktop, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';
import { paris } from '../support/townFacts.ts';

/** The canteen closed for this day on Friday 13 at 9 h; today is Monday 16. */
const late = '2026-11-17';
const inTime = '2026-11-24';
const beforeAll = paris('2026-11-03 10:00');

describe('cancelling a day in the browser', function () {
  this.timeout(60_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  for (const [name, size] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    it(`costs nothing in time on a ${name}, and the agenda shows it`, async () => {
      const { child, first } = await household(town, `annule-${name}`);
      await town.book(child, 'cantine', inTime);
      const { page } = await open(town, first, { size });
      await openAgenda(page, child, inTime);
      const canteen = slotOf(page, inTime, 'Cantine');
      expect(await words(canteen)).to.match(/Réservé.*Annuler/);
      await press(page, inTime, 'Cantine');
      expect(await words(canteen)).to.match(/À annuler, sans frais.*Garder/);
      expect(await words(bar(page))).to.include('1 à annuler');
      await check(page);
      expect((await dayLines(page))[0]).to.match(/Cantine.*Lou.*Annulation sans frais/);
      expect(await words(page.locator('main'))).not.to.match(/facture|payer/);
      await send(page);
      expect((await dayLines(page))[0]).to.match(/Annulé, sans frais/);
      await openAgenda(page, child, inTime);
      expect(await words(canteen)).to.match(/Annulé à temps.*à réserver de nouveau, 3,50 €/);
    });

    it(`warns on a ${name} that a late one is billed, and waits for the family to accept`, async () => {
      const { child, first } = await household(town, `tard-${name}`);
      await town.book(child, 'cantine', late, { at: beforeAll });
      const { page } = await open(town, first, { size });
      await openAgenda(page, child, late);
      const canteen = slotOf(page, late, 'Cantine');
      expect(await words(canteen)).to.include('annulation facturée 3,50 €');
      await press(page, late, 'Cantine');
      await check(page);
      const [warned] = await dayLines(page);
      expect(warned).to.match(/Trop tard pour annuler sans frais.*3,50 €/);
      expect(warned).to.include('La limite était vendredi 13 novembre à 9 h');
      expect(await words(page.locator('.total'))).to.include('qui restent facturées 3,50 €');

      // The browser asks for the box by itself; the server does when the browser is made not to.
      await button(page, 'Envoyer').click();
      expect(await title(page)).to.equal('Vérifier avant d’envoyer');
      await page.evaluate('document.querySelector("main form").noValidate = true');
      await send(page);
      expect(
        await words(page.locator('.summary-of-faults, .errors, [role=alert]').first()),
      ).to.include('Cochez « J’ai compris » : ce jour reste facturé 3,50 €.');
      await page.getByLabel('J’ai compris').check();
      await send(page);
      const [told] = await dayLines(page);
      expect(told).to.match(/Annulé tard.*3,50 €/);
      expect(told).to.include('Vous avez confirmé avoir compris que ce jour reste facturé 3,50 €.');
      await openAgenda(page, child, late);
      expect(await words(canteen)).to.match(/Annulé tard · facturé 3,50 €/);
    });
  }

  it('gives the place to the first who waits', async () => {
    const { child: holder, first: holding } = await household(town, 'rend');
    const { child: waiter, first: waiting } = await household(town, 'attend');
    const thursday = '2026-12-03';
    await town.book(holder, 'devoirs', thursday);
    await town.book(waiter, 'devoirs', thursday);
    const there = await open(town, waiting, { size: phone });
    await openAgenda(there.page, waiter, thursday);
    const place = slotOf(there.page, thursday, 'devoirs');
    expect(await words(place)).to.include('Liste d’attente, rang 1');

    const here = await open(town, holding, { size: phone });
    await openAgenda(here.page, holder, thursday);
    await press(here.page, thursday, 'devoirs');
    await check(here.page);
    await send(here.page);
    await there.page.reload();
    expect(await words(place)).to.include('Réservé');
  });
});
