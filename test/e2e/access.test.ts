import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Principal } from '../../src/application/principal.ts';
import {
  button,
  check,
  dayLines,
  follow,
  link,
  openAgenda,
  press,
  slotOf,
  title,
  words,
} from '../support/browser/agenda.ts';
import { browsing, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import { fieldsOf, post, withFields } from '../support/browser/forms.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';
import { agent, supervisor } from '../support/commandSide.ts';

const day = '2026-11-24';
const forbidden = 'Cette page n’est pas pour votre compte';

describe('who may see and do what in the browser', function () {
  this.timeout(60_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  /** A guardian's check page, with one day of the canteen ticked. */
  async function checkPage(id: string): Promise<{ page: Page; child: string; first: Principal }> {
    const { child, first } = await household(town, id);
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, day);
    await press(page, day, 'Cantine');
    await check(page);
    return { page, child, first };
  }

  it('refuses a child of another family in a forged form, and tells nothing of it', async () => {
    const other = await household(town, 'forge-victime', ['Zélie', 'Yann'], 'Peyrelade');
    const { page } = await checkPage('forge');
    const forged = withFields(await fieldsOf(page), {
      reserver: `${other.child}|cantine|${day}`,
    });
    const checked = await post(page, '/reservations/verification', forged);
    expect(await checked.text()).to.include('Aucun jour n’est coché');
    const sent = await post(page, '/reservations/envoi', forged);
    const receipt = sent.headers()['location'] ?? '';
    await page.goto(receipt);
    expect((await dayLines(page))[0]).to.match(/Refusé.*n’est pas rattaché à cette famille/);
    expect(await words(page.locator('main'))).not.to.match(/Zélie|Peyrelade/);

    const theirs = await open(town, other.first, { size: phone });
    await openAgenda(theirs.page, other.child, day);
    expect(await words(slotOf(theirs.page, day, 'Cantine'))).to.include('À réserver');
    await theirs.page.goto(receipt);
    expect(await title(theirs.page)).to.equal('Cette page n’existe pas');
  });

  it('refuses a form without its proof, with another one’s, or of nobody', async () => {
    const { page, child, first } = await checkPage('preuve');
    const fields = await fieldsOf(page);
    const { page: elsewhere } = await checkPage('preuve-autre');
    const another = Object.fromEntries(await fieldsOf(elsewhere))['csrf'] ?? '';
    const forged = [
      fields.filter(([name]) => name !== 'csrf'),
      withFields(fields, { csrf: 'x' }),
      withFields(fields, { csrf: another }),
    ];
    for (const form of forged)
      for (const path of ['/reservations/envoi', '/reservations/verification', '/deconnexion']) {
        const refused = await post(page, path, form);
        expect(refused.status()).to.equal(403);
        expect(await refused.text()).to.include('Cette page était ouverte depuis longtemps');
      }
    await openAgenda(page, child, day);
    expect(await words(slotOf(page, day, 'Cantine'))).to.include('À réserver');
    expect(first.actor.kind).to.equal('guardian');

    const nobody = await open(town);
    const sent = await post(nobody.page, '/reservations/envoi', fields);
    expect(sent.status()).to.equal(303);
    expect(sent.headers()['location']).to.match(/^\/demo\?fin=1&suite=%2Freservations%3F/);
  });

  it('keeps families out of the staff’s pages, staff out of the families’, agents out of the supervisor’s', async () => {
    const { first } = await household(town, 'cloisons');
    const visits: readonly (readonly [Principal, readonly string[]])[] = [
      [
        first,
        [
          '/agents/validation',
          '/agents/seances',
          '/agents/etat',
          `/agents/seances/cantine/${day}/fermeture`,
        ],
      ],
      [agent, ['/reservations', '/reservations/recus/x', '/agents/etat']],
      [supervisor, ['/reservations']],
    ];
    for (const [who, paths] of visits) {
      const { page } = await open(town, who);
      for (const path of paths) {
        const answer = await page.goto(path);
        expect(answer?.status(), `${who.actor.kind} ${path}`).to.equal(403);
        expect(await title(page)).to.equal(forbidden);
      }
      // The way back leads each to their own first page.
      await follow(link(page, 'Revenir à l’accueil'));
      expect(await title(page)).to.equal(
        who.actor.kind === 'guardian' ? 'Bonjour Aline' : 'Réservations à valider',
      );
    }
  });

  it('refuses a guardian who forges a decision of staff', async () => {
    const { child, first } = await household(town, 'se-valide', ['Nine', 'Oscar']);
    await town.book(child, 'mercredi', '2026-11-25');
    const staff = await open(town, agent);
    await staff.page.goto('/agents/validation');
    const href = await staff.page
      .locator('.queue__item', { hasText: 'Nine' })
      .first()
      .getAttribute('href');
    const mine = await open(town, first, { size: phone });
    await openAgenda(mine.page, child, '2026-11-25');
    const csrf = Object.fromEntries(await fieldsOf(mine.page))['csrf'] ?? '';
    const sent = await post(mine.page, href ?? '', [
      ['csrf', csrf],
      ['decision', 'accepter'],
    ]);
    expect(sent.status()).to.equal(403);
    await mine.page.reload();
    expect(await words(slotOf(mine.page, '2026-11-25', 'Mercredi'))).to.include('En attente');
  });

  it('lets nobody in after they have left', async () => {
    const { first } = await household(town, 'sort');
    const { page, context } = await open(town, first);
    await page.goto('/reservations');
    await follow(button(page, 'Quitter'));
    expect(await title(page)).to.equal('Qui êtes-vous aujourd’hui ?');
    expect(await context.cookies()).to.deep.equal([]);
    await page.goto('/reservations');
    expect(await title(page)).to.equal('Qui êtes-vous aujourd’hui ?');
    await page.goBack();
    await page.reload();
    expect(await page.locator('body').innerText()).not.to.include('Aline');
  });
});
