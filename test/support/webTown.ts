import type { Principal } from '../../src/application/principal.ts';
import type { Services } from '../../src/application/services.ts';
import { loadAssets } from '../../src/interfaces/web/assets.ts';
import { defaultTown } from '../../src/interfaces/web/townIdentity.ts';
import { webRouter } from '../../src/interfaces/web/webRouter.ts';
import { apiTown, type ApiTown } from './apiTown.ts';
import type { TestPortalOptions } from './testPortal.ts';
import { townCalendar } from './townFacts.ts';

/** A town made through the API, with the portal's pages beside it, on stores in memory. */
export interface WebTown extends ApiTown {
  /** Sends a form as a page of the portal would. Redirections are not followed. */
  send(
    path: string,
    fields: Readonly<Record<string, string>> | URLSearchParams,
    who: Principal,
  ): Promise<Response>;
}

/** What the pages need beside a portal's services, as the town of the tests gives it. */
export const pagesOf = (services: Services) => ({
  services,
  town: defaultTown,
  calendar: townCalendar(),
  secure: false,
  assets: loadAssets({ town: defaultTown }),
  signInPath: '/connexion',
  demonstration: false,
});

export async function webTown(options: TestPortalOptions = {}): Promise<WebTown> {
  const town = await apiTown(
    {},
    {
      ...options,
      mount: (app, services) => void app.use(webRouter(pagesOf(services), 'http://localhost')),
    },
  );
  const { portal } = town;
  return {
    ...town,
    async send(path, fields, who) {
      const headers = portal.inBrowser(who);
      const token = (headers['cookie'] ?? '').replace(/^[^=]*=/, '');
      const body = new URLSearchParams(fields);
      body.set('csrf', portal.services.tokens.formProof(token));
      return fetch(portal.url + path, { method: 'POST', headers, body, redirect: 'manual' });
    },
  };
}

/** A page as somebody sees it. */
export async function openPage(
  { portal }: Pick<WebTown, 'portal'>,
  path: string,
  who: Principal,
): Promise<{ readonly status: number; readonly html: string }> {
  const response = await fetch(portal.url + path, { headers: portal.inBrowser(who) });
  return { status: response.status, html: await response.text() };
}
