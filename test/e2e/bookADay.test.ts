import { expect } from 'chai';
import { maxLines } from '../../src/application/reservation/submission.ts';
import { daysBetween } from '../../src/domain/kernel/localDate.ts';
import {
  allWords,
  bar,
  button,
  check,
  chooseChild,
  chooseMonth,
  dayLines,
  dayOf,
  follow,
  isTicked,
  link,
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
import { day } from '../support/townFacts.ts';

const screens = [
  {
    name: 'phone',
    size: phone,
    days: {
      monday: '2026-11-23',
      wednesday: '2026-11-25',
      thursday: '2026-11-26',
      friday: '2026-11-27',
    },
    limits: ['avant 9 h le jeudi 19', 'jusqu’au vendredi 20, 18 h'],
    before: 'avant 9 h le jeudi 19',
  },
  {
    name: 'desktop',
    size: desktop,
    days: {
      monday: '2026-12-07',
      wednesday: '2026-12-09',
      thursday: '2026-12-10',
      friday: '2026-12-11',
    },
    limits: ['avant 9 h le jeudi 3', 'jusqu’au vendredi 4, 18 h'],
    before: 'avant 9 h le jeudi 3',
  },
] as const;

describe('booking days in the browser', function () {
  this.timeout(60_000);
  const open = browsing();
  let town: SmallTown;

  before(async () => {
    town = await sharedTown();
  });

  it('leads from the choice of a person to the agenda', async () => {
    const { page } = await open(town, undefined, { size: phone });
    await page.goto('/');
    expect(await title(page)).to.equal('Qui êtes-vous aujourd’hui ?');
    await follow(button(page, 'Camille Vialard'));
    expect(await title(page)).to.equal('Bonjour Camille');
    await follow(link(page, 'Réserver ou annuler'));
    expect(await title(page)).to.equal('Réservations');
    await chooseChild(page, 'Hugo');
    expect(await page.title()).to.equal(
      'Réservations d’Hugo, novembre 2026 – Portail famille – Vallée du Lot',
    );
  });

  for (const { name, size, days, limits, before: sendBefore } of screens) {
    it(`tells on a ${name} what became of each day ticked, and shows it from then on`, async () => {
      const { child, first } = await household(town, `reserve-${name}`);
      const { child: noe } = await household(town, `voisin-${name}`);
      const { monday, wednesday, thursday, friday } = days;
      await town.book(noe, 'devoirs', thursday);

      const { page } = await open(town, first, { size });
      await openAgenda(page, child, monday);
      const canteen = slotOf(page, monday, 'Cantine');
      expect(await canteen.locator('svg').count()).to.be.greaterThan(0);
      expect(await words(canteen)).to.include('À réserver · 3,50 €');
      expect(await words(dayOf(page, monday))).to.include(limits[0]);
      expect(await words(dayOf(page, wednesday))).to.include(limits[1]);
      expect(await words(slotOf(page, wednesday, 'Mercredi'))).to.include('À demander · 9,50 €');
      expect(await words(slotOf(page, thursday, 'devoirs'))).to.include(
        'Complet : liste d’attente',
      );

      await press(page, monday, 'Cantine');
      await press(page, wednesday, 'Mercredi');
      await press(page, thursday, 'devoirs');
      await press(page, friday, 'échecs');
      expect(await words(bar(page))).to.include('4 cochées · 16,70 €');
      expect(await words(bar(page))).to.include(`à envoyer ${sendBefore}`);
      await press(page, friday, 'échecs');
      expect(await words(bar(page))).to.include('3 cochées · 15,20 €');
      await press(page, friday, 'échecs');

      await check(page);
      expect(await title(page)).to.equal('Vérifier avant d’envoyer');
      const [canteenLine, wednesdayLine, homeworkLine, chessLine] = await dayLines(page);
      expect(canteenLine).to.match(/Cantine.*Lou.*Sera accepté aussitôt.*3,50 €/);
      expect(wednesdayLine).to.match(/Mercredi loisirs.*Sera en attente de validation.*9,50 €/);
      expect(homeworkLine).to.match(/Complet : liste d’attente, sans doute rang 1.*2,20 €/);
      expect(chessLine).to.match(/Club d’échecs.*Sera accepté aussitôt.*1,50 €/);
      expect(await words(page.locator('.total'))).to.include('Total pour 3 réservations 14,50 €');
      expect(await words(page.locator('.total'))).to.include(
        'En plus, 1 jour en liste d’attente, facturé seulement si une place se libère 2,20 €',
      );

      // The last place goes while the family reads.
      await town.book(noe, 'echecs', friday);
      await page.getByLabel('Un mot pour l’équipe').fill('Lou arrivera vers 10 h.');
      await send(page);
      expect(await title(page)).to.equal('Accusé de réception');
      expect(await words(page.locator('.banner'))).to.include(
        '1 acceptée, 1 en attente de validation, 1 sur liste d’attente et 1 refusée.',
      );
      expect(await words(page.locator('.receipt__number'))).to.match(/Numéro [0-9A-Z-]{6,}/);
      const [accepted, awaiting, waiting, refused] = await dayLines(page);
      expect(accepted).to.match(/Cantine.*Accepté.*3,50 €/);
      expect(awaiting).to.match(/Mercredi loisirs.*En attente de validation.*9,50 €/);
      expect(waiting).to.match(/Aide aux devoirs.*Liste d’attente, rang 1/);
      expect(refused).to.match(/Club d’échecs.*Refusé.*Il n’y a plus de place ce jour-là/);

      await follow(link(page, 'Revenir à l’agenda'));
      await chooseChild(page, 'Lou');
      const shown = async () => [
        await words(slotOf(page, monday, 'Cantine')),
        await words(slotOf(page, wednesday, 'Mercredi')),
        await words(slotOf(page, thursday, 'devoirs')),
        await words(slotOf(page, friday, 'échecs')),
      ];
      const first4 = await shown();
      expect(first4[0]).to.include('Réservé');
      expect(first4[1]).to.include('En attente de validation');
      expect(first4[2]).to.include('Liste d’attente, rang 1');
      expect(first4[3]).to.include('Complet');
      await page.reload();
      expect(await shown()).to.deep.equal(first4);
    });

    it(`shows on a ${name} every child one tap away, and the other guardian sees the same`, async () => {
      const { child, brother, first, second } = await household(town, `fratrie-${name}`);
      const here = await open(town, first, { size });
      await openAgenda(here.page, 'tous', days.monday);
      const names = dayOf(here.page, days.monday).locator('h4');
      expect(await allWords(names)).to.deep.equal(['Lou', 'Max']);
      for (const one of [child, brother])
        await here.page.locator(`.slot:has(input[value="${one}|cantine|${days.monday}"])`).click();
      await check(here.page);
      await send(here.page);
      expect(await words(here.page.locator('.banner'))).to.include('2 acceptées');

      const there = await open(town, second, { size });
      await openAgenda(there.page, brother, days.monday);
      expect(await words(slotOf(there.page, days.monday, 'Cantine'))).to.include('Réservé');
      await there.page.goto('/');
      expect(await title(there.page)).to.equal('Bonjour Karim');
    });
  }

  it('keeps the ticks when the family goes back to change them', async () => {
    const { child, first } = await household(town, 'retour');
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, '2026-11-23');
    await press(page, '2026-11-23', 'Cantine');
    await press(page, '2026-11-24', 'Garderie');
    await check(page);
    await follow(link(page, 'Modifier'));
    expect(await isTicked(page, '2026-11-23', 'Cantine')).to.equal(true);
    expect(await isTicked(page, '2026-11-24', 'Garderie')).to.equal(true);
    expect(await isTicked(page, '2026-11-24', 'Cantine')).to.equal(false);
    expect(await words(bar(page))).to.include('2 cochées · 5,35 €');
    await press(page, '2026-11-24', 'Garderie');
    await check(page);
    expect(await dayLines(page)).to.have.length(1);
    await page.goBack();
    expect(await isTicked(page, '2026-11-23', 'Cantine')).to.equal(true);
    expect(await words(bar(page))).to.include('1 cochée · 3,50 €');
  });

  for (const javaScript of [true, false])
    it(`keeps the ticks from one month and child to another, ${javaScript ? 'with' : 'without'} JavaScript`, async () => {
      const { child, brother, first } = await household(town, `mois-${javaScript}`);
      const { page } = await open(town, first, { size: phone, javaScript });
      await openAgenda(page, child, '2026-11-24');
      await press(page, '2026-11-24', 'Cantine');
      await press(page, '2026-11-26', 'Cantine');
      await chooseMonth(page, 'décembre 2026');
      expect(await words(bar(page))).to.include(
        'Et 2 cases cochées en novembre, à envoyer ensemble',
      );
      await press(page, '2026-12-10', 'Cantine');
      await chooseChild(page, 'Max');
      expect(await words(bar(page))).to.include(': 2 en novembre pour Lou et 1 pour Lou');
      await page.locator(`.slot:has(input[value="${brother}|cantine|2026-12-11"])`).click();
      await chooseMonth(page, 'novembre 2026');
      await chooseChild(page, 'Lou');
      expect(await isTicked(page, '2026-11-24', 'Cantine')).to.equal(true);
      await press(page, '2026-11-24', 'Cantine');
      await check(page);
      expect((await dayLines(page)).map((line) => line.slice(0, 8))).to.deep.equal([
        'jeu. 26 ',
        'jeu. 10 ',
        'ven. 11 ',
      ]);
      expect(await words(page.locator('.total'))).to.include('Total pour 3 réservations');
      await send(page);
      expect(await words(page.locator('.banner'))).to.include('3 acceptées');
    });

  it('leads back to the agenda from a check page of more days than a sending may have', async () => {
    const { child, brother, first } = await household(town, 'annee');
    const { page } = await open(town, first, { size: phone });
    await openAgenda(page, child, '2026-11-24');
    const form = new URLSearchParams({
      csrf: await page.locator('#jours input[name=csrf]').inputValue(),
    });
    for (const date of daysBetween(day('2026-11-24'), day('2027-06-30')))
      for (const one of [child, brother])
        for (const activity of ['cantine', 'soir'])
          form.append('reserver', `${one}|${activity}|${date}`);
    const answer = await page.request.post('/reservations/verification', {
      data: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const html = await answer.text();
    expect(html.match(/name="reserver"/g)!.length).to.be.above(maxLines);
    const href = /href="(\/reservations\?mois=2026-11[^"]*)"/.exec(html)![1]!;
    const agenda = await page.goto(href.replaceAll('&amp;', '&'));
    expect(agenda!.status()).to.equal(200);
    expect(await words(bar(page))).to.include('en juin 2027');
  });

  it('works without JavaScript, from the choice of a person to the receipt', async () => {
    const { child, first } = await household(town, 'sans-script');
    const { page } = await open(town, first, { size: phone, javaScript: false });
    await page.goto('/');
    await follow(link(page, 'Réserver ou annuler'));
    await openAgenda(page, child, '2026-11-23');
    expect(await words(bar(page))).to.include('rien ne part avant votre accord');
    await press(page, '2026-11-23', 'Cantine');
    await press(page, '2026-11-24', 'Cantine');
    await check(page);
    expect(await words(page.locator('.total'))).to.include('7,00 €');
    await send(page);
    expect(await words(page.locator('.banner'))).to.include('2 acceptées');
    await follow(link(page, 'Revenir à l’agenda'));
    expect(await words(slotOf(page, '2026-11-24', 'Cantine').first())).to.include('Réservé');
    await page.locator('.fold summary').click();
    await follow(page.locator('.fold').getByRole('button', { name: 'Quitter' }));
    expect(await title(page)).to.equal('Qui êtes-vous aujourd’hui ?');
  });
});
