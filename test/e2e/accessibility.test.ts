import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Principal } from '../../src/application/principal.ts';
import { button, check, follow, openAgenda, press, send } from '../support/browser/agenda.ts';
import { axeFaults } from '../support/browser/axe.ts';
import { browsing } from '../support/browser/browsing.ts';
import { household, type Household } from '../support/browser/families.ts';
import { targetsTooSmall, wider } from '../support/browser/measures.ts';
import { guardianOfSmallTown } from '../support/browser/settledFamily.ts';
import { SmallTown } from '../support/browser/smallTown.ts';
import { agent, request, supervisor } from '../support/commandSide.ts';
import { paris } from '../support/townFacts.ts';

const [late, monday, wednesday, thursday] = [
  '2026-11-17',
  '2026-11-23',
  '2026-11-25',
  '2026-11-26',
];

/** Every state that a day can have, on one agenda. */
async function fullAgenda(town: SmallTown): Promise<Household> {
  const family = await household(town, 'partout');
  const { child, brother } = family;
  const neighbour = await household(town, 'voisins', ['Noé', 'Inès'], 'Voisin');
  await town.book(child, 'cantine', '2026-11-12', { at: paris('2026-11-03 10:00') });
  await town.book(child, 'cantine', late, { at: paris('2026-11-03 10:00') });
  await town.book(brother, 'soir', '2026-11-20');
  await town.book(neighbour.child, 'devoirs', thursday);
  await town.book(child, 'devoirs', thursday);
  await town.book(neighbour.child, 'echecs', '2026-11-27');
  await town.book(child, 'mercredi', wednesday, { note: 'Lou sortira à 17 h.' });
  await town.closeSession('soir', '2026-11-24', 'grève');
  await refusedByStaff(town, family);
  return family;
}

/** The brother asks for the Wednesday; staff say no. */
async function refusedByStaff(town: SmallTown, { brother, first }: Household): Promise<void> {
  await town.book(brother, 'mercredi', wednesday);
  const { validationQueue, reservationCommands } = town.portal.services;
  const now = town.clock.now();
  const asked = await validationQueue.ofFamily(first.familyId!, now);
  const one = asked.find(({ booking }) => booking.childId === brother)!;
  const { reservationId } = one.booking;
  const sentence = 'La sortie de ce jour demande un brevet de natation.';
  const asAgent = request(agent, 'refused-by-staff', now);
  await reservationCommands.refuse(one.booking, reservationId, sentence, asAgent);
  await town.shown();
}

/** How a person comes to a page. */
interface Way {
  readonly name: string;
  readonly who?: 'guardian' | Principal;
  readonly come: (page: Page, family: Household) => Promise<unknown>;
}

/** Of the family that the small town begins with, which has sent nothing. */
const newcomer = guardianOfSmallTown('vialard');

const at = (path: string) => (page: Page) => page.goto(path);

async function checkPage(page: Page, { child }: Household): Promise<void> {
  await openAgenda(page, child, monday);
  await press(page, late, 'Cantine');
  await press(page, monday, 'Cantine');
  await press(page, '2026-11-26', 'Garderie');
  await check(page);
}

