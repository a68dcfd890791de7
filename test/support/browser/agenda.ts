import type { Locator, Page } from 'playwright-core';

/** What a person reads there, with plain spaces. */
export const words = async (place: Locator): Promise<string> =>
  (await place.innerText()).replace(/\s+/g, ' ').trim();

/** The same for each of several places. */
export const allWords = async (places: Locator): Promise<string[]> =>
  (await places.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** Opens the agenda of one child on the month of a day. */
export const openAgenda = async (page: Page, child: string, date: string): Promise<void> => {
  await page.goto(`/reservations?mois=${date.slice(0, 7)}&enfant=${child}`);
};

export const dayOf = (page: Page, date: string): Locator => page.locator(`#jour-${date}`);

/** One activity of a day: its box, its words. */
export const slotOf = (page: Page, date: string, label: string): Locator =>
  dayOf(page, date).locator('.slot', { hasText: label });

/** Presses the activity, as a finger does: the whole of it is the target. */
export const press = (page: Page, date: string, label: string): Promise<void> =>
  slotOf(page, date, label).click();

export const isTicked = (page: Page, date: string, label: string): Promise<boolean> =>
  slotOf(page, date, label).getByRole('checkbox').isChecked();

/** The bar at the foot of the agenda. */
export const bar = (page: Page): Locator => page.locator('.bar');

/** Presses what leads to another page, and waits until that page is there, its script included. */
export async function follow(place: Locator): Promise<void> {
  await Promise.all([place.page().waitForEvent('load'), place.click()]);
}

export const link = (page: Page, name: string): Locator => page.getByRole('link', { name });

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name });

/** From the ticks to the check page. */
export const check = (page: Page): Promise<void> => follow(button(page, 'Vérifier'));

/** From the check page to the receipt. */
export const send = (page: Page): Promise<void> => follow(button(page, 'Envoyer'));

/** The lines of the check page, of the receipt or of the home page, each with its day: « lun. 23 nov. Cantine… ». */
export const dayLines = (page: Page): Promise<string[]> => allWords(page.locator('.dated__day'));

export const title = (page: Page): Promise<string> => words(page.locator('h1'));

/** Chooses a child among those of the family. */
export const chooseChild = (page: Page, name: string): Promise<void> =>
  goTo(page, 'Choisir un enfant', name);

/** Chooses the month before or after, by its name: « décembre 2026 ». */
export const chooseMonth = (page: Page, name: string): Promise<void> =>
  goTo(page, 'Choisir un mois', name);

/** The ways out of an agenda are links, or buttons where there are ticks to take along. */
const goTo = (page: Page, navigation: string, name: string): Promise<void> => {
  const place = page.getByRole('navigation', { name: navigation });
  return follow(place.getByRole('link', { name }).or(place.getByRole('button', { name })));
};
