import { expect } from 'chai';
import { loadAssets } from '../../../src/interfaces/web/assets.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { tagsOf, textOf } from '../../support/htmlFacts.ts';
import { samplePages } from '../../support/samplePages.tsx';

const pages = Object.entries(samplePages(loadAssets({ town: defaultTown }).urls));

/** The faults of each page, by its name; nothing when all are well. */
const faultsOf = (find: (html: string) => readonly string[]): string[] =>
  pages.flatMap(([name, html]) => find(html).map((fault) => `${name}: ${fault}`));

describe('Every page', () => {
  it('holds nothing inline: no script, no style, no handler, no other host', () => {
    const faults = faultsOf((html) =>
      tagsOf(html).flatMap(({ name, attributes }) => [
        ...Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on')),
        ...(name === 'style' ? ['<style>'] : []),
        ...(name === 'script' && !attributes['src']?.startsWith('/assets/') ? ['<script>'] : []),
        ...['src', 'href', 'action']
          .filter(
            (key) =>
              name !== 'a' && /^(https?:|\/\/|data:|javascript:)/.test(attributes[key] ?? ''),
          )
          .map((key) => attributes[key]!),
      ]),
    );
    expect(faults).to.deep.equal([]);
  });

  it('is a whole document in French, titled after itself, the portal and the town', () => {
    for (const [name, html] of pages) {
      expect(html.startsWith('<!doctype html><html lang="fr">'), name).to.equal(true);
      expect(html, name).to.match(/<title>[^<]+ – Portail famille – Vallée du Lot<\/title>/);
    }
  });

  it('has one first heading, and skips no level', () => {
    const faults = faultsOf((html) => {
      const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
      const skipped = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1);
      const firsts = levels.filter((level) => level === 1).length;
      return [
        ...(firsts === 1 ? [] : [`${firsts} h1`]),
        ...skipped.map((level) => `h${level} out of order`),
      ];
    });
    expect(faults).to.deep.equal([]);
  });

  it('gives each id once, and points only at ids that exist', () => {
    const faults = faultsOf((html) => {
      const tags = tagsOf(html);
      const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
      const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
      const pointed = tags.flatMap(({ name, attributes }) => [
        ...(attributes['aria-describedby'] ?? '').split(' '),
        ...(attributes['aria-labelledby'] ?? '').split(' '),
        name === 'label' ? (attributes['for'] ?? 'nothing') : '',
        attributes['form'] ?? '',
      ]);
      return [
        ...twice.map((id) => `${id} twice`),
        ...pointed.filter((id) => id !== '' && !ids.includes(id)).map((id) => `${id} missing`),
      ];
    });
    expect(faults).to.deep.equal([]);
  });

  it('labels every field, and names every button, link and picture', () => {
    const faults = faultsOf((html) => {
      const tags = tagsOf(html);
      const labelled = new Set(
        tags.flatMap(({ name, attributes }) => (name === 'label' ? attributes['for'] : [])),
      );
      const fields = tags.filter(
        ({ name, attributes }) =>
          ['input', 'select', 'textarea'].includes(name) && attributes['type'] !== 'hidden',
      );
      const nameless = [...html.matchAll(/<(a|button|summary)\b([^>]*)>([\s\S]*?)<\/\1>/g)].filter(
        ([, , attributes, inside]) =>
          !attributes!.includes('aria-label=') && inside!.replace(/<[^>]+>/g, '').trim() === '',
      );
      return [
        ...fields
          .filter(({ attributes }) => !labelled.has(attributes['id']))
          .map(({ attributes }) => `no label: ${attributes['name'] ?? ''}`),
        ...nameless.map(([whole]) => whole),
        ...tags
          .filter(({ name, attributes }) => name === 'img' && attributes['alt'] === undefined)
          .map(() => 'img without alt'),
      ];
    });
    expect(faults).to.deep.equal([]);
  });

  it('can be skipped to its content, and leads to the declaration of accessibility', () => {
    for (const [name, html] of pages) {
      expect(html.indexOf('href="#contenu"'), name).to.be.below(html.indexOf('<header'));
      expect(html, name).to.contain('<main class="main" id="contenu"');
      expect(textOf(html), name).to.contain('Accessibilité\u00a0: non conforme');
    }
  });

  it('has headers in every table, and a caption', () => {
    const faults = faultsOf((html) =>
      [...html.matchAll(/<table[\s\S]*?<\/table>/g)].flatMap(([table]) => [
        ...(table.includes('<caption') ? [] : ['no caption']),
        ...(table.includes('scope="col"') ? [] : ['no column header']),
        ...(table.includes('scope="row"') ? [] : ['no row header']),
      ]),
    );
    expect(faults).to.deep.equal([]);
  });

  it('has at most one primary button', () => {
    const faults = faultsOf((html) => {
      const primary = html.split('button--primary').length - 1;
      return primary > 1 ? [`${primary} primary buttons`] : [];
    });
    expect(faults).to.deep.equal([]);
  });

  it('never speaks of an error, of anything invalid, nor of an administrator', () => {
    const faults = faultsOf(
      (html) => textOf(html).match(/erreurs?\b|invalides?\b|administrateur\b|veuillez/gi) ?? [],
    );
    expect(faults).to.deep.equal([]);
  });

  it('keeps French typography: no ordinary space before « : ; ? ! € % » nor inside « », curly apostrophes', () => {
    const faults = faultsOf(
      (html) => textOf(html).match(/.{0,20}(?: [:;?!€%»]|« |\p{L}'\p{L}).{0,20}/gu) ?? [],
    );
    expect(faults).to.deep.equal([]);
  });

  it('protects every form that changes something with a token', () => {
    const faults = faultsOf((html) =>
      [...html.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)]
        .filter(([form]) => !/type="hidden" name="csrf" value="[^"]+"/.test(form))
        .map(([form]) => form.slice(0, 80)),
    );
    expect(faults).to.deep.equal([]);
  });
});
