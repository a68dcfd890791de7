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

interface Program {
  readonly executablePath: string;
  readonly args: string[];
}

/** CHROME_PATH first; on Linux x64 the browser that `npm ci` brought; elsewhere an installed Chrome. */
async function program(): Promise<Program> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return { executablePath: CHROME_PATH, args: [] };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium');
    // In a single process, closing one context closes the browser.
    const args = chromium.args.filter((arg) => arg !== '--single-process');
    return { executablePath: await chromium.executablePath(), args };
  }
  const executablePath = installed.find((path) => existsSync(path));
  if (executablePath) return { executablePath, args: [] };
  throw new Error(
    'No browser to test the pages with: install Google Chrome, or give the path of a Chrome or Chromium in CHROME_PATH.',
  );
}

/** Starts a browser without a window. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args } = await program();
  try {
    return await playwright.launch({ executablePath, args });
  } catch (cause) {
    throw new Error(`The browser ${executablePath} did not start (CHROME_PATH names another one).`, {
      cause,
    });
  }
}

let shared: Promise<Browser> | undefined;

/** One browser for all tests of a run, closed at its end. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser().then((browser) => {
    atTheEnd(() => browser.close());
    return browser;
  });
  return shared;
}
