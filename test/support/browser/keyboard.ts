import { expect } from 'chai';
import type { Page } from 'playwright-core';

/** Heights that a target needs, in px: for a finger (families), for a practised hand (WCAG 2.5.8). */
export const forFamilies = 44;
export const forStaff = 24;

/** More stops than anybody should have to pass on the way to something. */
const mostStops = 80;

/** Where the keyboard stands, as a person who looks at the page finds it. */
interface Stop {
  readonly words: string;
  /** Nothing has the focus. */
  readonly lost: boolean;
  readonly outlined: boolean;
  /** Neither out of the window nor behind something else. */
  readonly inSight: boolean;
  readonly height: number;
  /** In the page, not in the window. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A hidden box or radio is seen by the label that stands for it; words in a sentence are as high as its line. */
const lookAtFocus = `(() => {
  const element = document.activeElement;
  const faces = [element, element.nextElementSibling, ...(element.labels ?? [])]
    .filter((face) => face && getComputedStyle(face).opacity !== '0');
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '';
  const inSentence = getComputedStyle(element).display === 'inline' &&
    [...element.parentElement.childNodes].some(isText);
  const outlined = faces.find((face) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(face);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  const face = outlined ?? element;
  const { left, right, top, bottom, width, height } = face.getClientRects()[0] ?? element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  const areas = [element, face, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect().height);
  return {
    words: [element.getAttribute('aria-label'), element.labels?.[0]?.textContent, element.value, element.textContent]
      .filter(Boolean).join(' ').replace(/\\s+/g, ' ').trim(),
    lost: element === document.body,
    outlined: outlined !== undefined,
    inSight: hit !== null && (face.contains(hit) || element.contains(hit)),
    height: inSentence ? Infinity : Math.round(Math.max(...areas)),
    left: left + scrollX, right: right + scrollX, top: top + scrollY, bottom: bottom + scrollY,
  };
})()`;

export const stop = (page: Page): Promise<Stop> => page.evaluate<Stop>(lookAtFocus);

/** Above what came before it, or on its line and to its left: the eye would have met it first. */
const isBefore = (one: Stop, earlier: Stop): boolean =>
  one.bottom <= earlier.top
    ? one.left < earlier.right
    : one.top < earlier.bottom && one.left < earlier.left;

function expectGood(one: Stop, least: number): void {
  expect(one.lost, 'focus lost').to.equal(false);
  expect(one.outlined, `focus shown on: ${one.words}`).to.equal(true);
  expect(one.inSight, `focus in sight on: ${one.words}`).to.equal(true);
  expect(one.height, `height of: ${one.words}`).to.be.at.least(least);
}

/**
 * Presses Tab, or Shift+Tab, until what has the focus is told by these words. Each stop on the way shows its focus, is in
 * sight, is high enough, and comes in the order in which the page is read.
 */
export async function walkTo(
  page: Page,
  told: RegExp,
  least: number,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  let last: Stop | undefined;
  const passed: string[] = [];
  while (passed.length < mostStops) {
    await page.keyboard.press(key);
    const here = await stop(page);
    passed.push(here.words);
    expectGood(here, least);
    if (last) {
      const [first, second] = key === 'Tab' ? [last, here] : [here, last];
      const order = `« ${second.words} » is read after « ${first.words} »`;
      expect(isBefore(second, first), order).to.equal(false);
    }
    if (told.test(here.words)) return;
    last = here;
  }
  expect.fail(`${key} never came to ${told.source}, but to ${passed.slice(0, 15).join(' | ')}…`);
}

/** Two frames drawn: only then has a page gone to the part that its address names, and moved the focus there. */
const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Opens a page by its address, and waits until it is there, its script included. */
export async function come(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(drawn);
}

/** Presses Enter or Space where the focus is, and waits for the page that it leads to in the same way. */
export async function go(page: Page, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
  await page.evaluate(drawn);
}

/** Whether the next Tab goes on from the part of the page that matches: the first thing in it that takes the focus. */
export async function goesOnIn(page: Page, selector: string): Promise<boolean> {
  await page.keyboard.press('Tab');
  return page.evaluate<boolean>(
    `document.querySelector(${JSON.stringify(selector)}).contains(document.activeElement)`,
  );
}

/** A page just come to begins at its top: the first Tab offers to jump over the menu. */
export async function expectFromTheTop(page: Page): Promise<void> {
  expect(await page.evaluate('scrollY')).to.equal(0);
  await page.keyboard.press('Tab');
  expect((await stop(page)).words).to.equal('Aller au contenu');
}
