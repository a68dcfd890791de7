import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser/browser.ts';
import { spawnPortal } from '../test/support/browser/spawnedPortal.ts';

// Draws the pictures of README.md from the demonstration, in a directory of its own.
const folder = 'docs/screenshots';
const phone = { width: 360, height: 780 };
const desktop = { width: 1280, height: 900 };

/** The month that has most days to come. */
const month = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 7);

interface Window {
  readonly who: 'responsable' | 'agent';
  readonly size: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
}

const draw = async (page: Page, name: string): Promise<void> => {
  const picture = await page.screenshot({ animations: 'disabled' });
  writeFileSync(join(folder, `${name}.png`), picture);
  console.log(`${name}.png  ${Math.round(picture.length / 1024)} kB`);
};

/** Somebody's window on the demonstration, for as long as `look` takes. */
async function opening(
  browser: Browser,
  url: string,
  { who, size, dark = false }: Window,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    deviceScaleFactor: size === phone ? 2 : 1,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`/demo/entrer/${who}`);
  await look(page);
  await context.close();
}

/** Ticks the first boxes that can be asked for, one a day. */
async function tick(page: Page, count: number): Promise<void> {
  const days = page.locator('.day:has(input[name=reserver])');
  for (let index = 0; index < count; index += 1)
    await days.nth(index).locator('.slot:has(input[name=reserver])').first().click();
  await page.evaluate('scrollTo(0, 0)');
}

async function drawAll(browser: Browser, url: string): Promise<void> {
  const agenda = `/reservations?mois=${month}`;
  await opening(browser, url, { who: 'responsable', size: phone }, async (page) => {
    await draw(page, 'accueil-360');
    await page.goto(agenda);
    await tick(page, 3);
    await draw(page, 'agenda-360');
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await page.waitForURL(/verification/);
    await draw(page, 'verification-360');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/recus/);
    await draw(page, 'recu-360');
  });
  for (const dark of [false, true])
    await opening(browser, url, { who: 'responsable', size: desktop, dark }, async (page) => {
      await page.goto(agenda);
      await tick(page, 2);
      await draw(page, dark ? 'agenda-1280-dark' : 'agenda-1280');
    });
  await opening(browser, url, { who: 'agent', size: desktop }, async (page) => {
    await draw(page, 'validation-1280');
    await page.goto('/agents/seances');
    // The next day that has sessions to come: today's are over in the evening, and a Sunday has none.
    const toCome = page.locator('.row-link');
    for (let days = 0; days < 30 && (await toCome.count()) === 0; days += 1)
      await page
        .getByRole('navigation', { name: 'Choisir un jour' })
        .getByRole('link')
        .last()
        .click();
    await draw(page, 'seances-1280');
  });
}

const directory = mkdtempSync(join(tmpdir(), 'portail-images-'));
const portal = spawnPortal(['dist/demo.js'], {
  PORTAIL_DATA: join(directory, 'demo'),
  PORTAIL_PORT: '0',
});
const browser = await launchBrowser();
try {
  mkdirSync(folder, { recursive: true });
  await drawAll(browser, await portal.address);
} finally {
  await browser.close();
  portal.kill('SIGTERM');
  await portal.ended;
  rmSync(directory, { recursive: true, force: true });
}
