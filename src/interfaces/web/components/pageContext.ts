import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * What a page lends to all its components: their second argument, given to the renderer with the page. Preact's own
 * `createContext` costs too much here: what its providers hold outlives the page until the next whole collection of
 * memory, so that the small ones copy one page after the other, and a page in ten waited 10 ms for it.
 */
export interface PageContext {
  /** Address of the icon sprite. */
  readonly sprite?: string;
  /** What the page has drawn already, by key. It lasts as long as the page: it may hold a family's words. */
  readonly drawn?: Map<string, readonly string[]>;
}

/** Where something differs in what is drawn once: a character that no text holds. */
export const HOLE = '\u0001';

/**
 * Draws a part once for all its places in a page, as HTML for `dangerouslySetInnerHTML`: a month shows the same twenty
 * slots two hundred times, and nothing costs as much as rendering them again. The renderer escapes all text as it does
 * elsewhere; `key` tells apart all that is drawn differently, but for the holes, which `fillings` fill in their order:
 * ids and the like, that need no escaping.
 */
export function drawOnce(
  context: PageContext,
  key: string,
  draw: () => VNode,
  ...fillings: readonly string[]
): string {
  let pieces = context.drawn?.get(key);
  if (!pieces) {
    pieces = renderToString(draw(), context).split(HOLE);
    context.drawn?.set(key, pieces);
  }
  return pieces.reduce((html, piece, index) => `${html}${fillings[index - 1] ?? ''}${piece}`);
}
