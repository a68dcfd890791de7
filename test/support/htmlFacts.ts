import { h, type ComponentType } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Small readings of an HTML document, enough for checks on pages that the renderer made. */

/** Start tags with their attributes, in order. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly index: number;
}

const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');

export const tagsOf = (html: string): Tag[] =>
  [...html.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g)].map((found) => ({
    name: found[1]!,
    index: found.index,
    attributes: Object.fromEntries(
      [...found[2]!.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [
        key!,
        decode(value ?? ''),
      ]),
    ),
  }));

/** What a reader sees and hears, tags and head left out; blocks are parted by a line. */
export const textOf = (html: string): string =>
  decode(
    html
      .replace(/^[\s\S]*<body[^>]*>/, '')
      .replace(
        /<\/?(p|li|h[1-6]|dt|dd|td|th|caption|legend|label|option|button|div|section|address|a|small|b|strong|kbd)\b[^>]*>/g,
        '\n',
      )
      .replace(/<[^>]+>/g, ''),
  );

/** The words of the first element that carries this class, tags left out. */
export function wordsOf(html: string, className: string): string {
  const start = html.search(new RegExp(`class="(?:[^"]* )?${className}(?: [^"]*)?"`));
  if (start < 0) return '';
  const open = html.lastIndexOf('<', start);
  const name = /^<([a-z0-9]+)/.exec(html.slice(open))![1]!;
  let depth = 0;
  const tags = new RegExp(`<(/?)${name}\\b[^>]*>`, 'g');
  tags.lastIndex = open;
  for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
    depth += tag[1] ? -1 : 1;
    if (depth === 0) return decode(html.slice(open, tag.index).replace(/<[^>]+>/g, ''));
  }
  return '';
}

/** A page's content alone, as the renderer makes it. */
export const render = <V extends object>(page: ComponentType<V>, view: NoInfer<V>): string =>
  renderToString(h(page, view));

/** The words of a fragment, non-breaking spaces read as spaces. */
export const read = (html: string): string =>
  textOf(`<body>${html}`).replace(/[\u00a0\u202f]/g, ' ');

/** The fields of this name. */
export const fieldsOf = (html: string, name: string): Tag[] =>
  tagsOf(html).filter(({ attributes }) => attributes['name'] === name);
