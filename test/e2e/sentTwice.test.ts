import { expect } from 'chai';
import {
  button,
  check,
  openAgenda,
  press,
  send,
  slotOf,
  title,
  words,
} from '../support/browser/agenda.ts';
import { browsing, phone } from '../support/browser/browsing.ts';
import { household } from '../support/browser/families.ts';
import { fieldsOf, post } from '../support/browser/forms.ts';
import { sharedTown, type SmallTown } from '../support/browser/smallTown.ts';
import { activityId, day } from '../support/townFacts.ts';

const tuesday = '2026-12-15';

describe('a form sent twice', function () {
  this.timeout(60_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  /** Places held in the canteen that day, whoever holds them. */
  const held = async (): Promise<number> => {
    await town.shown();
    const { sessions, clock } = town.portal.services;
    const found = await sessions.find(activityId('cantine'), day(tuesday), clock.now());
    return found?.groups.reduce((sum, group) => sum + group.held, 0) ?? 0;
  };

  it('gives the same receipt and no second booking, one after the other or at once', async () => {
    const { child, first } = await household(town, 'deux-fois');
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, tuesday);
    await press(page, tuesday, 'Cantine');
    await check(page);
    const before = await held();
    const form = await fieldsOf(page);
    const answers = [
      ...(await Promise.all([1, 2, 3].map(() => post(page, '/reservations/envoi', form)))),
      await post(page, '/reservations/envoi', form),
    ];
    expect(answers.map((answer) => answer.status())).to.deep.equal([303, 303, 303, 303]);
    const receipts = new Set(answers.map((answer) => answer.headers()['location']));
    expect(receipts.size).to.equal(1);
    expect(await held()).to.equal(before + 1);
  });

  it('books once when the button is pressed twice in a hurry', async () => {
    const { child, first } = await household(town, 'double-clic');
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, tuesday);
    await press(page, tuesday, 'Cantine');
    await check(page);
    const before = await held();
    await button(page, 'Envoyer').dblclick();
    await page.waitForURL(/recus/);
    expect(await title(page)).to.equal('Accusé de réception');
    expect(await held()).to.equal(before + 1);
  });

  it('tells that a day is booked already when two windows asked for it', async () => {
    const { child, first } = await household(town, 'deux-fenetres');
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, tuesday);
    await press(page, tuesday, 'Cantine');
    await town.book(child, 'cantine', tuesday);
    const before = await held();
    await check(page);
    expect(await words(page.locator('.dated'))).to.include('Déjà réservé');
    expect(await words(page.locator('main'))).not.to.include('Total pour');
    await send(page);
    expect(await title(page)).to.equal('Accusé de réception');
    expect(await held()).to.equal(before);
    await openAgenda(page, child, tuesday);
    expect(await words(slotOf(page, tuesday, 'Cantine'))).to.include('Réservé');
  });
});