const ways: readonly Way[] = [
  { name: 'the choice of a person', come: at('/demo') },
  { name: 'the components', come: at('/demo/composants') },
  { name: 'the API', come: at('/api') },
  { name: 'the accessibility statement', come: at('/accessibilite') },
  { name: 'the privacy page', come: at('/donnees-personnelles') },
  { name: 'the way to an account', come: at('/connexion') },
  { name: 'a session that ended', come: at('/connexion?fin=1&suite=/reservations?mois=2026-11') },
  { name: 'a person chosen again', come: at('/demo?fin=1&suite=/reservations?mois=2026-11') },
  { name: 'a page that does not exist', come: at('/nulle-part') },
  { name: 'the home page', who: 'guardian', come: at('/') },
  {
    name: 'the agenda of a child',
    who: 'guardian',
    come: (page, { child }) => openAgenda(page, child, monday),
  },
  {
    name: 'the agenda of a family',
    who: 'guardian',
    come: (page) => openAgenda(page, 'tous', monday),
  },
  {
    name: 'an agenda with nothing in it',
    who: 'guardian',
    come: (page) => openAgenda(page, 'tous', '2026-07-01'),
  },
  { name: 'the check page', who: 'guardian', come: checkPage },
  {
    name: 'the check page with a fault',
    who: 'guardian',
    async come(page, family) {
      await checkPage(page, family);
      await page.evaluate('document.querySelector("main form").noValidate = true');
      await send(page);
    },
  },
  {
    name: 'the check page with nothing ticked',
    who: 'guardian',
    async come(page) {
      await openAgenda(page, 'tous', monday);
      await check(page);
    },
  },
  {
    name: 'a receipt',
    who: 'guardian',
    async come(page, { child }) {
      await openAgenda(page, child, monday);
      for (const [day, label] of [
        [monday, 'Garderie'],
        [thursday, 'Garderie'],
      ] as const)
        await press(page, day, label);
      await check(page);
      await send(page);
    },
  },
  { name: 'the receipts', who: 'guardian', come: at('/reservations/recus') },
  { name: 'no receipt yet', who: newcomer, come: at('/reservations/recus') },
  {
    name: 'a refusal of staff',
    who: 'guardian',
    async come(page, { brother }) {
      await openAgenda(page, brother, monday);
      await follow(page.getByRole('link', { name: 'Contester ce refus' }));
    },
  },
  { name: 'a page for others', who: 'guardian', come: at('/agents/validation') },
  { name: 'the queue', who: agent, come: at('/agents/validation') },
  {
    name: 'a search in the queue',
    who: agent,
    async come(page) {
      await page.goto('/agents/validation');
      await page.getByLabel('Enfant ou responsable').fill('lebrun');
      await follow(button(page, 'Chercher'));
    },
  },
  {
    name: 'a refusal without its reason',
    who: agent,
    async come(page) {
      await page.goto('/agents/validation');
      await follow(page.locator('.queue__item').first());
      await page.getByText('Refuser', { exact: true }).click();
      await follow(button(page, 'Valider et suivant'));
    },
  },
  { name: 'the sessions of a day', who: agent, come: at('/agents/seances?jour=2026-11-24') },
  { name: 'a day without sessions', who: agent, come: at('/agents/seances?jour=2026-11-22') },
  {
    name: 'the closing of a session',
    who: agent,
    come: at('/agents/seances/cantine/2026-11-24/fermeture'),
  },
  {
    name: 'the closing of a closed session',
    who: agent,
    come: at('/agents/seances/soir/2026-11-24/fermeture'),
  },
  { name: 'the state of the portal', who: supervisor, come: at('/agents/etat') },
  {
    name: 'the rebuild of a reading',
    who: supervisor,
    come: at('/agents/etat/lectures/agenda/reconstruction'),
  },
];

describe('accessibility of every page', function () {
  this.timeout(90_000);
  const open = browsing();
  let town: SmallTown;
  let family: Household;

  before(async () => {
    town = await SmallTown.open();
  });
  after(() => town.close());

  async function holdToTheRules(page: Page): Promise<void> {
    expect(await page.title()).to.match(/^.+ – Portail famille – Vallée du Lot$/);
    expect(await page.locator('html').getAttribute('lang')).to.equal('fr');
    expect(await page.locator('h1').count()).to.equal(1);
    expect(await axeFaults(page, [360, 1280])).to.deep.equal([]);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await targetsTooSmall(page), `targets at ${width} px`).to.deep.equal([]);
    }
    expect(await wider(page, 320), 'wider than 320 px').to.deep.equal([]);
  }

  it('holds for an empty queue', async () => {
    const empty = await SmallTown.open();
    const { page } = await open(empty, agent);
    await page.goto('/agents/validation');
    await page.getByText('Tout est à jour').waitFor();
    await holdToTheRules(page);
    await page.context().close();
    await empty.close();
  });

  describe('in a town that lives', () => {
    before(async () => {
      family = await fullAgenda(town);
    });

    for (const { name, who, come } of ways)
      it(`holds for ${name}`, async () => {
        const { page } = await open(town, who === 'guardian' ? family.first : who);
        await come(page, family);
        await holdToTheRules(page);
      });
  });
});
