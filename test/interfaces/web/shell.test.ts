import { expect } from 'chai';
import { h } from 'preact';
import { loadAssets } from '../../../src/interfaces/web/assets.ts';
import { renderPage } from '../../../src/interfaces/web/layout/page.tsx';
import { MessagePage } from '../../../src/interfaces/web/pages/messagePage.tsx';
import { defaultTown } from '../../../src/interfaces/web/townIdentity.ts';
import { read, render, tagsOf, wordsOf } from '../../support/htmlFacts.ts';
import * as views from '../../support/sampleViews.ts';

const { urls } = loadAssets({ town: defaultTown });

describe('The shell of a page', () => {
  const page = (frame: Partial<Parameters<typeof renderPage>[0]>): string =>
    renderPage(
      { ...views.frameOf(urls, 'family', 'Réservations', 'reservations'), ...frame },
      h('p', {}, 'Contenu'),
    );

  it('marks the current page in the menu, and shows only pages that are built', () => {
    const menu = wordsOf(page({}), 'header__menu');
    expect(menu).to.equal('AccueilRéservations');
    const current = tagsOf(page({})).filter(
      ({ attributes }) => attributes['aria-current'] === 'page',
    );
    expect(current.map(({ attributes }) => attributes['href'])).to.deep.equal([
      '/reservations',
      '/reservations',
    ]);
  });

  it('shows staff what waits, and the supervisor how the readings are doing', () => {
    const html = page(views.frameOf(urls, 'staff', 'Séances', 'seances'));
    expect(wordsOf(html, 'header__menu')).to.equal(
      'Réservations à valider (6)SéancesÉtat du portail',
    );
    expect(wordsOf(html, 'town__words')).to.equal('Espace Accueil FamilleVallée du Lot');
  });

  it('escapes the names of towns and people', () => {
    const html = page({
      title: '</title><script>alert(1)</script>',
      town: { ...defaultTown, name: '<b>"Ville"</b>', phone: '"><img>' },
      signedIn: {
        name: '<script>x</script>',
        leave: { action: '/', label: 'Quitter', csrf: '"><script>' },
      },
    });
    expect(tagsOf(html).filter(({ name }) => name === 'script')).to.have.length(1);
    expect(
      tagsOf(html).filter(({ name, attributes }) => name === 'img' && !attributes['src']),
    ).to.deep.equal([]);
    expect(read(html)).to.contain('<b>"Ville"</b>');
  });

  it('says so when it is a demonstration', () => {
    expect(read(page({}))).to.contain('Démonstration : personnes et données inventées');
    expect(read(page({ demonstration: false }))).not.to.contain('Démonstration');
  });
});

describe('A page that only says what happened', () => {
  it('says what to do next', () => {
    const html = render(MessagePage, {
      kind: 'notKept',
      backHref: '/',
      retryHref: '/reservations',
      desk: defaultTown,
    });
    const words = read(html);
    expect(words).to.contain('Nous n’avons pas pu enregistrer');
    expect(words).to.contain('Rien n’a été perdu, réessayez.');
    expect(words).to.contain('Réessayer');
    expect(words).to.contain('05 65 00 00 00');
    expect(html, 'never broken in two').to.contain('05\u00a065\u00a000\u00a000\u00a000.');
  });
});
