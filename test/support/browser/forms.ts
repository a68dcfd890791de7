import type { APIResponse, Page } from 'playwright-core';

export type Fields = readonly (readonly [name: string, value: string])[];

/** What the form in the middle of the page would send now. */
export const fieldsOf = (page: Page): Promise<Fields> =>
  page.evaluate<Fields>('[...new FormData(document.querySelector("main form"))]');

/** Sends fields with the cookies of the window, as a forged page would; redirections aren't followed. */
export const post = (page: Page, path: string, fields: Fields): Promise<APIResponse> =>
  page.context().request.post(path, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    maxRedirects: 0,
  });

/** The same fields, some with other values. */
export const withFields = (fields: Fields, changed: Readonly<Record<string, string>>): Fields =>
  fields.map(([name, value]) => [name, changed[name] ?? value]);
