import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { loadAssets } from '../../../src/interfaces/web/assets.ts';
import { iconNames, markShapes } from '../../../src/interfaces/web/icons.ts';
import { lucideDrawing } from '../../../src/interfaces/web/sprite.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { initialsLogo, initialsOf } from '../../../src/interfaces/web/townLogo.ts';
import { samplePages } from '../../support/samplePages.tsx';

const assets = loadAssets({ town: defaultTown });
const textOf = (path: string): string => assets.find(path)!.bodies.identity.toString('utf8');
const css = textOf(assets.urls.styles);
const town = textOf(assets.urls.town);

describe('Assets', () => {
  it('are named after their content, and cached for good', () => {
    for (const { path, headers } of assets.all) {
      expect(path).to.match(/^\/assets\/[\w-]+\.[0-9a-f]{12}\.(css|js|svg|png|woff2)$/);
      expect(headers['cache-control']).to.equal('public, max-age=31536000, immutable');
      expect(headers['x-content-type-options']).to.equal('nosniff');
    }
    const again = loadAssets({ town: defaultTown });
    expect(again.urls).to.deep.equal(assets.urls);
  });

  it('get another name when the town changes its colours', () => {
    const other = loadAssets({ town: { ...defaultTown, brandColour: '#5a2d7a' } });
    expect(other.urls.town).not.to.equal(assets.urls.town);
    expect(other.urls.styles).to.equal(assets.urls.styles);
  });

  it('stand compressed in memory, the same once unpacked', () => {
    for (const { bodies } of assets.all.filter((asset) => asset.bodies.br)) {
      expect(brotliDecompressSync(bodies.br!).equals(bodies.identity)).to.equal(true);
      expect(gunzipSync(bodies.gzip!).equals(bodies.identity)).to.equal(true);
    }
    expect(assets.find(assets.urls.font)!.bodies.br).to.equal(undefined);
  });

  it('answer nothing for an address that none has', () => {
    expect(assets.find('/assets/portail.css')).to.equal(undefined);
    expect(assets.find('/assets/../package.json')).to.equal(undefined);
  });

  it('call no other host', () => {
    for (const text of [css, town, textOf(assets.urls.script)])
      expect(text.match(/https?:\/\/|url\(\s*['"]?\/\//g)).to.equal(null);
  });

  it('keep the script small, and free of what a strict policy forbids', () => {
    const script = textOf(assets.urls.script);
    expect(Buffer.byteLength(script)).to.be.below(6000);
    expect(script).not.to.match(/innerHTML|eval\(|new Function|\.style\b|setAttribute\('style/);
  });
});

describe('The style sheet', () => {
  it('names its layers first, in order', () => {
    expect(
      css.startsWith('@layer reset, tokens, base, layout, components, pages, utilities, print;'),
    ).to.equal(true);
  });

  it('points at fonts that are served', () => {
    const fonts = [...css.matchAll(/url\((\/assets\/[^)]+)\)/g)].map(([, path]) => path!);
    expect(fonts).to.have.length(2);
    for (const path of fonts)
      expect(assets.find(path)?.headers['content-type']).to.equal('font/woff2');
  });

  it('declares every custom property that it uses', () => {
    const declared = new Set(
      [...(css + town).matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name!),
    );
    const used = [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!);
    expect(used.filter((name) => !declared.has(name))).to.deep.equal([]);
  });

  it('keeps braces balanced', () => {
    expect(css.split('{').length).to.equal(css.split('}').length);
  });

  it('respects reduced motion, forced colours and print', () => {
    expect(css).to.contain('@media (prefers-reduced-motion: reduce)');
    expect(css).to.contain('@media (forced-colors: active)');
    expect(css).to.contain('@media print');
  });

  it('knows every class that pages use', () => {
    const html = Object.values(samplePages(assets.urls)).join('\n');
    const used = new Set(
      [...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names!.split(' ')),
    );
    /** Names that say what a thing is, for tests and for towns, without a rule of their own. */
    const bare =
      /^(slot__box--bare|mark--|cell--coming|day--coming|month--|week__days--|span-|person__icon--|side-|state--|swatch--|queue__left--calm|button--secondary)/;
    const unknown = [...used].filter((name) => !css.includes(`.${name}`) && !bare.test(name));
    expect(unknown).to.deep.equal([]);
  });
});

describe('Icons', () => {
  it('all exist in Lucide', () => {
    for (const name of iconNames)
      expect(lucideDrawing(name)).to.match(/^<(path|circle|rect|line|poly)/);
    expect(() => lucideDrawing('no-such-icon')).to.throw();
  });

  it('reach the browser as one sprite, only those used', () => {
    const sprite = textOf(assets.urls.sprite);
    const ids = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).to.deep.equal([
      ...iconNames,
      ...Object.keys(markShapes).map((name) => `mark-${name}`),
    ]);
    const html = Object.values(samplePages(assets.urls)).join('\n');
    const shown = new Set(
      [...html.matchAll(/icons\.[0-9a-f]+\.svg#([\w-]+)/g)].map(([, id]) => id!),
    );
    expect([...shown].filter((id) => !ids.includes(id))).to.deep.equal([]);
  });
});

describe("A town's logo", () => {
  it('falls back on the initials, small words left out', () => {
    expect(initialsOf('Vallée du Lot')).to.equal('VL');
    expect(initialsOf('L’Hospitalet')).to.equal('H');
    expect(initialsOf('Saint-Cirq-Lapopie')).to.equal('SC');
    expect(initialsLogo({ ...defaultTown, name: '<b>' })).not.to.contain('<b>');
  });

  it('is read from a file, PNG or SVG', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portail-logo-'));
    try {
      const logo = join(folder, 'logo.png');
      writeFileSync(logo, 'png');
      const { urls, find } = loadAssets({ town: { ...defaultTown, logo } });
      expect(find(urls.logo)!.headers['content-type']).to.equal('image/png');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that is missing or of another kind is refused in French', () => {
    expect(() => loadAssets({ town: { ...defaultTown, logo: '/nulle/part.svg' } })).to.throw(
      'Le logo ne se lit pas',
    );
    expect(() => loadAssets({ town: { ...defaultTown, logo: 'logo.gif' } })).to.throw(
      '.svg ou .png',
    );
  });

  it('cannot run anything when opened by its address', () => {
    const { headers } = assets.find(assets.urls.logo)!;
    expect(headers['content-security-policy']).to.contain("default-src 'none'");
  });

  it('goes with colours that are checked before the portal starts', () => {
    expect(() => loadAssets({ town: { ...defaultTown, brandColour: '#ffff00' } })).to.throw(
      'La plus proche qui convient est #',
    );
  });
});
