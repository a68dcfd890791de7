import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Principal } from '../../src/application/principal.ts';
import type { ChildId } from '../../src/domain/kernel/ids.ts';
import { isTicked, title, words } from '../support/browser/agenda.ts';
import { browsing, desktop, phone } from '../support/browser/browsing.ts';
import { household, type Household } from '../support/browser/families.ts';
import {
  come,
  expectFromTheTop,
  forFamilies,
  go,
  goesOnIn,
  stop,
  walkTo,
} from '../support/browser/keyboard.ts';
import { guardianOfSmallTown } from '../support/browser/settledFamily.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';
import { agent, request } from '../support/commandSide.ts';
import { activityId, day } from '../support/townFacts.ts';

const [tuesday, wednesday] = ['2026-11-24', '2026-12-09'];

describe('a family with a keyboard alone', function () {
  this.timeout(90_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  const walk = (page: Page, told: RegExp): Promise<void> => walkTo(page, told, forFamilies);

  async function send(childId: ChildId, guardian: Principal): Promise<void> {
    const book = [{ childId, activityId: activityId('cantine'), date: day(tuesday) }];
    const asked = request(guardian, `sent-${childId}`, town.clock.now());
    const sending = { familyId: guardian.familyId!, book, cancel: [] };
    await town.portal.services.submissions.submit(sending, asked);
    await town.shown();
  }

  async function refusedByStaff({ brother, first }: Household): Promise<void> {
    await town.book(brother, 'mercredi', wednesday);
    const { validationQueue, reservationCommands } = town.portal.services;
    const now = town.clock.now();
    const [asked] = await validationQueue.ofFamily(first.familyId!, now);
    const { booking } = asked!;
    const sentence = 'La sortie de ce jour demande un brevet de natation.';
    const asAgent = request(agent, `refused-${first.familyId!}`, now);
    await reservationCommands.refuse(booking, booking.reservationId, sentence, asAgent);
    await town.shown();
  }

  for (const [name, size] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    it(`finds a receipt again, and comes back to the agenda, on a ${name}`, async () => {
      const { child, first } = await household(town, `clavier-recus-${name}`);
      const { page } = await open(town, first, { size });
      await send(child, first);
      await come(page, '/reservations');
      await walk(page, /^Vos accusés de réception/);
      await go(page);
      expect(await title(page)).to.equal('Mes accusés de réception');
      expect(await words(page.locator('.lead'))).to.equal(
        'Chaque envoi est gardé ici, avec la réponse donnée alors, jour par jour. Ce qui a changé depuis se lit dans l’agenda.',
      );
      await walk(page, /^Lundi 16 novembre 2026 à 10 h$/);
      await go(page);
      expect(await words(page.locator('.banner'))).to.include('1 acceptée.');
      await expectFromTheTop(page);
      await walk(page, /^Mes accusés de réception$/);
      await go(page);
      expect(new URL(page.url()).pathname).to.equal('/reservations/recus');
      await walk(page, /^Revenir à l’agenda$/);
      await go(page);
      expect(await title(page)).to.equal('Réservations');
    });

    it(`reads how to contest a refusal, and comes back to its day, on a ${name}`, async () => {
      const family = await household(town, `clavier-refus-${name}`);
      await refusedByStaff(family);
      const { page } = await open(town, family.first, { size });
      await come(page, `/reservations?mois=2026-12&enfant=${family.brother}#jour-${wednesday}`);
      await walk(page, /^Contester ce refus/);
      await go(page);
      await expectFromTheTop(page);
      expect(await words(page.locator('main'))).to.include(
        'Vous pouvez aussi saisir le tribunal administratif, par courrier ou sur telerecours.fr, dans ces mêmes deux mois.',
      );
      await walk(page, /^05.65.00.00.00$/);
      await walk(page, /^espace-famille@/);
      await walk(page, /^Revenir à l’agenda$/);
      await go(page);
      expect(await goesOnIn(page, `#jour-${wednesday}`)).to.equal(true);
      expect((await stop(page)).inSight).to.equal(true);
    });

    it(`finds its ticks again when its session has ended, on a ${name}`, async () => {
      const { page, context } = await open(town, guardianOfSmallTown('vialard'), { size });
      await come(page, `/reservations?mois=2026-11&enfant=vialard-1#jour-${tuesday}`);
      await walk(page, new RegExp(`vialard-1.cantine.${tuesday}`));
      await page.keyboard.press('Space');
      await context.clearCookies();
      await go(page);
      expect(await words(page.locator('.banner'))).to.equal(
        'Votre connexion a pris fin Rien n’a été envoyé : choisissez de nouveau qui vous êtes, vos jours cochés vous attendent dans l’agenda.',
      );

      // The page of a portal with accounts, tried before the way in was taken: nothing is lost.
      await come(page, page.url().replace('/demo', '/connexion'));
      expect(await title(page)).to.equal('Votre connexion a pris fin');
      expect(await words(page.locator('.lead'))).to.match(/^Rien n’a été envoyé : connectez-vous/);
      await walk(page, /^Retrouver mes jours cochés$/);
      await go(page);
      expect(await words(page.locator('.banner'))).to.include('vos jours cochés vous attendent');
      await expectFromTheTop(page);
      await walk(page, /Camille Vialard/);
      await go(page);
      expect(await isTicked(page, tuesday, 'Cantine')).to.equal(true);
    });
  }
});
