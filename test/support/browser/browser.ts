import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';
import { atTheEnd } from './atTheEnd.ts';

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No graphics card, and letters drawn the same everywhere. */
const args = ['--disable-gpu', '--font-render-hinting=none'];

/** CHROME_PATH first; on Linux x64 the browser that `npm ci` brought; elsewhere an installed Chrome. */
async function findBrowser(): Promise<string> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return CHROME_PATH;
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium');
    return chromium.executablePath();
  }
  const found = installed.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'No browser to test the pages with: install Google Chrome, or give the path of a Chrome or Chromium in CHROME_PATH.',
  );
}

/** Starts a browser without a window. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  try {
    return await playwright.launch({ executablePath, args });
  } catch (cause) {
    throw new Error(
      `The browser ${executablePath} did not start (CHROME_PATH names another one).`,
      {
        cause,
      },
    );
  }
}

let shared: Promise<Browser> | undefined;

/** One browser for all tests of a run, closed at its end. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser().then((browser) => {
    atTheEnd(async () => {
      shared = undefined;
      await browser.close();
    });
    return browser;
  });
  return shared;
}
