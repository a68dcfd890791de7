import type { Page } from 'playwright-core';

/** WCAG 2.5.8 leaves out targets in a sentence; the skip link is measured where it shows, on focus. */
const smallTargets = `(() => {
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '';
  const inSentence = (element) =>
    getComputedStyle(element).display === 'inline' &&
    [...element.parentElement.childNodes].some(isText);
  const area = (element) => {
    const faces = [element, ...(element.labels ?? [])].map((face) => face.getBoundingClientRect());
    return {
      width: Math.max(...faces.map(({ width }) => width)),
      height: Math.max(...faces.map(({ height }) => height)),
    };
  };
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
    .filter((element) => !element.matches('.skip') && !inSentence(element))
    .map((element) => ({ element, ...area(element) }))
    .filter(({ width, height }) => Math.round(height) < 44 || Math.round(width) < 24)
    .map(({ element, width, height }) =>
      element.outerHTML.slice(0, 120) + ' ' + Math.round(width) + ' x ' + Math.round(height));
})()`;

/** What a finger would miss: under 44 px high. */
export const targetsTooSmall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(smallTargets);

const overflow = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .slice(0, 5)
    .map((element) => element.outerHTML.slice(0, 120));
})()`;

/** What makes the page scroll sideways at a width; nothing when it does not. */
export async function wider(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  return page.evaluate<string[]>(overflow);
}

/** Whether the element that has the focus shows it, itself or by the face that stands for it. */
const focusShown = `(() => {
  const element = document.activeElement;
  const faces = [element, element.nextElementSibling, ...(element.labels ?? [])].filter(Boolean);
  return faces.some((face) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(face);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
})()`;

const focusedWords = `(() => {
  const element = document.activeElement;
  return [element.getAttribute('aria-label'), element.value, element.labels?.[0]?.textContent, element.textContent]
    .filter(Boolean).join(' ');
})()`;

/** Presses Tab until what has the focus is told by these words; every stop on the way must show its focus. */
export async function tabTo(page: Page, told: RegExp): Promise<void> {
  for (let stops = 0; stops < 250; stops += 1) {
    await page.keyboard.press('Tab');
    const words = await page.evaluate<string>(focusedWords);
    if (!(await page.evaluate<boolean>(focusShown))) throw new Error(`no focus shown on: ${words}`);
    if (told.test(words)) return;
  }
  throw new Error(`Tab never came to ${told.source}`);
}
