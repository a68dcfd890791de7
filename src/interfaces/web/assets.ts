import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { palette, toneStylesheet } from './palette.ts';
import { iconSprite } from './sprite.ts';
import type { TownIdentity } from './townIdentity.ts';
import { checkTownColours, townColours } from './townColours.ts';
import { loadLogo } from './townLogo.ts';

/** Where a page finds its assets: addresses that change with the content. */
export interface AssetUrls {
  readonly styles: string;
  readonly town: string;
  readonly script: string;
  readonly sprite: string;
  readonly logo: string;
  readonly font: string;
}

export type Encoding = 'br' | 'gzip' | 'identity';

export interface Asset {
  /** `/assets/name.<hash>.ext` */
  readonly path: string;
  /** Content type, caching and safety headers; `content-encoding` is the server's to add. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
}

export interface Assets {
  readonly urls: AssetUrls;
  /** Undefined for an address that no asset has. */
  readonly find: (path: string) => Asset | undefined;
  readonly all: readonly Asset[];
}

/** In the order of the cascade layers. */
const styleFiles = [
  'layers.css',
  'reset.css',
  'tokens.css',
  'base.css',
  'layout.css',
  'controls.css',
  'surfaces.css',
  'month.css',
  'slots.css',
  'agenda.css',
  'week.css',
  'tables.css',
  'staff.css',
  'sessions.css',
  'pages.css',
  'api.css',
  'lines.css',
  'home.css',
  'showcase.css',
  'utilities.css',
  'print.css',
] as const;

const require = createRequire(import.meta.url);
const own = (file: string): Buffer => readFileSync(new URL(`./assets/${file}`, import.meta.url));
const font = (subset: string): Buffer =>
  readFileSync(
    require.resolve(
      `@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`,
    ),
  );

const compressible = /^(text\/|application\/javascript|image\/svg)/;

function asset(name: string, type: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  const headers = {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    // A town's SVG may hold anything: opened by its address, it still runs nothing.
    ...(type === 'image/svg+xml'
      ? { 'content-security-policy': "default-src 'none'; sandbox" }
      : {}),
  };
  const bodies = compressible.test(type)
    ? {
        identity: body,
        gzip: gzipSync(body, { level: 9 }),
        br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      }
    : { identity: body };
  return {
    path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    headers,
    bodies,
  };
}

const css = 'text/css; charset=utf-8';
const lighten = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

function styleSheet(fonts: Readonly<Record<string, Asset>>): Buffer {
  const text = styleFiles.map((file) => lighten(own(file).toString('utf8'))).join('\n');
  const named = text.replace(/\/assets\/([\w-]+\.woff2)/g, (_, name: string) => {
    const found = fonts[name];
    if (!found) throw new Error(`no such font: ${name}`);
    return found.path;
  });
  // The layers' order stands first in the bundle; the palette joins the layer of tokens.
  return Buffer.from(named + '\n' + toneStylesheet(palette));
}

/**
 * Reads, fingerprints and compresses every asset into memory, once, at start. Works from the sources and from the
 * bundle (assets beside it). Throws an Error with a French message when the town's colours can't be read by all or
 * its logo can't be read.
 */
export function loadAssets({ town }: { readonly town: TownIdentity }): Assets {
  const faults = checkTownColours(town);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const fonts = {
    'atkinson-latin.woff2': asset('atkinson-latin.woff2', 'font/woff2', font('latin')),
    'atkinson-latin-ext.woff2': asset('atkinson-latin-ext.woff2', 'font/woff2', font('latin-ext')),
  };
  const logo = loadLogo(town);
  const files = {
    styles: asset('portail.css', css, styleSheet(fonts)),
    town: asset('town.css', css, Buffer.from(toneStylesheet({ ...townColours(town) }))),
    script: asset('enhance.js', 'application/javascript; charset=utf-8', own('enhance.mjs')),
    sprite: asset('icons.svg', 'image/svg+xml', Buffer.from(iconSprite())),
    logo: asset(logo.type === 'image/png' ? 'logo.png' : 'logo.svg', logo.type, logo.body),
    font: fonts['atkinson-latin.woff2'],
  };
  const all = [...Object.values(files), fonts['atkinson-latin-ext.woff2']];
  const byPath = new Map(all.map((one) => [one.path, one]));
  return {
    urls: {
      styles: files.styles.path,
      town: files.town.path,
      script: files.script.path,
      sprite: files.sprite.path,
      logo: files.logo.path,
      font: files.font.path,
    },
    find: (path) => byPath.get(path),
    all,
  };
}
