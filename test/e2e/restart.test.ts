import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, openAgenda, press, send, slotOf, words } from '../support/browser/agenda.ts';
import { sharedBrowser } from '../support/browser/browser.ts';
import { browsing, phone } from '../support/browser/browsing.ts';
import { guardianOfSmallTown } from '../support/browser/settledFamily.ts';
import { SmallTown } from '../support/browser/smallTown.ts';
import { spawnPortal } from '../support/browser/spawnedPortal.ts';

const camille = guardianOfSmallTown('vialard');
const lea = 'vialard-1';
const [tuesday, wednesday] = ['2026-11-24', '2026-11-25'];

describe('a portal that stops and starts again', function () {
  this.timeout(90_000);
  const open = browsing();
  let directory = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'portail-reprise-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('shows what was booked before it was stopped, and the receipt', async () => {
    const first = await SmallTown.open({ directory });
    const before = await open(first, camille, { size: phone });
    await openAgenda(before.page, lea, tuesday);
    await press(before.page, tuesday, 'Cantine');
    await press(before.page, wednesday, 'Mercredi');
    await check(before.page);
    await send(before.page);
    const receipt = await words(before.page.locator('.receipt__number'));
    const { pathname } = new URL(before.page.url());
    await before.context.close();
    await first.close();

    const again = await SmallTown.open({ directory, filled: true });
    try {
      const { page, context } = await open(again, camille, { size: phone });
      await openAgenda(page, lea, tuesday);
      expect(await words(slotOf(page, tuesday, 'Cantine'))).to.include('Réservé');
      expect(await words(slotOf(page, wednesday, 'Mercredi'))).to.include('En attente');
      await page.goto(pathname);
      expect(await words(page.locator('.receipt__number'))).to.equal(receipt);
      await context.close();
    } finally {
      await again.close();
    }
  });

  it('shows what it had acknowledged when it was killed', async () => {
    const script = ['--import=tsx', 'test/support/browser/townProcess.ts', directory];
    const killed = spawnPortal(script);
    const url = await killed.address;
    const context = await (await sharedBrowser()).newContext({ baseURL: url, viewport: phone });
    const page = await context.newPage();
    await page.goto('/demo/entrer/responsable');
    await openAgenda(page, lea, tuesday);
    await press(page, tuesday, 'Cantine');
    await check(page);
    // The answer is the acknowledgement: the receipt's page is not even asked for.
    page.on('response', (answer) => {
      if (answer.status() === 303) killed.kill('SIGKILL');
    });
    await send(page).catch(() => undefined);
    expect((await killed.ended).code).to.equal(undefined);
    await context.close();

    const again = await SmallTown.open({ directory, filled: true });
    try {
      const visit = await open(again, camille, { size: phone });
      await openAgenda(visit.page, lea, tuesday);
      expect(await words(slotOf(visit.page, tuesday, 'Cantine'))).to.include('Réservé');
      await visit.context.close();
    } finally {
      await again.close();
    }
  });
});
