import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { Principal } from '../../../src/application/principal.ts';
import { addHours } from '../../../src/domain/kernel/parisTime.ts';
import { sharedBrowser } from './browser.ts';
import type { SmallTown } from './smallTown.ts';

export const phone = { width: 360, height: 780 } as const;
export const desktop = { width: 1280, height: 900 } as const;

export interface VisitOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly javaScript?: boolean;
  readonly colorScheme?: 'light' | 'dark';
}

/** A person in front of the portal. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What no page may do: an error, a blocked resource, a request to another host. */
  readonly complaints: string[];
}

/** More than a page ever needs, on a machine that does other things too. */
const patienceMs = 15_000;

/** The answers of pages that refuse are told in the console too. */
const isRefusedPage = (text: string): boolean =>
  /^Failed to load resource: the server responded with a status of (403|404|422)/.test(text);

function listen(page: Page, origin: string, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusedPage(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (asked) => {
    if (new URL(asked.url()).origin !== origin) complaints.push(`asked ${asked.url()}`);
  });
}

/** Opens a window on the town; signed in when somebody is named. */
export async function visit(
  town: SmallTown,
  principal?: Principal,
  { size = desktop, javaScript = true, colorScheme = 'light' }: VisitOptions = {},
): Promise<Visit> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    baseURL: town.url,
    viewport: size,
    javaScriptEnabled: javaScript,
    colorScheme,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  if (principal) {
    const { tokens, clock } = town.portal.services;
    const value = tokens.issue(principal, addHours(clock.now(), 12));
    await context.addCookies([{ name: 'session', value, url: town.url }]);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  listen(page, town.url, complaints);
  return { page, context, complaints };
}

/** Windows for the tests of a block; each is closed after its test, and must not have complained. */
export function browsing(): typeof visit {
  const open: Visit[] = [];
  afterEach(async () => {
    const complaints: string[] = [];
    for (const one of open.splice(0)) {
      await one.context.close();
      complaints.push(...one.complaints);
    }
    expect(complaints).to.deep.equal([]);
  });
  return async (...asked) => {
    const opened = await visit(...asked);
    open.push(opened);
    return opened;
  };
}
