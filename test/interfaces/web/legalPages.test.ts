import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { loadAssets } from '../../../src/interfaces/web/assets.ts';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { textOf } from '../../support/htmlFacts.ts';
import { samplePages } from '../../support/samplePages.tsx';
import { webTown } from '../../support/webTown.ts';

const file = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('what the law asks beside the pages', () => {
  it('tells security researchers whom to write to, for less than a year (RFC 9116)', async () => {
    const town = await webTown();
    try {
      const answer = await fetch(`${town.portal.url}/.well-known/security.txt`);
      const text = await answer.text();
      expect(answer.headers.get('content-type')).to.match(/^text\/plain/);
      expect(text).to.match(/^Contact: mailto:\S+@\S+$/m);
      const expires = Date.parse(/^Expires: (\S+)$/m.exec(text)?.[1] ?? '');
      const days = (expires - Date.parse(town.portal.clock.now())) / 86_400_000;
      expect(days).to.be.within(90, 364);
    } finally {
      await town.close();
    }
  });

  it('takes nothing of the State’s own design: neither its package nor its name', () => {
    expect(file('package.json')).not.to.match(/dsfr|gouvfr/i);
    for (const [name, html] of Object.entries(samplePages(loadAssets({ town: defaultTown }).urls)))
      expect(textOf(html), name).not.to.match(/République française|Marianne/i);
  });

  describe('in docs/obligations.md', () => {
    const text = file('docs/obligations.md');
    const rows = text.split('\n').flatMap((line) => {
      const [, id, , state, where] = line.split('|').map((cell) => cell.trim());
      return id && /^[A-Z]\d+$/.test(id) ? [{ id, state, where }] : [];
    });

    it('every line stands once, with its state', () => {
      const count = { A: 8, P: 13, T: 8, M: 10, E: 7, S: 4 };
      const all = Object.entries(count).flatMap(([letter, last]) =>
        Array.from({ length: last }, (_, n) => `${letter}${n + 1}`),
      );
      expect(rows.map(({ id }) => id)).to.deep.equal(all);
      for (const { id, state } of rows)
        expect(state, id).to.be.oneOf([
          'tenue',
          'en partie',
          'pas encore',
          'sans objet',
          'hors du logiciel',
        ]);
    });

    it('what is met names a test that exists, what is not says what is missing', () => {
      for (const { id, state, where = '' } of rows) {
        const tests = [...where.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path!);
        if (state === 'tenue') expect(tests, id).to.have.length.greaterThan(0);
        else expect(where, id).to.have.length.greaterThan(12);
        for (const path of tests)
          expect(existsSync(new URL(`../../../${path}`, import.meta.url)), path).to.equal(true);
      }
    });
  });
});
